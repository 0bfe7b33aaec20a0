import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { createProgram } from "./program.ts";

interface Call {
  method: string;
  path: string;
  body: unknown;
}

const run = async (args: string[], reply: unknown) => {
  const calls: Call[] = [];
  const printed: string[] = [];
  const send = ((url: string, init?: RequestInit) => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    calls.push({ method: init?.method ?? "GET", path: new URL(url).pathname, body });
    return Promise.resolve(Response.json(reply));
  }) as typeof fetch;
  const local = { url: "http://127.0.0.1:8787", adminToken: "t" };
  await createProgram({ env: {}, local, print: (text) => printed.push(text), send }).parseAsync(args, {
    from: "user",
  });
  return { calls, text: printed.join("\n") };
};

describe("a source's configuration on the command line", () => {
  const source = (config: unknown) => ({ data: [{ id: "oa", revokedAt: null, config, lacks: ["signing"] }] });

  test("keeps what is not named, takes away what is empty, and says where webhooks go and what is missing", async () => {
    const known = { connector: "zalo-oa", settings: { oaId: "1", appId: "2" }, orderBook: "web" };
    const flags = ["--set", "oaId=7", "--set", "appId=", "--consent-category", "ads"];
    const { calls } = await run(["source", "config", "oa", ...flags], {
      ...source(known),
      config: {},
      lacks: [],
    });
    expect(calls.at(-1)).toEqual({
      method: "PUT",
      path: "/v1/admin/sources/oa/config",
      body: { ...known, settings: { oaId: "7" }, consentCategories: ["ads"] },
    });
    const shown = await run(["source", "config", "oa"], source(known));
    expect(shown.calls.map(({ method }) => method)).toEqual(["GET"]);
    expect(shown.text).toContain("http://127.0.0.1:8787/hooks/zalo-oa/oa");
    expect(shown.text).toContain("quen source secret add oa --purpose signing");
  });

  test("a secret comes from the environment and is not printed", async () => {
    vi.stubEnv("QUEN_SOURCE_SECRET", "from-the-vendor");
    const reply = { id: "ss_1", purpose: "verify", createdAt: "", endsAt: null, valid: true };
    const { calls, text } = await run(["source", "secret", "add", "oa", "--purpose", "verify"], reply);
    vi.unstubAllEnvs();
    expect(calls).toMatchObject([{ body: { purpose: "verify", secret: "from-the-vendor" } }]);
    expect(text).not.toContain("from-the-vendor");
  });
});

describe("the operator's command line", () => {
  test.each<[string[], Call]>([
    [
      ["branch", "add", "Quận 1", "--timezone", "Asia/Ho_Chi_Minh", "--id", "q1"],
      {
        method: "POST",
        path: "/v1/admin/branches",
        body: { name: "Quận 1", timezone: "Asia/Ho_Chi_Minh", id: "q1" },
      },
    ],
    [
      ["branch", "set", "q1", "definitions.gapMs=1000"],
      {
        method: "PATCH",
        path: "/v1/admin/branches/q1",
        body: { overrides: { definitions: { gapMs: 1000 } } },
      },
    ],
    [
      ["webhook", "add", "https://crm.shop.vn/quen", "--types", "visit.completed", "profile.merged"],
      {
        method: "POST",
        path: "/v1/admin/webhooks",
        body: { url: "https://crm.shop.vn/quen", types: ["visit.completed", "profile.merged"] },
      },
    ],
    [
      ["webhook", "replay", "wh_1", "--from", "17", "--until", "20"],
      { method: "POST", path: "/v1/admin/webhooks/wh_1/replay", body: { from: 17, until: 20 } },
    ],
    [
      ["webhook", "rotate", "wh_1"],
      { method: "POST", path: "/v1/admin/webhooks/wh_1/rotate", body: undefined },
    ],
    [
      ["gateway", "add", "--branch", "q1", "--name", "Counter"],
      { method: "POST", path: "/v1/admin/gateways", body: { kind: "link", branchId: "q1", name: "Counter" } },
    ],
    [
      [
        "gateway",
        "add",
        "--kind",
        "opennds",
        "--branch",
        "q1",
        "--level",
        "1",
        "--address",
        "http://10.0.0.1:2050",
      ],
      {
        method: "POST",
        path: "/v1/admin/gateways",
        body: { kind: "opennds", branchId: "q1", addresses: ["http://10.0.0.1:2050"], level: 1 },
      },
    ],
    [
      ["gateway", "config", "gw_12345678"],
      { method: "GET", path: "/v1/admin/gateways/gw_12345678/config", body: undefined },
    ],
    [
      ["gateway", "revoke", "gw_12345678"],
      { method: "DELETE", path: "/v1/admin/gateways/gw_12345678", body: undefined },
    ],
    [["agent", "code", "q1"], { method: "POST", path: "/v1/admin/agents/codes", body: { branchId: "q1" } }],
    [["agent", "revoke", "ag_1"], { method: "DELETE", path: "/v1/admin/agents/ag_1", body: undefined }],
    [
      ["key", "create", "report", "marketing:read", "crm:read"],
      {
        method: "POST",
        path: "/v1/admin/keys",
        body: { name: "report", scopes: ["marketing:read", "crm:read"] },
      },
    ],
    [
      ["source", "add", "pos-q1", "Till", "--kind", "pos", "--basis", "contract", "--priority", "7"],
      {
        method: "POST",
        path: "/v1/admin/sources",
        body: { id: "pos-q1", name: "Till", kind: "pos", basis: "contract", priority: 7 },
      },
    ],
    [
      [
        "source",
        "add",
        "oa",
        "OA",
        "--kind",
        "zalo_oa",
        "--basis",
        "contract",
        "--connector",
        "zalo-oa",
      ].concat(["--set", "oaId=1", "--set", "appId=2=3", "--branch", "12=q1", "--no-consent-category"]),
      {
        method: "POST",
        path: "/v1/admin/sources",
        body: {
          id: "oa",
          name: "OA",
          kind: "zalo_oa",
          basis: "contract",
          config: {
            connector: "zalo-oa",
            settings: { oaId: "1", appId: "2=3" },
            branches: { "12": "q1" },
            consentCategories: [],
          },
        },
      },
    ],
    [
      ["source", "secret", "add", "till", "--make"],
      { method: "POST", path: "/v1/admin/sources/till/secrets", body: { purpose: "signing" } },
    ],
    [
      ["source", "secret", "end", "till", "ss_1", "--at", "2026-11-24T00:00:00+07:00"],
      { method: "DELETE", path: "/v1/admin/sources/till/secrets/ss_1", body: undefined },
    ],
    [["source", "revoke", "pos-q1"], { method: "DELETE", path: "/v1/admin/sources/pos-q1", body: undefined }],
    [["sign-in"], { method: "POST", path: "/v1/admin/sign-in", body: { also: [] } }],
    [
      ["sign-in", "--privacy", "--counter"],
      { method: "POST", path: "/v1/admin/sign-in", body: { also: ["counter", "privacy"] } },
    ],
    [["dead", "replay", "17"], { method: "POST", path: "/v1/admin/dead/17/replay", body: undefined }],
    [
      ["settings", "set", "report.intervalMs=60000"],
      { method: "PATCH", path: "/v1/admin/settings", body: { report: { intervalMs: 60_000 } } },
    ],
  ])("%j makes one call", async (args, call) => {
    expect((await run(args, { config: {}, lacks: [] })).calls).toEqual([call]);
  });

  test("--json prints the reply as it came", async () => {
    const { text } = await run(["branch", "list", "--json"], { data: [{ id: "q1" }], next: null });
    expect(JSON.parse(text)).toEqual([{ id: "q1" }]);
  });

  test("a code comes with the command to run on the router", async () => {
    const { text } = await run(["agent", "code", "q1"], {
      code: "ABCD-1234",
      expiresAt: "2026-11-02T00:00:00Z",
    });
    expect(text).toContain("quen-agent enrol http://127.0.0.1:8787 ABCD-1234");
  });

  test("a new gateway comes with what to paste into it, or leaves it in a file nobody else may read", async () => {
    const reply = { id: "gw_1", url: "http://q/w/gw_1", config: "option faskey 'abc'" };
    const add = [
      "gateway",
      "add",
      "--kind",
      "opennds",
      "--branch",
      "q1",
      "--address",
      "http://10.0.0.1:2050",
    ];
    expect((await run(add, reply)).text).toBe("gw_1\nhttp://q/w/gw_1\n\noption faskey 'abc'");
    const folder = mkdtempSync(join(tmpdir(), "quen-"));
    const file = join(folder, "opennds.txt");
    const { text } = await run([...add, "--out", file], reply);
    expect(text).not.toContain("faskey");
    expect(readFileSync(file, "utf8")).toBe(reply.config);
    expect(statSync(file).mode & 0o077).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test("a health check that is not ok ends with 1, and so does identity that is behind", async () => {
    const { calls } = await run(["doctor"], { ok: false, deadLetters: 2, waitingSince: null, data: [] });
    expect(calls.map(({ path }) => path)).toEqual([
      "/v1/admin/health",
      "/v1/admin/identity/status",
      "/v1/admin/sources",
    ]);
    expect(process.exitCode).toBe(1);
    process.exitCode = 0;
    const waitingSince = "2026-11-01T00:00:00.000Z";
    const data = [{ id: "oa", lacks: ["signing"] }];
    const soon = { data, ok: true, at: "2026-11-01T00:05:00.000Z", waiting: 3, waitingSince, shared: 0 };
    expect((await run(["doctor"], soon)).text).toMatch(/sourcesWithoutSecret +oa[\s\S]+for want of a secret/);
    expect(process.exitCode).toBe(0);
    expect((await run(["doctor"], { ...soon, at: "2026-11-01T01:00:00.000Z" })).text).toContain("behind");
    expect(process.exitCode).toBe(1);
    process.exitCode = 0;
  });
});
