import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PortalSession } from "./session.ts";
import {
  SAMPLE_FASKEY,
  SAMPLE_HID,
  SAMPLE_MAC,
  SAMPLE_OPENNDS,
  sampleFas,
} from "./testing/sample-opennds.ts";
import { type Page, Shopper, formsOf, sessionOf, textOf } from "./testing/shopper.ts";

const RHID = createHash("sha256").update(`${SAMPLE_HID}${SAMPLE_FASKEY}`).digest("hex");
const MAC = SAMPLE_MAC;
const OTHER = "02:1a:2b:3c:4d:5f";
const STORE = SAMPLE_OPENNDS;
const fas = sampleFas;

const signIn = async (shopper: Shopper, query = fas()): Promise<Page> => {
  const page = await shopper.open(query, STORE.id);
  const code = await shopper.submit(page, sessionOf(page), {
    phone: "0912 345 679",
    adult: "yes",
    allow: "visit_recognition",
  });
  return shopper.typeCode(code);
};

const tokenOf = (shopper: Shopper, mac = MAC) => shopper.ports.devices.tokenOf(mac.replaceAll(":", ""));

describe("the last tap", () => {
  it("ends online when the store's agent confirms it, and the device is the person's", async () => {
    const shopper = new Shopper({ gateway: STORE });
    shopper.ports.access.agentAnswers("online");
    const done = await signIn(shopper);
    expect(done.url).toMatch(/\/done$/);
    expect(textOf(done.html)).toContain("Nhận ra tôi khi tôi quay lại");
    const [asked] = shopper.ports.access.asked;
    expect(asked?.plan.agent).toEqual({ by: "rhid", rhid: RHID, device: await tokenOf(shopper) });
    expect(asked).toMatchObject({ reason: "signed_in", minutes: 480, gatewayId: STORE.id });
    expect(shopper.ports.devicesSignedIn()).toEqual([await tokenOf(shopper)]);
  });

  it("falls back to the gateway's own address when no agent is there, and shows what stands before it leaves", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper);
    expect(page.url).toMatch(/\/connect$/);
    const refresh = page.headers.get("refresh") ?? "";
    const [wait, url] = refresh.split("; url=");
    expect(Number(wait)).toBeLessThanOrEqual(5);
    expect(url).toContain(`http://192.168.66.1:2050/opennds_auth/?tok=${RHID}&redir=`);
    expect(textOf(page.html)).toContain("Nhận ra tôi khi tôi quay lại");
    expect(page.html).toContain(`href="${url?.replaceAll("&", "&amp;")}"`);
  });

  it("tells the gateway no address that opens the session, and shows nothing personal at the end", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper);
    const url = new URL((page.headers.get("refresh") ?? "").split("url=")[1] ?? "");
    const landing = url.searchParams.get("redir") ?? "";
    expect(landing).not.toContain(sessionOf(page));
    const end = await shopper.get(landing);
    expect(end.status).toBe(200);
    expect(end.html).not.toContain(sessionOf(page));
    expect(formsOf(end.html)).toEqual([]);
    expect(textOf(end.html)).not.toMatch(/0912|Bạn đang cho phép/);
    expect(end.html).not.toContain("/receipt/");
  });

  it("asks for one grant though the code is posted twice and the page is looked at again", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper);
    await shopper.get(new URL(page.url).pathname);
    await shopper.get(new URL(page.url).pathname);
    expect(shopper.ports.access.asked).toHaveLength(1);
  });

  it("goes on by itself once a gateway that polls has let the device on", async () => {
    const polled = { ...STORE, settings: { ...STORE.settings, level: 4 as const } };
    const shopper = new Shopper({ gateway: polled });
    const page = await signIn(shopper);
    expect(page.headers.get("refresh")).toBe("2");
    expect(shopper.ports.access.asked[0]?.plan).toMatchObject({ queue: { rhid: RHID }, browser: null });
    shopper.ports.access.gatewayNames(await tokenOf(shopper));
    expect((await shopper.get(new URL(page.url).pathname)).url).toMatch(/\/done$/);
  });

  it("makes the device the person's also when the store's agent answers only while the page waits", async () => {
    const polled = { ...STORE, settings: { ...STORE.settings, level: 4 as const } };
    const shopper = new Shopper({ gateway: polled });
    const page = await signIn(shopper);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
    shopper.ports.access.gatewayNames(await tokenOf(shopper));
    await shopper.get(new URL(page.url).pathname);
    expect(shopper.ports.devicesSignedIn()).toEqual([await tokenOf(shopper)]);
  });

  it("makes the device the person's also when it is asked for again on a tap", async () => {
    const polled = { ...STORE, settings: { ...STORE.settings, level: 4 as const } };
    const shopper = new Shopper({ gateway: polled });
    const page = await signIn(shopper);
    shopper.now += 31_000;
    const slow = await shopper.get(new URL(page.url).pathname);
    shopper.ports.access.agentAnswers("online");
    await shopper.submit(slow, "/connect");
    expect(shopper.ports.devicesSignedIn()).toEqual([await tokenOf(shopper)]);
  });

  it("says nowhere that one is online before the gateway was told: not after a lost answer, not at the old page", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const open = await shopper.open(fas(), STORE.id);
    const code = await shopper.submit(open, sessionOf(open), { phone: "0912 345 679", adult: "yes" });
    const lost = await shopper.typeCode(code);
    expect(lost.url).toMatch(/\/connect$/);
    const again = await shopper.typeCode(code);
    expect(again.url).toContain("/connect");
    expect(again.headers.get("refresh")).toContain("opennds_auth");
    const left = await shopper.get(new URL(open.url).pathname);
    expect(textOf(left.html)).not.toContain("Bạn đã vào mạng");
    const back = await shopper.get(new URL(again.url).pathname.replace(/\/connect$/, ""));
    expect(back.url).toContain("/connect");
  });

  it("asks for the grant when it was never asked for because the line broke after the proof", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const { sessions } = shopper.ports;
    let saves = 0;
    const save = (session: PortalSession) => {
      if (session.step.at === "signed_in" && session.access !== null && saves++ === 0)
        throw new Error("gone");
      return sessions.save(session);
    };
    const broken = new Shopper({ gateway: STORE, change: { sessions: { ...sessions, save } } });
    const open = await broken.open(fas(), STORE.id);
    const code = await broken.submit(open, sessionOf(open), { phone: "0912 345 679", adult: "yes" });
    expect((await broken.typeCode(code)).status).toBe(503);
    const again = await broken.typeCode(code);
    expect(again.url).toMatch(/\/connect$/);
    expect(broken.ports.access.asked).toHaveLength(1);
  });

  it("stops refreshing after 30 s, says so, and tries again on a tap", async () => {
    const polled = { ...STORE, settings: { ...STORE.settings, level: 4 as const } };
    const shopper = new Shopper({ gateway: polled });
    const page = await signIn(shopper);
    shopper.now += 31_000;
    const slow = await shopper.get(new URL(page.url).pathname);
    expect(slow.headers.get("refresh")).toBeNull();
    expect(textOf(slow.html)).toContain("Bộ phát WiFi chưa trả lời");
    shopper.ports.access.agentAnswers("online");
    expect((await shopper.submit(slow, "/connect")).url).toMatch(/\/done$/);
  });

  it("is over at once for a device that the gateway has let on already", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await shopper.open("?status=authenticated", STORE.id);
    expect((await shopper.submit(page, "/guest")).url).toMatch(/\/done$/);
    expect(shopper.ports.access.asked).toEqual([]);
  });

  it("lets a guest on for the guest's time and keeps no identity", async () => {
    const shopper = new Shopper({ gateway: STORE });
    shopper.ports.access.agentAnswers("online");
    const done = await shopper.submit(await shopper.open(fas(), STORE.id), "/guest");
    expect(done.url).toMatch(/\/done$/);
    expect(shopper.ports.access.asked[0]).toMatchObject({ reason: "guest", minutes: 60 });
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });
});

describe("a hand-off that names somebody else's device", () => {
  it("makes it nobody's while the gateway has not named it (invariant 2)", async () => {
    const shopper = new Shopper({ gateway: STORE });
    await signIn(shopper, fas({ clientmac: OTHER }));
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
  });

  it("is found out when the gateway names another, and counted; the network is there all the same", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper, fas({ clientmac: OTHER }));
    shopper.ports.access.gatewayNames(await tokenOf(shopper, MAC));
    const landing = new URL((page.headers.get("refresh") ?? "").split("url=")[1] ?? "");
    expect((await shopper.get(landing.searchParams.get("redir") ?? "")).status).toBe(200);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
    expect(shopper.ports.counted).toContain("foreign_device");
  });

  it("is the person's at the landing page when the gateway names the same", async () => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper);
    expect(shopper.ports.devicesSignedIn()).toEqual([]);
    shopper.ports.access.gatewayNames(await tokenOf(shopper));
    const landing = new URL((page.headers.get("refresh") ?? "").split("url=")[1] ?? "");
    await shopper.get(landing.searchParams.get("redir") ?? "");
    await shopper.get(landing.searchParams.get("redir") ?? "");
    expect(shopper.ports.devicesSignedIn()).toEqual([await tokenOf(shopper)]);
  });

  it.each([
    ["another address", { gatewayaddress: "203.0.113.9:2050" }, "hand_off_foreign_target"],
    ["no hash", { hid: "abc" }, "bad_hand_off"],
  ])("leads to no grant at %s, is counted, and never sends the browser there", async (_, change, counted) => {
    const shopper = new Shopper({ gateway: STORE });
    const page = await signIn(shopper, fas(change));
    expect(shopper.ports.counted).toContain(counted);
    expect(page.headers.get("refresh") ?? "").not.toContain("203.0.113.9");
    expect(shopper.ports.access.asked).toEqual([]);
    expect(textOf(page.html)).toContain("Bộ phát WiFi chưa trả lời");
  });
});
