// The real ports of the portal, over D1 and the gates, keep the same contract as those in memory.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { PortalGateway } from "../../captive-portal/brand.ts";
import { portsContract } from "../../captive-portal/ports-contract.ts";
import { SAMPLE_GATEWAY } from "../../captive-portal/testing/sample.ts";
import { freshPhone } from "../../captive-portal/testing/fresh.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { servicesOf } from "../compose.ts";
import type { Env } from "../env.ts";
import { portalPorts } from "../portal/portal-ports.ts";
import { makeBranch } from "./agent.ts";
import { answer, call } from "./http.ts";

const services = () => {
  const result = servicesOf(env as unknown as Env);
  if (!result.ok) throw new Error(result.problems.join(", "));
  return result.services;
};

await makeBranch("contract");
const made = await answer<{ id: string }>(
  call("/v1/admin/gateways", { json: { kind: "link", branchId: "contract" } }),
  201,
);
const gateway: PortalGateway = {
  ...SAMPLE_GATEWAY,
  id: made.id as GatewayId,
  branchId: "contract" as BranchId,
};

portsContract("The Worker", {
  gateway,
  make: async () => portalPorts(services()),
  recognises: async (device) => {
    const row = await env.DB.prepare(
      "SELECT count(*) AS n FROM device_facts WHERE device = ? AND subject IS NOT NULL",
    )
      .bind(device)
      .first<{ n: number }>();
    return (row?.n ?? 0) > 0;
  },
  now: Date.UTC(2026, 10, 2, 3),
});

test("a receipt is there also when its gateway is revoked and its branch closed", async () => {
  await makeBranch("gone");
  const { id } = await answer<{ id: GatewayId }>(
    call("/v1/admin/gateways", { json: { kind: "link", branchId: "gone" } }),
    201,
  );
  const ports = portalPorts(services());
  const committed = await ports.ledger.commit({
    id: "otp_gone",
    person: { kind: "phone", phone: freshPhone() },
    device: null,
    gatewayId: id,
    branchId: "gone" as BranchId,
    choices: [
      {
        purpose: "marketing_sms",
        state: "granted",
        wording: { id: "marketing_sms", version: "1", language: "vi", text: "SMS" },
        toldSensitive: false,
      },
    ],
    proof: { kind: "otp", messageId: "otp_gone" },
    now: 1_000,
  });
  if (committed.kind !== "committed") throw new Error("Not committed");
  const before = await ports.receipts.find(committed.receiptId);
  await env.DB.prepare("UPDATE gateways SET revoked_at = 2000 WHERE id = ?").bind(id).run();
  await env.DB.prepare("UPDATE branches SET closed_at = 2000 WHERE id = 'gone'").run();
  services().forgetCached();
  const after = await portalPorts(services()).receipts.find(committed.receiptId);
  expect(before?.gateway.branchName).toBe("Branch gone");
  expect(after).toEqual(before);
});

test("a phone is nowhere readable in the database", async () => {
  const phone = "+84912345678";
  const ports = portalPorts(services());
  const place = { gatewayId: gateway.id, branchId: gateway.branchId };
  const session = await ports.sessions.open({
    ...place,
    device: null,
    link: {},
    clientKey: null,
    alreadyOn: false,
    vouched: true,
    returning: false,
    language: "vi",
    shown: "vi.1",
    now: 1_000,
  });
  await ports.sessions.save({
    ...session,
    step: {
      at: "code",
      phone: phone as never,
      choices: [],
      expiresAt: 1,
      sent: "now",
      by: null,
      localCode: null,
    },
  });
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const dumps = await Promise.all(
    tables.results.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}"`).all()),
  );
  const text = JSON.stringify(dumps.map(({ results }) => results));
  expect(text).toContain(session.id);
  expect(text).not.toContain("912345678");
});
