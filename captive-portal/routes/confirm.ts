// The last word of a login with Zalo: who came back says that it was them and that these are their answers. Only then
// they are committed, and only then the short window becomes the full time.

import type { Context, Hono } from "hono";
import { commitSignIn } from "../commit-sign-in.ts";
import { letOn } from "../let-on.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { ConfirmPage } from "../pages/confirm-page.tsx";
import { proofId } from "../person.ts";
import { type PageOf, respond } from "../respond.ts";
import type { Step } from "../session.ts";
import { purposeLabel } from "../wording.ts";
import { respondTrouble } from "../zalo/respond-trouble.ts";

type Confirm = Extract<Step, { readonly at: "confirm" }>;

/** The page that waits may save its language at the same time. */
const TRIES = 5;

export const confirmRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = (
    c: Context<PortalEnv>,
    step: Confirm,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { gateway, session, language, path } = c.get("visit");
    const { brand, branchName } = gateway;
    return respond(c, options, { brand, language, here: `${path}/confirm`, ...reply }, (frame) =>
      ConfirmPage({
        frame,
        session: path,
        formToken: session.formToken,
        branchName,
        answers: step.choices.map(({ purpose, state, wording }) => ({
          label: purposeLabel(purpose, brand, language),
          state,
          text: wording.text,
          language: wording.language,
        })),
        busy: reply.status === 503,
      }),
    );
  };

  app.get("/w/:gatewayId/s/:sessionId/confirm", async (c) => {
    const { session, path } = c.get("visit");
    return session.step.at === "confirm" ? show(c, session.step) : c.redirect(path, 303);
  });

  app.post("/w/:gatewayId/s/:sessionId/confirm", async (c) => {
    const visit = c.get("visit");
    const { gateway, session, path } = visit;
    const { step } = session;
    if (step.at !== "confirm") return c.redirect(path, 303);
    if (c.get("form").get("mine") !== "yes") {
      ports.refusals.count("zalo_not_mine", gateway.id);
      await ports.sessions.save({ ...session, step: { at: "choosing" } });
      return respondTrouble(c, options, "not_mine", {
        place: { ...visit, ...gateway, otherWay: path, waitAt: path },
      });
    }
    const committed = await commitSignIn(options, visit, step);
    if (committed.kind === "retry") return show(c, step, { status: 503, retryAfterMs: committed.afterMs });
    await leave(c, step);
    return letOn(c, options, { step: committed.step, reason: "signed_in" });
  });

  /** The session in which it began waits no more; it learns that it is over, and not where it went on. */
  const leave = async (c: Context<PortalEnv>, { begunAt, proof }: Confirm): Promise<void> => {
    const { gateway, session, now } = c.get("visit");
    const elsewhere = { at: "elsewhere", proofId: proofId(proof), nextId: session.id, phone: null } as const;
    for (let tries = 0; tries < TRIES; tries++) {
      const begun = await ports.sessions.find(begunAt, { gatewayId: gateway.id, now });
      if (begun?.step.at !== "zalo") return;
      if ((await ports.sessions.save({ ...begun, step: elsewhere })) === "saved") return;
    }
  };
};
