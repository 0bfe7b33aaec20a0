// `quen sign-in`: a one-time link that opens the dashboard for an operator.

import { Command } from "commander";
import type { z } from "zod";
import type { SignInView } from "../../../schema/wire/admin.ts";
import type { Context } from "../context.ts";

type SignIn = z.infer<typeof SignInView>;

export const signInCommand = (context: Context): Command =>
  new Command("sign-in")
    .description("a one-time link that opens the dashboard")
    .addHelpText("after", "\nExample:\n  quen sign-in")
    .action(async () =>
      context.show(
        await context.client().post<SignIn>("/v1/admin/sign-in"),
        (link) => `${link.url}\n\nWorks once, until ${link.expiresAt}.`,
      ),
    );
