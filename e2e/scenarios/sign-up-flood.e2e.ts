// A thousand sign-ups from one device against the built Worker, each opened from the gateway anew: ten messages leave,
// every refusal is a page that says why, and an operator can read how many there were.

import { afterAll, expect, test } from "vitest";
import { formsOf } from "../../captive-portal/testing/shopper.ts";
import { makeBranch } from "../lab/branch.ts";
import { openLab } from "../lab/lab.ts";
import { waitUntil } from "../lab/wait-until.ts";
import { startWorker } from "../lab/worker.ts";

const lab = openLab();
afterAll(() => lab.close());

interface Counters {
  data: { branchId: string | null; dropped: Record<string, number> }[];
}

test("one device gets ten messages out of a thousand sign-ups", async () => {
  const worker = await startWorker(lab);
  const { id: branchId } = await makeBranch(worker, "flood");
  const { url } = await worker.admin.post<{ url: string }>("/v1/admin/gateways", { kind: "link", branchId });
  const seen = { sent: 0, limited: 0 };
  for (let n = 0; n < 1_000; n++) {
    // One after the other: each is a sign-up of its own.
    const page = await fetch(`${url}?mac=02:aa:00:00:00:01`);
    const form = formsOf(await page.text()).find(({ hidden }) => hidden["shown"] !== undefined);
    if (form === undefined) throw new Error("The portal shows no first page");
    const fields = { ...form.hidden, phone: `09${12_000_000 + n}`, adult: "yes" };
    const reply = await fetch(new URL(form.action, page.url), {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "sec-fetch-site": "same-origin" },
    });
    if (/id="local-code"/.test(await reply.text())) seen.sent += 1;
    if (reply.status === 429 && reply.headers.has("retry-after")) seen.limited += 1;
  }
  expect(seen).toEqual({ sent: 10, limited: 990 });
  await waitUntil(
    "every refusal to be counted",
    async () => {
      const { data } = await worker.admin.get<Counters>("/v1/admin/counters");
      return data.find((one) => one.branchId === branchId)?.dropped["portal_limited_device"];
    },
    (counted) => counted === 990,
    { timeoutMs: 30_000 },
  );
});
