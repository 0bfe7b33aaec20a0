// `quen sign-in`: a one-time link that opens the dashboard for an operator.

import { Command } from "commander";
import type { z } from "zod";
import type { SignInView } from "../../../schema/wire/admin.ts";
import type { Context } from "../context.ts";

type SignIn = z.infer<typeof SignInView>;

export const signInCommand = (context: Context): Command =>
  new Command("sign-in")
    .description("a one-time link that opens the dashboard")
    .option("--counter", "it also opens the counter: names, visits and orders of a customer", false)
    .option("--privacy", "it also opens the requests of people: reading, answering and erasing", false)
    .addHelpText("after", "\nExamples:\n  quen sign-in\n  quen sign-in --privacy")
    .action(async (flags: { counter: boolean; privacy: boolean }) => {
      const also = (["counter", "privacy"] as const).filter((one) => flags[one]);
      context.show(
        await context.client().post<SignIn>("/v1/admin/sign-in", { also }),
        (link) => `${link.url}\n\nWorks once, until ${link.expiresAt}.`,
      );
    });
