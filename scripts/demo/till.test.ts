import { describe, expect, test } from "vitest";
import { keptApart, linkedPhones, knownProfile } from "./known-profile.ts";
import { prepareTill, tellPurchases } from "./till.ts";
import { createClient, type Client } from "../quen/client.ts";
import type { Purchase } from "./world/till.ts";

const purchase = (id: string, phone: string): Purchase => ({
  id,
  at: Date.UTC(2026, 9, 5, 9),
  branchId: "q1",
  totalVnd: 54_000,
  items: [{ name: "Cà phê sữa đá", quantity: 1, category: "coffee" }],
  customer: { code: "KH00001", phone },
});

const server = (reply: (path: string, body: Record<string, unknown>) => Response) => {
  const seen: { path: string; body: Record<string, unknown> }[] = [];
  const send = ((url: string, init?: RequestInit) => {
    const body = (typeof init?.body === "string" ? JSON.parse(init.body) : {}) as Record<string, unknown>;
    const path = new URL(url).pathname;
    seen.push({ path, body });
    return Promise.resolve(reply(path, body));
  }) as typeof fetch;
  return { seen, send };
};

describe("the demo's tills", () => {
  test("tell at most 500 orders at once, each with its branch, price and customer", async () => {
    const { seen, send } = server((_, { orders }) =>
      Response.json({ accepted: (orders as unknown[]).length, rejected: [], leftOut: [{}], success: true }),
    );
    const bought = Array.from({ length: 700 }, (_, index) => purchase(`o${index}`, "0912 345 678"));
    expect(await tellPurchases("http://q", "qk_till", bought, send)).toEqual({ taken: 700, leftOut: 2 });
    expect(seen.map(({ body }) => (body["orders"] as unknown[]).length)).toEqual([500, 200]);
    expect(seen[0]?.body).toMatchObject({
      source: "pos-demo",
      orders: [
        { id: "o0", at: "2026-10-05T09:00:00.000Z", branchId: "q1", status: "completed", total: 54_000 },
      ].concat(bought.slice(1, 500).map(() => expect.anything() as never)),
    });
    expect(await tellPurchases("http://q", "qk_till", [], send)).toEqual({ taken: 0, leftOut: 0 });
  });

  test("are declared once: a source that is there already is used, any other refusal is told", async () => {
    const made = (status: number) =>
      server((path) =>
        path.endsWith("/sources")
          ? Response.json({ code: "x" }, { status })
          : Response.json({ key: `key of ${path}` }),
      ).send;
    const prepare = (status: number) =>
      prepareTill(createClient({ url: "http://q", token: "t" }, made(status)));
    const keys = { tillKey: "key of /v1/admin/keys", crmKey: "key of /v1/admin/keys" };
    expect(await prepare(201)).toEqual(keys);
    expect(await prepare(409)).toEqual(keys);
    await expect(prepare(400)).rejects.toThrow("was refused with 400");
  });
});

describe("the person that is shown", () => {
  const signIn = (phone: string, ...allows: ("profile_linking" | "visit_recognition")[]) => ({
    at: 0,
    branchId: "q1" as const,
    mac: "02:00:00:00:00:01",
    phone,
    allows,
  });

  test("is sought among those who agreed to link and bought, however the till wrote the phone, most purchases first", () => {
    const days = [
      {
        signIns: [
          signIn("0911111111", "profile_linking"),
          signIn("0922222222", "profile_linking"),
          signIn("0933333333", "visit_recognition"),
        ],
        purchases: [
          purchase("1", "0911 111 111"),
          purchase("2", "+84922222222"),
          purchase("3", "84922222222"),
          purchase("4", "0933.333.333"),
        ],
      },
    ];
    expect(linkedPhones(days)).toEqual(["0922222222", "0911111111"]);
  });

  const profile = (id: string, realms: string[], visits: number, orders: number) => ({
    id,
    realms,
    previousIds: [],
    redacted: [],
    version: 1,
    updatedAt: "2026-10-05T09:00:00.000Z",
    visits: { total: visits, last30Days: visits, typicalGapDays: null, lastAt: null, byBranch: [] },
    orders: { count: orders, totalVnd: 1_000, averageVnd: 500, lastAt: null },
  });
  const crm = (profiles: unknown[]): Client => {
    const { send } = server((path) =>
      path.endsWith("/explain")
        ? Response.json({
            id: path.split("/")[3],
            previousIds: [],
            rulesVersion: "2026-1",
            identifiers: [],
            edges: [],
            refused: [],
            contacts: [],
            omitted: 0,
            redacted: [],
          })
        : Response.json({
            data: profiles.map((one, index) => ({ by: { value: `09${index}` }, profiles: [one] })),
          }),
    );
    return createClient({ url: "http://q", token: "t" }, send);
  };

  test("is the one with most visits and orders in both realms, with the reason for every merge", async () => {
    const both = ["store", "commerce"];
    const profiles = [
      profile("pr_1", ["store"], 50, 50),
      profile("pr_2", both, 9, 1),
      profile("pr_3", both, 3, 4),
    ];
    const known = await knownProfile(crm(profiles), ["090", "091", "092"]);
    expect(known).toMatchObject({ id: "pr_3", phone: "092" });
    expect(known?.text).toContain("Profile pr_3 (store and commerce)");
    expect(known?.text).toContain("rules 2026-1");
  });

  test("stands beside a phone that is kept apart, where there is one", async () => {
    const shared = (data: unknown[]) =>
      createClient(
        { url: "http://q", token: "t" },
        server((path) =>
          path.endsWith("/shared")
            ? Response.json({ data, next: null })
            : Response.json({
                id: "pr_9",
                previousIds: [],
                rulesVersion: "2026-1",
                identifiers: [],
                edges: [],
                refused: [],
                contacts: [],
                omitted: 0,
                redacted: [],
              }),
        ).send,
      );
    expect(await keptApart(shared([{ profileId: "pr_9" }]))).toContain("Profile pr_9");
    expect(await keptApart(shared([]))).toBeNull();
  });

  test("is nobody when nobody is known from both sides", async () => {
    expect(await knownProfile(crm([profile("pr_1", ["store"], 5, 5)]), ["090"])).toBeNull();
    expect(await knownProfile(crm([]), [])).toBeNull();
  });
});
