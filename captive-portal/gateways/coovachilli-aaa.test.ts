import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AaaAsk, proves, readAaa } from "./coovachilli-aaa.ts";
import { AAA_ACK, AAA_REJECT, aaaAccept, aaaReject } from "./coovachilli-reply.ts";
import { LAB } from "./samples/coovachilli.ts";

const SECRET = "a long secret of this test only";
const BASE = "https://portal.example/w/gw_1/aaa";
const md5 = (data: string | Buffer): string => createHash("md5").update(data).digest("hex");

const ask = (query: string, secret: string | null = SECRET): AaaAsk => {
  const url = `${BASE}?${query}`;
  return readAaa(new URL(`${url}&md=${md5(url + SECRET).toUpperCase()}`), secret);
};

const PASSWORD = "abcdefghij0123456789wxyz";
const CHALLENGE = "00112233445566778899aabbccddeeff";
const response = md5(Buffer.concat([Buffer.of(0), Buffer.from(PASSWORD), Buffer.from(CHALLENGE, "hex")]));
const LOGIN = "stage=login&service=login&user=abcdefgh01234567";
const WHO =
  "&ap=94-83-C4-01-42-27&mac=5C-1D-D9-20-A0-C1&ip=192.168.182.64&sessionid=5e6792ce00000006&nasid=nas01";

describe("CoovaChilli's HTTP AAA", () => {
  it("reads what a running CoovaChilli asked and told", () => {
    const login = readAaa(new URL(LAB.login), LAB.secret);
    if (login.kind !== "login") throw new Error(`A real log-in was read as ${login.kind}`);
    expect([login.username, proves(login.proof, LAB.password), proves(login.proof, "x")]).toEqual([
      LAB.username,
      true,
      false,
    ]);
    expect(readAaa(new URL(LAB.stop), LAB.secret)).toEqual({
      kind: "counters",
      status: "stop",
      username: LAB.username,
      durationMs: 23_000,
      bytesUp: 750,
      bytesDown: 995,
      mac: "7abb018bae53",
      sessionId: "179531863800000001",
    });
  });

  it("proves a credential by CHAP or by the password itself", () => {
    const chap = ask(`${LOGIN}&chap_chal=${CHALLENGE}&chap_pass=${response}&chap_id=0${WHO}`);
    expect(chap).toMatchObject({
      kind: "login",
      username: "abcdefgh01234567",
      mac: "5c1dd920a0c1",
      sessionId: "5e6792ce00000006",
    });
    const pap = ask(`${LOGIN}&pass=${PASSWORD}${WHO}`);
    for (const login of [chap, pap]) {
      if (login.kind !== "login") throw new Error("A good log-in was not read");
      expect([proves(login.proof, PASSWORD), proves(login.proof, `${PASSWORD}x`)]).toEqual([true, false]);
    }
  });

  it("reads what a session has used", () => {
    const used = "&duration=120&bytes_down=4294967297&pkts_down=9&bytes_up=2048&pkts_up=3";
    expect(ask(`stage=counters&status=update&user=abcdefgh01234567${WHO}${used}`)).toEqual({
      kind: "counters",
      status: "update",
      username: "abcdefgh01234567",
      durationMs: 120_000,
      bytesUp: 2_048,
      bytesDown: 4_294_967_297,
      mac: "5c1dd920a0c1",
      sessionId: "5e6792ce00000006",
    });
    expect(ask("stage=counters&status=up&nasid=nas01")).toEqual({ kind: "restart" });
  });

  it.each([
    ["MAC log-in", "stage=login&service=framed&user=5C-1D-D9-20-A0-C1", { kind: "not_offered" }],
    ["the gateway's own configuration", "stage=login&service=admin&user=chillispot", { kind: "not_offered" }],
    ["a sign-up of chilli's own", "stage=register&status=new_user", { kind: "not_offered" }],
    ["an unknown stage", "stage=x", { kind: "bad", reason: "malformed" }],
    ["no proof", LOGIN, { kind: "bad", reason: "malformed" }],
    [
      "a user name that is none of ours",
      `stage=login&service=login&user=%27%20or%201&pass=x`,
      { kind: "bad", reason: "malformed" },
    ],
    [
      "a CHAP id out of range",
      `${LOGIN}&chap_chal=${CHALLENGE}&chap_pass=${response}&chap_id=256`,
      { kind: "bad", reason: "malformed" },
    ],
    [
      "a cut challenge",
      `${LOGIN}&chap_chal=0011&chap_pass=${response}&chap_id=0`,
      { kind: "bad", reason: "malformed" },
    ],
    [
      "bytes that are no number",
      "stage=counters&status=stop&user=a&bytes_up=-1",
      { kind: "bad", reason: "malformed" },
    ],
    ["a huge address", `stage=login&x=${"y".repeat(5_000)}`, { kind: "bad", reason: "malformed" }],
  ])("does not act on %s", (_what, query, answer) => {
    expect(ask(query)).toEqual(answer);
  });

  it("believes nothing that is not signed, and nothing at all where no secret is set", () => {
    const forged = { kind: "bad", reason: "forged" };
    expect(readAaa(new URL(`${BASE}?${LOGIN}&pass=${PASSWORD}`), SECRET)).toEqual(forged);
    expect(readAaa(new URL(`${BASE}?${LOGIN}&pass=${PASSWORD}&md=${"0".repeat(32)}`), SECRET)).toEqual(
      forged,
    );
    expect(ask(`${LOGIN}&pass=${PASSWORD}`, "another")).toEqual(forged);
    expect(ask(`${LOGIN}&pass=${PASSWORD}`, null)).toEqual(forged);
  });

  it("answers in the lines chilli reads, without anything of what was asked", () => {
    expect(aaaAccept({ seconds: 3_600.9, landingUrl: "https://portal.example/done" })).toBe(
      "Auth: 1\nSession-Timeout: 3600\nIdle-Timeout: 900\nAcct-Interim-Interval: 300\nWISPr-Redirection-URL:https://portal.example/done\n",
    );
    const injected = aaaAccept({ seconds: 60, landingUrl: "https://portal.example/\nCoovaChilli-Config:x" });
    expect(injected.split("\n")).toHaveLength(6);
    expect(aaaAccept({ seconds: 60, landingUrl: `https://x.example/${"y".repeat(300)}` })).not.toContain(
      "WISPr",
    );
    expect([AAA_REJECT.startsWith("Auth: 0\n"), AAA_ACK]).toEqual([true, "Ack: 1\n"]);
    expect(aaaReject("http://192.168.182.1:3990/prelogin")).toBe(
      `${AAA_REJECT}WISPr-Redirection-URL:http://192.168.182.1:3990/prelogin\n`,
    );
  });

  it("answers something for any signed query and never throws", () => {
    const text = fc.string({ unit: "binary", maxLength: 80 });
    fc.assert(
      fc.property(text, text, text, text, (user, pass, status, duration) => {
        for (const stage of ["login", "counters"]) {
          const query = new URLSearchParams({ stage, service: "login", user, pass, status, duration });
          expect(ask(String(query))).toBeDefined();
        }
      }),
    );
  });
});
