import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import { chapResponse, isChapOf, newChallenge } from "./coovachilli-chap.ts";
import { coovachilli } from "./coovachilli.ts";
import { fromHex } from "./bytes.ts";
import type { HandOffResult, Pass } from "./gateway.ts";
import { isPublishedSecret } from "./published-secrets.ts";
import { CHAP, LAB, LIGOWAVE, OPENWRT } from "./samples/coovachilli.ts";

const SECRET = "a long secret of this test only";
const pass: Pass = {
  id: "1",
  username: "u".repeat(16),
  password: CHAP.password,
  minutes: 60,
  landingUrl: "https://portal.example/done",
};

const settings = (change: Partial<GatewaySettings> = {}): GatewaySettings => ({
  ...NO_GATEWAY_SETTINGS,
  secret: SECRET,
  origins: ["http://192.168.182.1:3660"],
  ...change,
});

const md = (url: string, secret = SECRET): string =>
  `${url}&md=${createHash("md5")
    .update(url + secret)
    .digest("hex")
    .toUpperCase()}`;

const PORTAL = "https://portal.example/w/gw_1";
const unsigned = OPENWRT.replace(/&md=.*/, "");
const parse = (url: string, change?: Partial<GatewaySettings>): Promise<HandOffResult> =>
  coovachilli.parse({ url: new URL(url), form: null }, settings(change));
const reasonOf = (result: HandOffResult): string => (result.ok ? "ok" : result.reason);

describe("CoovaChilli", () => {
  it("reads the published hand-off, unvouched where no secret is set", async () => {
    expect(await parse(PORTAL + OPENWRT, { secret: null })).toEqual({
      ok: true,
      handOff: {
        client: { kind: "mac", mac: "5c1dd920a0c1" },
        vouched: false,
        link: { origin: "http://192.168.182.1:3660", challenge: CHAP.challenge },
        clientKey: "5e6792ce00000006",
        alreadyOn: false,
      },
    });
    const ligowave = await parse(PORTAL + LIGOWAVE, { secret: null, origins: ["http://10.1.0.0:3990"] });
    expect(reasonOf(ligowave)).toBe("ok");
  });

  it("vouches for what a running CoovaChilli signed, and answers its challenge as it wants", async () => {
    const own = { secret: LAB.secret, name: "quan1", origins: ["http://10.77.1.1:3990"] };
    const result = await parse(LAB.handOff, own);
    expect(result).toMatchObject({ ok: true, handOff: { vouched: true, clientKey: "179531851500000001" } });
    if (!result.ok) return;
    const one = { ...pass, username: LAB.username, password: LAB.password };
    expect(await coovachilli.plan(result.handOff.link, settings(own), one, null)).toMatchObject({
      browser: { url: `http://10.77.1.1:3990/logon?username=${LAB.username}&response=${LAB.response}` },
    });
    expect(await parse(LAB.logoff, own)).toMatchObject({ ok: true, handOff: { alreadyOn: false } });
    expect(reasonOf(await parse(LAB.handOff.replace("AE-53", "AE-54"), own))).toBe("forged");
  });

  it("vouches for what the gateway signed, also where a proxy ended TLS before us", async () => {
    for (const scheme of ["https", "http"]) {
      const signed = md(`${scheme}://portal.example/w/gw_1${unsigned}`);
      expect(await parse(signed)).toMatchObject({ ok: true, handOff: { vouched: true } });
      expect(await parse(signed.replace(/^https?/, "https"))).toMatchObject({ handOff: { vouched: true } });
    }
  });

  it("sends the browser to the gateway with a CHAP response and never with the password", async () => {
    const link = { origin: "http://192.168.182.1:3660", challenge: CHAP.challenge };
    const plan = await coovachilli.plan(link, settings({ secret: CHAP.secret }), pass, null);
    const url = `http://192.168.182.1:3660/logon?username=${pass.username}&response=${CHAP.response}`;
    expect(plan).toEqual({ agent: null, queue: null, asks: "credential", browser: { kind: "go", url } });
    expect(await coovachilli.plan({}, settings(), pass, null)).toMatchObject({ browser: null, asks: null });
  });

  it("makes the CHAP response of the known vector, and uses the bare challenge without a secret", () => {
    const challenge = fromHex(CHAP.challenge) ?? new Uint8Array();
    expect(chapResponse(0, CHAP.password, newChallenge(challenge, CHAP.secret))).toBe(CHAP.response);
    // The same vector's PAP form, which we do not use: the password XOR the mixed challenge.
    expect((newChallenge(challenge, CHAP.secret)[0] ?? 0) ^ CHAP.password.charCodeAt(0)).toBe(0x48);
    expect(newChallenge(challenge, null)).toEqual(challenge);
    const mixed = Buffer.from(newChallenge(challenge, CHAP.secret)).toString("hex");
    const chap = { id: 0, challenge: mixed, response: CHAP.response.toUpperCase() };
    expect([isChapOf("p", chap), isChapOf("q", chap), isChapOf("p", { ...chap, id: 1 })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each(["already", "success"])(
    "says that a client with res=%s is on, and plans nothing for it",
    async (res) => {
      const url = `${PORTAL}?res=${res}&uamip=192.168.182.1&uamport=3660&mac=5C-1D-D9-20-A0-C1&sessionid=5e6792ce00000006`;
      expect(await parse(md(url))).toMatchObject({
        ok: true,
        handOff: { alreadyOn: true, link: {}, clientKey: "5e6792ce00000006" },
      });
    },
  );

  it.each(["failed", "logoff"])(
    "lets who comes back with res=%s try again by the fresh challenge",
    async (res) => {
      const url = `${PORTAL}${unsigned.replace("res=notyet", `res=${res}&reason=reject`)}`;
      expect(await parse(md(url))).toMatchObject({
        ok: true,
        handOff: { alreadyOn: false, link: CHAP_LINK },
      });
    },
  );
  const CHAP_LINK = { challenge: CHAP.challenge };

  it.each<[string, string, Partial<GatewaySettings>, string]>([
    ["nothing", PORTAL, {}, "malformed"],
    ["no signature where a secret is set", PORTAL + unsigned, {}, "forged"],
    ["a signature by another secret", md(PORTAL + unsigned, "another"), {}, "forged"],
    [
      "the signature of another address",
      `${PORTAL}${unsigned.replace("A0-C1", "A0-C2")}&md=${"0".repeat(32)}`,
      {},
      "forged",
    ],
    ["something after the signature", `${md(PORTAL + unsigned)}&mac2=x`, {}, "forged"],
    [
      "a signature in lower case",
      md(PORTAL + unsigned).replace(/md=.*/, (m) => m.toLowerCase()),
      {},
      "forged",
    ],
    ["another host", md(PORTAL + unsigned).replace("portal.example", "evil.example"), {}, "forged"],
    ["a parameter twice", md(`${PORTAL}${unsigned}&mac=02-1A-2B-3C-4D-5E`), {}, "malformed"],
    ["another gateway's nasid", md(PORTAL + unsigned), { name: "quan1" }, "forged"],
    ["a gateway that is not on the list", md(PORTAL + unsigned), { origins: [] }, "foreign_target"],
    [
      "credentials in uamip",
      md(PORTAL + unsigned.replace("uamport=3660", "uamport=3660@evil.example")),
      {},
      "foreign_target",
    ],
    [
      "a path in uamport",
      md(PORTAL + unsigned.replace("uamport=3660", "uamport=80/x?")),
      {},
      "foreign_target",
    ],
    [
      "a challenge that is none",
      md(PORTAL + unsigned.replace(/challenge=\w+/, "challenge=%00")),
      {},
      "malformed",
    ],
    ["a res that is none", md(PORTAL + unsigned.replace("notyet", "%3Cscript%3E")), {}, "malformed"],
    [
      "a MAC that is script",
      md(PORTAL + unsigned.replace(/&mac=[^&]+/, "&mac=%3Cscript%3E")),
      {},
      "malformed",
    ],
    ["a huge query", md(`${PORTAL}${unsigned}&x=${"y".repeat(8_192)}`), {}, "malformed"],
  ])("refuses %s", async (_what, url, change, reason) => {
    expect(reasonOf(await parse(url, change))).toBe(reason);
  });

  it.each(["5C1DD920A0C1", "5c1dd920a0c1", "../x", "<script>", "a".repeat(33)])(
    "takes no session id that is not one, as %j",
    async (id) => {
      const url = PORTAL + unsigned.replace(/sessionid=\w+/, `sessionid=${encodeURIComponent(id)}`);
      expect(await parse(md(new URL(url).href))).toMatchObject({ ok: true, handOff: { clientKey: null } });
    },
  );

  it("never uses userurl, and puts neither it nor the client's MAC into link or plan (invariant 1)", async () => {
    const url = `${PORTAL}${unsigned.replace(/userurl=[^&]+/, "userurl=javascript:alert(1)")}&ssid=%3Cscript%3E`;
    const result = await parse(md(url));
    if (!result.ok) throw new Error(`A good hand-off was refused as ${result.reason}`);
    const plan = await coovachilli.plan(result.handOff.link, settings(), pass, null);
    const seen = JSON.stringify([result.handOff.link, result.handOff.clientKey, plan]).toLowerCase();
    expect(seen).not.toMatch(/javascript|script|5c-1d-d9-20-a0-c1|5c1dd920a0c1|5c:1d/);
  });

  it("answers something for any query and never throws", async () => {
    const text = fc.string({ unit: "binary", maxLength: 100 });
    const secret = fc.constantFrom(null, SECRET);
    await fc.assert(
      fc.asyncProperty(text, text, text, secret, async (a, b, c, set) => {
        const query = new URLSearchParams({
          res: "notyet",
          uamip: a,
          uamport: b,
          challenge: c,
          mac: a,
          nasid: b,
        });
        const url = new URL(`${PORTAL}?${query}`);
        expect(await parse(md(url.href), { secret: set })).toBeDefined();
        expect(
          await parse(`${PORTAL}?${new URLSearchParams({ res: a, md: b, sessionid: c })}`),
        ).toBeDefined();
        expect(
          await coovachilli.plan({ origin: a, challenge: b }, settings({ secret: set }), pass, null),
        ).toBeDefined();
      }),
    );
  });

  it("knows the secrets of manuals and samples", () => {
    expect(["uamsecret", "change-me", "ht2eb8ej6s4et3rg1ulp"].every(isPublishedSecret)).toBe(true);
    expect(isPublishedSecret(SECRET)).toBe(false);
  });
});
