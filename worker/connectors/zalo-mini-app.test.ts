// A Zalo Mini App's webhooks: the golden payloads, and a signature that does not tell where one value ends.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { account, delivery, golden, translate } from "./testing/webhook.ts";
import { zaloMiniApp } from "./zalo-mini-app.ts";

const to = account({ miniAppId: "2646373759294038927", appId: "360846524940903967" });
const revoke = golden("zalo-mini-app/user.revoke.consent");
/** In the order of their names: appId, event, timestamp, userId. */
const content = "2646373759294038927user.revoke.consent16705534425644047671499938107249";
const signature = createHash("sha256").update(`${content}key`).digest("hex");
const verified = (body: string, given = signature, secret = "key") =>
  zaloMiniApp.verify(delivery(body, { "X-ZEvent-Signature": given }), secret, to);

test("a signature is of the values in the order of their names", () => {
  expect(verified(revoke)).toBe(true);
  expect(verified(revoke, `mac=${signature.toUpperCase()}`)).toBe(true);
  expect(verified(revoke.replace("4047", "4048"))).toBe(false);
  expect(verified(revoke, signature, "other")).toBe(false);
  expect(verified(revoke, signature, "")).toBe(false);
  expect(verified(revoke, "")).toBe(false);
  for (const body of ["", "[]", "null", '"x"']) expect(verified(body)).toBe(false);
});

test("values that moved from field to field have the same signature, and are of another time or app", () => {
  const moved = revoke.replace("1670553442564", "167055344256").replace('"4047', '"44047');
  expect(verified(moved)).toBe(true);
  expect(zaloMiniApp.signedAt(JSON.parse(moved), delivery(moved))).toBe(167_055_344_256);
  const ofApp = revoke.replace("2646373759294038927", "264637375929403892").replace('"user.', '"7user.');
  expect(verified(ofApp)).toBe(true);
  expect(translate(zaloMiniApp, ofApp, {}, to)).toMatchObject({ erase: [], drops: [{ reason: "not_ours" }] });
});

test("who takes back what they allowed is to be forgotten, as the user of the app, once", () => {
  const told = translate(zaloMiniApp, revoke, {}, to);
  expect(told.erase).toEqual([
    {
      messageId: told.said[0]?.messageId,
      kind: "zalo_app:360846524940903967",
      value: "4047671499938107249",
    },
  ]);
  expect(told.said).toMatchObject([{ at: 1_670_553_442_564, identifiers: [], event: { type: "other" } }]);
  expect(told.said[0]?.messageId).not.toContain("4047");
  expect(translate(zaloMiniApp, revoke, {}, to)).toEqual(told);
});

test("anything else keeps its name and forgets nobody", () => {
  const told = translate(zaloMiniApp, golden("zalo-mini-app/versions.review.done"), {}, to);
  expect(told).toMatchObject({
    erase: [],
    said: [{ event: { type: "other", name: "versions.review.done" } }],
  });
});
