import { describe, expect, it } from "vitest";
import { SAMPLE_GATEWAY } from "./testing/sample.ts";
import { MAC, ORIGIN, Shopper, formsOf, sessionOf } from "./testing/shopper.ts";

const GATEWAY = `/w/${SAMPLE_GATEWAY.id}`;

describe("the hand-off of a gateway", () => {
  it("leads at once to an unguessable address that holds no MAC", async () => {
    const reply = await new Shopper().send(`${GATEWAY}?mac=${MAC}`);
    expect(reply.status).toBe(303);
    expect(reply.headers.get("location")).toMatch(new RegExp(`^${GATEWAY}/s/[A-Za-z0-9_-]{22,}$`));
  });

  it("keeps the MAC out of every later address, page and message, in any spelling (invariant 1)", async () => {
    const shopper = new Shopper();
    const code = await shopper.askForCode({ allow: ["visit_recognition"] });
    const done = await shopper.typeCode(code);
    const receipt = await shopper.get(/href="(\/receipt\/[^"]+)"/.exec(done.html)?.[1] ?? "");
    const seen = [
      ...shopper.visited.slice(1),
      code.html,
      done.html,
      receipt.html,
      JSON.stringify(shopper.ports.sent),
    ];
    const spellings = [MAC, MAC.replaceAll(":", "-"), MAC.replaceAll(":", "")];
    const found = spellings.filter((mac) => seen.join("\n").toLowerCase().includes(mac));
    expect(found).toEqual([]);
  });

  it("gives one device the same token however its MAC is spelled, and takes a token as it is", async () => {
    const shopper = new Shopper();
    const opened: unknown[] = [];
    const { sessions, devices } = shopper.ports;
    const other = new Shopper({
      change: {
        sessions: {
          ...sessions,
          open: (session) => {
            opened.push(session.device);
            return sessions.open(session);
          },
        },
      },
    });
    const token = await devices.tokenOf("021a2b3c4d5e");
    for (const query of [`?mac=${MAC}`, "?mac=02-1A-2B-3C-4D-5E", `?device=${token}`]) {
      await other.open(query);
    }
    expect(opened).toEqual([token, token, token]);
  });

  it.each(["", "?mac=nonsense", "?mac=ff:ff:ff:ff:ff:ff", "?device=short"])(
    "opens a session without a device for %j, so the shopper gets online all the same",
    async (query) => {
      const shopper = new Shopper();
      expect((await shopper.open(query)).status).toBe(200);
      expect(shopper.ports.counted).toEqual(query === "" ? [] : ["bad_hand_off"]);
    },
  );

  it("never goes where the hand-off says", async () => {
    const hostile =
      "&url=https://evil.example/&redir=//evil.example&userurl=https://evil.example&lang=//evil";
    const page = await new Shopper().open(`?mac=${MAC}${hostile}`);
    expect(page.url.startsWith(`${ORIGIN}${GATEWAY}/s/`)).toBe(true);
    expect(page.html).not.toContain("evil.example");
  });

  it("speaks Vietnamese first, English to whom prefers it, and the link's language after that", async () => {
    const shopper = new Shopper();
    const langOf = async (query: string, header: string) =>
      /<html lang="(\w+)"/.exec(
        (await shopper.get(`${GATEWAY}${query}`, { "accept-language": header })).html,
      )?.[1];
    expect(await langOf("", "")).toBe("vi");
    expect(await langOf("", "fr-FR, fr;q=0.9")).toBe("vi");
    expect(await langOf("", "en-US,en;q=0.9,vi;q=0.8")).toBe("en");
    expect(await langOf("", "en;q=0.5, vi-VN;q=0.9")).toBe("vi");
    expect(await langOf("?lang=en", "vi")).toBe("en");
    expect(await langOf("?lang=xx", "vi")).toBe("vi");
  });

  it("answers an unknown gateway, an expired session and another gateway's session with a page", async () => {
    const shopper = new Shopper();
    expect((await shopper.get("/w/gw_00000000?mac=x")).status).toBe(404);
    const session = sessionOf(await shopper.open());
    expect((await shopper.get(`/w/gw_00000000/s/${session}`)).status).toBe(404);
    expect((await shopper.get(`${GATEWAY}/s/unknown`)).status).toBe(410);
    expect((await shopper.get(`${GATEWAY}/nothing/here`)).status).toBe(404);
    shopper.now += 2 * 3_600_000;
    const gone = await shopper.get(`${GATEWAY}/s/${session}`);
    expect(gone.status).toBe(410);
    expect(gone.html).toContain(`href="${GATEWAY}?lang=vi"`);
    expect(shopper.ports.counted).toEqual([
      "unknown_gateway",
      "unknown_gateway",
      "session_gone",
      "session_gone",
    ]);
  });

  it("becomes a page with Retry-After when a part behind it does not answer", async () => {
    const down = () => Promise.reject(new Error("The database does not answer"));
    const gateways = { find: down, home: down };
    const shopper = new Shopper({ change: { gateways } });
    const page = await shopper.open();
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("5");
    expect(page.html).toContain("Hệ thống đang bận");
    expect(shopper.reports).toHaveLength(1);
  });
});

describe("the first page", () => {
  it("has nothing ticked, no script, no outside address, and weighs at most 14 KB with its style", async () => {
    const { html } = await new Shopper().open();
    expect(html).not.toContain("checked");
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|<link|<img|@import|url\(/i);
    expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(14 * 1024);
  });

  it("offers each purpose by its own box, says what is sensitive, and offers the WiFi without any", async () => {
    const { html } = await new Shopper().open();
    const boxes = Array.from(
      html.matchAll(/type="checkbox"[^>]*name="(\w+)" value="(\w+)"/g),
      (m) => `${m[1]}=${m[2]}`,
    );
    expect(boxes).toEqual([
      "adult=yes",
      "allow=visit_recognition",
      "allow=profile_linking",
      "allow=marketing_zalo",
      "allow=marketing_sms",
    ]);
    expect(html.match(/Dữ liệu nhạy cảm/g)).toHaveLength(1);
    expect(formsOf(html).map(({ action }) => action.split("/").at(-1))).toContain("guest");
    expect(html).toMatch(/<input type="tel"[^>]*autocomplete="tel"/);
  });
});
