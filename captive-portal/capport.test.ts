import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { NO_GATEWAY_SETTINGS } from "../schema/gateways.ts";
import { captiveJson } from "./capport.ts";
import type { PortalEnv } from "./options.ts";
import type { AccessGrants } from "./access.ts";
import { captiveRoutes } from "./routes/captive.ts";
import { memoryPorts } from "./testing/memory-ports.ts";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";

const NOW = Date.UTC(2026, 10, 2, 5);
const KEY = "5e6792ce00000006";
const portalUrl = "https://wifi.example.vn/captive/gw_1";

describe("the Captive Portal API's answer", () => {
  it("names the portal to whom is captive", () => {
    expect(captiveJson({ onUntil: null, portalUrl, venueUrl: null, now: NOW })).toEqual({
      captive: true,
      "user-portal-url": portalUrl,
    });
  });

  it("names the store's page and what is left to whom is on", () => {
    const venueUrl = "https://example.vn/";
    expect(captiveJson({ onUntil: NOW + 325_001, portalUrl, venueUrl, now: NOW })).toEqual({
      captive: false,
      "user-portal-url": portalUrl,
      "venue-info-url": venueUrl,
      "can-extend-session": false,
      "seconds-remaining": 326,
    });
  });

  it("is captive again from the end on, and names no page without TLS", () => {
    const answer = captiveJson({ onUntil: NOW, portalUrl, venueUrl: "http://example.vn/", now: NOW });
    expect(answer).toEqual({ captive: true, "user-portal-url": portalUrl });
  });
});

describe("/captive", () => {
  const settings = { ...NO_GATEWAY_SETTINGS, origins: ["http://192.168.182.1:3990"] };
  const gateway = { ...SAMPLE_GATEWAY, kind: "coovachilli", settings } as const;
  const made = (found: Awaited<ReturnType<AccessGrants["byClient"]>>) => {
    const ports = memoryPorts([gateway]);
    const app = new Hono<PortalEnv>();
    const asked: string[] = [];
    const access: AccessGrants = {
      ...ports.access,
      byClient: async (key) => {
        asked.push(key);
        return key === KEY ? found : null;
      },
    };
    captiveRoutes(app, {
      ports: { ...ports, access },
      clock: () => NOW,
      origin: () => "https://wifi.example.vn",
      mode: "live",
      report: () => undefined,
    });
    return { app, asked, counted: ports.counted };
  };

  it("says of each client whether it is on, in the RFC's media type, and lets nobody keep it", async () => {
    const { app } = made({ state: "online", until: NOW + 60_000 });
    const reply = await app.request(`/captive/${gateway.id}/${KEY}`);
    expect(reply.headers.get("content-type")).toBe("application/captive+json");
    expect(reply.headers.get("cache-control")).toBe("private, no-store");
    expect(await reply.json()).toMatchObject({ captive: false, "seconds-remaining": 60 });
    const other = await app.request(`/captive/${gateway.id}/5e6792ce00000007`);
    expect(await other.json()).toMatchObject({ captive: true });
  });

  it.each(["waiting", "refused", "over"] as const)("says captive while a grant is %s", async (state) => {
    const reply = await made({ state, until: NOW + 60_000 }).app.request(`/captive/${gateway.id}/${KEY}`);
    expect(await reply.json()).toEqual({
      captive: true,
      "user-portal-url": `https://wifi.example.vn/captive/${gateway.id}`,
      "venue-info-url": "https://example.vn/",
    });
  });

  it.each(["021a2b3c4d5e", "02-1A-2B-3C-4D-5E", "021a.2b3c.4d5e", "%7Bs%7D", "a".repeat(65)])(
    "refuses the address of %s and looks nothing up (invariant 1)",
    async (token) => {
      const { app, asked, counted } = made(null);
      expect((await app.request(`/captive/${gateway.id}/${token}`)).status).toBe(404);
      expect([asked, counted]).toEqual([[], ["bad_hand_off"]]);
    },
  );

  it("opens the portal by the gateway's own entrance, because only the gateway knows the challenge", async () => {
    const { app, counted } = made(null);
    const reply = await app.request(`/captive/${gateway.id}`);
    expect([reply.status, reply.headers.get("location")]).toEqual([
      303,
      "http://192.168.182.1:3990/prelogin",
    ]);
    expect((await app.request("/captive/gw_00000000")).status).toBe(404);
    expect((await app.request(`/captive/gw_00000000/${KEY}`)).status).toBe(404);
    expect(counted).toEqual(["unknown_gateway", "unknown_gateway"]);
  });
});
