import { createCipheriv, createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { HandOffResult, Pass } from "./gateway.ts";
import { opennds } from "./opennds.ts";
import { isPublishedSecret } from "./published-secrets.ts";
import {
  CHAIN,
  LEVEL_0,
  LEVEL_1,
  LEVEL_1_HID,
  LEVEL_2,
  LEVEL_2_FASKEY,
  LEVEL_2_PLAIN,
  LEVEL_2_RHID,
  PLAIN_9_10,
} from "./samples/opennds.ts";
import { rhidOf } from "./opennds-token.ts";

const settings = (change: Partial<GatewaySettings> = {}): GatewaySettings => ({
  ...NO_GATEWAY_SETTINGS,
  secret: LEVEL_2_FASKEY,
  level: 1,
  origins: ["http://192.168.1.1:2050"],
  ...change,
});

const pass: Pass = {
  id: "1",
  username: "u".repeat(16),
  password: "p".repeat(24),
  minutes: 60,
  landingUrl: "https://portal.example/w/gw_1/s/abc/done?a=1&b=2",
};

const parse = (query: string, change?: Partial<GatewaySettings>): Promise<HandOffResult> =>
  opennds.parse({ url: new URL(`https://portal.example/w/gw_1${query}`), form: null }, settings(change));

const plain = (text: string): string => `?fas=${encodeURIComponent(Buffer.from(text).toString("base64"))}`;

const sealed = (text: string, iv = "0123456789abcdef"): string => {
  const cipher = createCipheriv("aes-256-cbc", Buffer.from(LEVEL_2_FASKEY).subarray(0, 32), Buffer.from(iv));
  return wire(Buffer.concat([cipher.update(text), cipher.final()]), iv);
};
const wire = (cipher: Buffer, iv: string): string =>
  `?fas=${Buffer.from(cipher.toString("base64")).toString("base64")}&iv=${iv}`;

const fields = (change: Record<string, string> = {}): string =>
  Object.entries({
    hid: CHAIN.hid,
    clientmac: "02:1a:2b:3c:4d:5e",
    gatewayname: "Quan1%20Node%3a2e4edae4e18e%20",
    gatewayaddress: "192.168.1.1:2050",
    ...change,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");

const reasonOf = (result: HandOffResult): string => (result.ok ? "ok" : result.reason);

describe("openNDS", () => {
  it("reads the published hand-off of level 1 and sends the browser to the gateway with the rhid", async () => {
    const result = await parse(LEVEL_1);
    const rhid = await rhidOf(LEVEL_1_HID, LEVEL_2_FASKEY);
    expect(result).toEqual({
      ok: true,
      handOff: {
        client: { kind: "mac", mac: "0e2a69759718" },
        vouched: false,
        link: { rhid, origin: "http://192.168.1.1:2050", authDir: "opennds_auth" },
        clientKey: null,
        alreadyOn: false,
      },
    });
    if (!result.ok) return;
    expect(await opennds.plan(result.handOff.link, settings(), pass, null)).toEqual({
      agent: { by: "rhid", rhid, device: null },
      queue: null,
      asks: null,
      browser: {
        kind: "go",
        url: `http://192.168.1.1:2050/opennds_auth/?tok=${rhid}&redir=${encodeURIComponent(pass.landingUrl)}`,
      },
    });
  });

  it.each([2, 3] as const)(
    "decrypts the published hand-off of level %i and vouches for it",
    async (level) => {
      const result = await parse(LEVEL_2, { level, name: "openNDS" });
      expect(result).toMatchObject({
        ok: true,
        handOff: { client: { mac: "0e2a69759718" }, vouched: true, link: { rhid: LEVEL_2_RHID } },
      });
      if (!result.ok) return;
      const plan = await opennds.plan(result.handOff.link, settings({ level }), pass, null);
      expect(plan.agent).toEqual({ by: "rhid", rhid: LEVEL_2_RHID, device: null });
      expect([plan.browser !== null, plan.queue !== null]).toEqual(
        level === 2 ? [true, false] : [false, true],
      );
    },
  );

  it("lets authmon and the agent do it at level 4, where no browser is sent anywhere", async () => {
    const result = await parse(LEVEL_1, { level: 4, origins: [] });
    const rhid = await rhidOf(LEVEL_1_HID, LEVEL_2_FASKEY);
    expect(result).toMatchObject({ ok: true, handOff: { vouched: false, link: { rhid } } });
    const plan = await opennds.plan({ rhid }, settings({ level: 4 }), pass, null);
    expect(plan).toEqual({
      agent: { by: "rhid", rhid, device: null },
      queue: { rhid },
      asks: null,
      browser: null,
    });
  });

  it("reads what 9.10 sends, (null) and all, by the name without its serial number", async () => {
    const origins = ["http://192.168.66.1:2050"];
    const result = await parse(plain(PLAIN_9_10), { origins, name: "Quan1" });
    expect(result).toMatchObject({ ok: true, handOff: { client: { mac: "e27a4c1b1f1b" } } });
  });

  it("makes the rhid of the known chain from token to hid to rhid", async () => {
    expect(createHash("sha256").update(CHAIN.token).digest("hex")).toBe(CHAIN.hid);
    expect(await rhidOf(CHAIN.hid, CHAIN.faskey)).toBe(CHAIN.rhid);
  });

  it("takes base64 whose plus signs arrived as spaces", async () => {
    const text = fields({ clientif: "wlan0 \u{3ff}\u{3ef}>>>???" });
    const raw = Buffer.from(text).toString("base64");
    expect(raw).toContain("+");
    expect(reasonOf(await parse(`?fas=${raw}`))).toBe("ok");
  });

  it("says that a client is on already only if the gateway says so, with or without fas", async () => {
    const on = async (query: string) => {
      const result = await parse(query);
      return result.ok && result.handOff.alreadyOn;
    };
    expect(await on(`${LEVEL_1}&status=authenticated`)).toBe(true);
    expect(await on("?tok=89db8dfe&redir=https%3a%2f%2fx.example&status=authenticated")).toBe(true);
    expect(await on(LEVEL_1)).toBe(false);
    expect(await opennds.plan({}, settings(), pass, null)).toMatchObject({ agent: null, browser: null });
  });

  it.each<[string, string, Partial<GatewaySettings>, string]>([
    ["level 0, which hands out the token", LEVEL_0.slice(1), {}, "malformed"],
    ["no fas", "", {}, "malformed"],
    ["two fas", `${LEVEL_1}&fas=x`, {}, "malformed"],
    ["fas that is not base64", "?fas=%00%01", {}, "malformed"],
    ["a huge fas", `?fas=${"A".repeat(16_388)}`, {}, "malformed"],
    ["a huge plain text", plain(fields({ x: "y".repeat(8_192) })), {}, "malformed"],
    ["no secret", LEVEL_1, { secret: null }, "malformed"],
    ["no level", LEVEL_1, { level: null }, "malformed"],
    ["an iv where there is no encryption", `${LEVEL_1}&iv=0123456789abcdef`, {}, "malformed"],
    ["a hid that is no hash", plain(fields({ hid: "../../etc/passwd" })), {}, "malformed"],
    ["a field twice", plain(`${fields()}, clientmac=02:1a:2b:3c:4d:5f`), {}, "malformed"],
    ["NUL bytes", plain(fields({ x: "\0" })), {}, "malformed"],
    ["bytes that are no text", `?fas=${Buffer.from([0xff, 0xfe]).toString("base64")}`, {}, "malformed"],
    ["a MAC that is script", plain(fields({ clientmac: "<script>alert(1)</script>" })), {}, "malformed"],
    ["a group's MAC", plain(fields({ clientmac: "ff:ff:ff:ff:ff:ff" })), {}, "malformed"],
    ["another gateway's name", LEVEL_1, { name: "Quan1" }, "forged"],
    ["a name that is script", plain(fields({ gatewayname: "%3cscript%3e" })), { name: "Quan1" }, "forged"],
    ["a name that cannot be decoded", plain(fields({ gatewayname: "%zz" })), { name: "Quan1" }, "forged"],
    ["another address", plain(fields({ gatewayaddress: "203.0.113.9:2050" })), {}, "foreign_target"],
    ["credentials", plain(fields({ gatewayaddress: "192.168.1.1:2050@evil.example" })), {}, "foreign_target"],
    ["no address", plain(fields({ gatewayaddress: "" })), {}, "foreign_target"],
    [
      "another address at level 4",
      plain(fields({ gatewayaddress: "203.0.113.9:1" })),
      { level: 4 },
      "foreign_target",
    ],
    ["a path as authdir", plain(fields({ authdir: "../x" })), {}, "malformed"],
    ["plain text where AES is agreed", LEVEL_1, { level: 2 }, "forged"],
    ["AES of another key", LEVEL_2, { level: 2, secret: CHAIN.faskey }, "forged"],
    ["AES without iv", LEVEL_2.split("&iv")[0] ?? "", { level: 2 }, "forged"],
    ["a short iv", LEVEL_2.slice(0, -1), { level: 2 }, "forged"],
  ])("refuses %s", async (_what, query, change, reason) => {
    expect(reasonOf(await parse(query, change))).toBe(reason);
  });

  it("never uses originurl, and a script in any name reaches neither link nor plan", async () => {
    const hostile = {
      originurl: "javascript:alert(1)",
      clientif: "wlan0 <script>alert(1)</script>",
      gatewayname: "%3cscript%3ealert(1)%3c%2fscript%3e",
      themespec: "'; drop table visits;--",
    };
    const result = await parse(plain(fields(hostile)));
    if (!result.ok) throw new Error("A hand-off that only names odd things was refused");
    const plan = await opennds.plan(result.handOff.link, settings(), pass, null);
    expect(JSON.stringify([result.handOff.link, plan])).not.toMatch(/script|drop|alert/);
  });

  it("notices a changed, swapped or missing block of the encryption", async () => {
    const iv = "0123456789abcdef";
    const cipher = Buffer.from(
      Buffer.from(sealed(LEVEL_2_PLAIN, iv).slice(5).split("&")[0] ?? "", "base64").toString(),
      "base64",
    );
    for (let at = 0; at < cipher.length - 32; at += 7) {
      const changed = Buffer.from(cipher);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(reasonOf(await parse(wire(changed, iv), { level: 2 }))).toBe("forged");
    }
    const swapped = Buffer.concat([cipher.subarray(16, 32), cipher.subarray(0, 16), cipher.subarray(32)]);
    expect(reasonOf(await parse(wire(swapped, iv), { level: 2 }))).toBe("forged");
    const cut = cipher.subarray(0, cipher.length - 16);
    expect(reasonOf(await parse(wire(cut, iv), { level: 2 }))).toBe("forged");
  });

  it("answers something for any query and never throws, at any level", async () => {
    const anyText = fc.string({ unit: "binary", maxLength: 200 });
    const level = fc.constantFrom(1, 2, 3, 4, null);
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, level, async (fas, iv, status, at) => {
        const query = new URLSearchParams({ fas, iv, status });
        expect(await parse(`?${query}`, { level: at })).toBeDefined();
        expect(await parse(plain(fas), { level: at })).toBeDefined();
        expect(await parse(sealed(fas), { level: at })).toBeDefined();
        const odd = plain(fields({ hid: fas, clientmac: iv, gatewayname: status, gatewayaddress: fas }));
        expect(await parse(odd, { level: at, name: "Quan1" })).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });

  it("puts no client's MAC into link or plan (invariant 1)", async () => {
    const byte = fc.integer({ min: 0, max: 255 }).map((n) => n.toString(16).padStart(2, "0"));
    const mac = fc.array(byte, { minLength: 5, maxLength: 5 }).map((rest) => ["02", ...rest].join(":"));
    await fc.assert(
      fc.asyncProperty(mac, fc.constantFrom(1, 2, 3, 4), async (clientmac, level) => {
        const text = fields({ clientmac });
        const result = await parse(level === 2 || level === 3 ? sealed(text) : plain(text), { level });
        if (!result.ok) throw new Error(`A good hand-off was refused as ${result.reason}`);
        const { link } = result.handOff;
        const plan = await opennds.plan(link, settings({ level }), pass, null);
        const seen = JSON.stringify([link, plan]).toLowerCase();
        expect(seen).not.toContain(clientmac);
        expect(seen).not.toContain(clientmac.replaceAll(":", ""));
      }),
      { numRuns: 60 },
    );
  });

  it("has every key of these samples on the list of those that may not be set", () => {
    expect([LEVEL_2_FASKEY, CHAIN.faskey, ` ${CHAIN.faskey.toUpperCase()}`].every(isPublishedSecret)).toBe(
      true,
    );
    expect(isPublishedSecret("a".repeat(64))).toBe(false);
  });
});
