// The last page, and withdrawing from it. Both rest on the proof made in this very session: an older device token or
// a receipt's address opens neither.

import type { Hono } from "hono";
import { PURPOSES } from "../../schema/consent.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { DonePage } from "../pages/done-page.tsx";
import { ReturnedPage } from "../pages/returned-page.tsx";
import { GuestPage } from "../pages/guest-page.tsx";
import { proofId } from "../person.ts";
import { respond, respondNotice } from "../respond.ts";
import { standingRows } from "../standing-rows.ts";
import { purposeLabel, withdrawalNotice, withdrawalWording } from "../wording.ts";

export const doneRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  app.get("/w/:gatewayId/s/:sessionId/done", async (c) => {
    const { gateway, session, language, path } = c.get("visit");
    const { brand } = gateway;
    const { step } = session;
    if (session.language !== language) await ports.sessions.save({ ...session, language });
    const page = { brand, language, here: `${path}/done` };
    switch (step.at) {
      case "choosing":
      case "code":
      case "zalo":
      case "confirm":
      case "elsewhere":
        return c.redirect(path, 303);
      case "guest":
        return respond(c, options, page, (frame) =>
          GuestPage({
            frame,
            session: path,
            because: step.because,
            formToken: session.formToken,
            hasDevice: session.device !== null,
            uncounted: c.req.query("uncounted") === "1",
          }),
        );
      case "returned":
        return respond(c, options, page, (frame) => ReturnedPage({ frame, session: path }));
      case "signed_in": {
        const standing = await standingRows(options, c.get("visit"), step.person);
        const gone = PURPOSES.find((purpose) => purpose === c.req.query("withdrawn"));
        return respond(c, options, page, (frame) =>
          DonePage({
            frame,
            session: path,
            formToken: session.formToken,
            receiptId: step.receiptId,
            withdrawn: gone === undefined ? null : purposeLabel(gone, brand, language),
            standing,
            withdrawal: withdrawalNotice(brand, language),
          }),
        );
      }
    }
  });

  app.post("/w/:gatewayId/s/:sessionId/withdraw", async (c) => {
    const { gateway, session, language, now, path } = c.get("visit");
    const { step } = session;
    if (step.at !== "signed_in") return c.redirect(path, 303);
    const standing = await ports.ledger.standing(step.person, now);
    const grant = standing.find(({ purpose }) => purpose === c.get("form").get("purpose"));
    // Withdrawn already, perhaps by a second tap: what stands is on the page.
    if (grant === undefined) return c.redirect(`${path}/done`, 303);
    const outcome = await ports.ledger.withdraw({
      id: `${proofId(step.proof)}.${grant.purpose}.${grant.since}`,
      person: step.person,
      purpose: grant.purpose,
      wording: withdrawalWording(grant.purpose, gateway.brand, language),
      gatewayId: gateway.id,
      branchId: gateway.branchId,
      proof: step.proof,
      now,
    });
    if (outcome.kind === "retry") {
      ports.refusals.count("ledger_retry", gateway.id);
      const restart = `${path}/done`;
      return respondNotice(c, options, {
        kind: "unavailable",
        status: 503,
        brand: gateway.brand,
        restart,
        language,
      });
    }
    return c.redirect(`${path}/done?withdrawn=${grant.purpose}`, 303);
  });
};
