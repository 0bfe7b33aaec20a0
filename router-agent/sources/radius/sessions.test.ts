import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMac } from "../../station.ts";
import type { NasReport, SessionReport } from "./accounting.ts";
import { Sessions } from "./sessions.ts";

const mac = parseMac("02:00:00:00:00:01");
if (mac === null) throw new Error("not an address");

const report = (
  status: SessionReport["status"],
  session: string,
  more: Partial<SessionReport> = {},
): SessionReport => ({
  kind: "session",
  status,
  nas: "n",
  session,
  delayMs: 0,
  eventAtSeconds: undefined,
  mac,
  ap: "n/1",
  ssid: undefined,
  sessionMs: undefined,
  octets: undefined,
  ...more,
});
const nas = (status: "on" | "off", eventAtSeconds = 1): NasReport => ({
  kind: "nas",
  status,
  nas: "n",
  session: "",
  delayMs: 0,
  eventAtSeconds,
});

/** `join-5` is a join with five seconds of inactivity. */
const feed = (sessions: Sessions, atMs: number, what: SessionReport | NasReport): string[] => {
  const { events, ignored } = sessions.take(what, atMs);
  const told = events.map((event) =>
    "station" in event
      ? `${event.kind}-${event.station.inactiveMs / 1000}@${event.ap}`
      : `${event.kind}@${event.ap}`,
  );
  return ignored === undefined ? told : [...told, ignored];
};

describe("a session", () => {
  it("is a join, confirmations and a leave", () => {
    const sessions = new Sessions();
    expect(feed(sessions, 0, report("start", "a"))).toEqual(["join-0@n/1"]);
    expect(feed(sessions, 60_000, report("interim", "a", { sessionMs: 60_000 }))).toEqual(["seen-0@n/1"]);
    expect(feed(sessions, 90_000, report("stop", "a", { sessionMs: 90_000 }))).toEqual(["leave-0@n/1"]);
  });

  it("happened when it happened, not when the NAS got through", () => {
    const sessions = new Sessions();
    expect(feed(sessions, 100_000, report("start", "a", { delayMs: 7_000 }))).toEqual(["join-7@n/1"]);
    expect(feed(sessions, 200_000, report("stop", "a", { delayMs: 5_000 }))).toEqual(["leave-5@n/1"]);
  });

  it("is told once however often each report is retransmitted", () => {
    const sessions = new Sessions();
    const late = { delayMs: 4_000 };
    feed(sessions, 0, report("start", "a"));
    expect(feed(sessions, 4_000, report("start", "a", late))).toEqual(["duplicate"]);
    feed(sessions, 60_000, report("interim", "a", { sessionMs: 60_000 }));
    expect(feed(sessions, 64_000, report("interim", "a", { sessionMs: 60_000, ...late }))).toEqual([
      "duplicate",
    ]);
    feed(sessions, 90_000, report("stop", "a", { sessionMs: 90_000 }));
    expect(feed(sessions, 94_000, report("stop", "a", { sessionMs: 90_000, ...late }))).toEqual([
      "duplicate",
    ]);
  });

  it("that comes back under the same id and lasts as long again is told again, as hostapd does it", () => {
    const sessions = new Sessions();
    const visit = (atMs: number): string[] => [
      ...feed(sessions, atMs, report("start", "a", { eventAtSeconds: atMs / 1000 })),
      ...feed(
        sessions,
        atMs + 4_000,
        report("stop", "a", { sessionMs: 4_000, eventAtSeconds: atMs / 1000 + 4 }),
      ),
    ];
    expect(visit(0)).toEqual(["join-0@n/1", "leave-0@n/1"]);
    expect(visit(9_000)).toEqual(["join-0@n/1", "leave-0@n/1"]);
    expect(visit(18_000)).toEqual(["join-0@n/1", "leave-0@n/1"]);
  });

  it("that is started twice without a stop is joined again", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a"));
    expect(feed(sessions, 600_000, report("start", "a"))).toEqual(["join-0@n/1"]);
  });

  it.each<[string, Partial<SessionReport>]>([
    ["a delay", { delayMs: 20_000 }],
    ["the time of the event", { eventAtSeconds: 7 }],
    ["the time of sending and a delay", { eventAtSeconds: 27, delayMs: 20_000 }],
    ["neither", {}],
  ])("is told once by an access point whose retransmits carry %s", (_what, again) => {
    const sessions = new Sessions();
    const first = again.eventAtSeconds === undefined ? {} : { eventAtSeconds: 7 };
    feed(sessions, 0, report("start", "a", first));
    expect(feed(sessions, 20_000, report("start", "a", again))).toEqual(["duplicate"]);
  });

  it("whose start was lost tells since when, at its first interim or at its stop", () => {
    expect(feed(new Sessions(), 600_000, report("interim", "a", { sessionMs: 300_000 }))).toEqual([
      "join-300@n/1",
      "seen-0@n/1",
    ]);
    expect(
      feed(new Sessions(), 600_000, report("stop", "a", { sessionMs: 300_000, delayMs: 10_000 })),
    ).toEqual(["join-310@n/1", "leave-10@n/1"]);
  });

  it("longer than twelve hours before it was first heard of does not reach back", () => {
    const sessionMs = 13 * 3_600_000;
    expect(feed(new Sessions(), 1e9, report("interim", "a", { sessionMs }))).toEqual([
      "join-0@n/1",
      "seen-0@n/1",
    ]);
  });

  it("was last active when its counters last moved", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a"));
    feed(sessions, 60_000, report("interim", "a", { sessionMs: 60_000, octets: 10 }));
    expect(feed(sessions, 120_000, report("interim", "a", { sessionMs: 120_000, octets: 10 }))).toEqual([
      "seen-60@n/1",
    ]);
    expect(feed(sessions, 180_000, report("stop", "a", { sessionMs: 180_000, octets: 10 }))).toEqual([
      "leave-120@n/1",
    ]);
  });
});

describe("roaming", () => {
  it("a late stop of the previous session does not end the present one", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a"));
    feed(sessions, 60_000, report("start", "b", { ap: "n/2" }));
    const stop = report("stop", "a", { sessionMs: 59_000, delayMs: 3_000 });
    expect(feed(sessions, 63_000, stop)).toEqual(["previous_session"]);
    expect(feed(sessions, 90_000, report("stop", "b", { sessionMs: 30_000, ap: "n/2" }))).toEqual([
      "leave-0@n/2",
    ]);
  });

  it("a stop before the next start is an ordinary leave", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a"));
    expect(feed(sessions, 60_000, report("stop", "a", { sessionMs: 60_000 }))).toEqual(["leave-0@n/1"]);
    expect(feed(sessions, 60_100, report("start", "b", { ap: "n/2" }))).toEqual(["join-0@n/2"]);
  });
});

describe("a NAS that starts or stops", () => {
  it("ends the sessions of each of its access points, once", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a"));
    expect(feed(sessions, 10, nas("on"))).toEqual(["reset@n/1", "reset@n"]);
    expect(feed(sessions, 20, nas("on"))).toEqual(["duplicate"]);
    expect(feed(sessions, 30, nas("off"))).toEqual(["reset@n/1", "reset@n"]);
  });

  it("may use its session ids again", () => {
    const sessions = new Sessions();
    feed(sessions, 0, report("start", "a", { eventAtSeconds: 0 }));
    feed(sessions, 10_000, nas("on"));
    expect(feed(sessions, 20_000, report("start", "a", { eventAtSeconds: 20 }))).toEqual(["join-0@n/1"]);
  });
});

it("repeats, however interleaved, add no event", () => {
  const day = [
    report("start", "a"),
    report("interim", "a", { sessionMs: 60_000 }),
    report("stop", "a", { sessionMs: 90_000 }),
    report("start", "b"),
    report("interim", "b", { sessionMs: 60_000 }),
    report("stop", "b", { sessionMs: 61_000 }),
  ];
  const once = new Sessions();
  const expected = day.flatMap((each, index) => once.take(each, index * 100_000).events);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 6, maxLength: 6 }), (repeats) => {
      const sessions = new Sessions();
      const events = day.flatMap((each, index) => {
        const fresh = sessions.take(each, index * 100_000).events;
        const stale = Array.from(
          { length: repeats[index] ?? 0 },
          (_one, nth) => (nth * 5 + index) % (index + 1),
        );
        const again = stale.flatMap((older) => {
          const delayMs = (index - older) * 100_000;
          return sessions.take({ ...(day[older] ?? each), delayMs }, index * 100_000 + 1).events;
        });
        return [...fresh, ...again];
      });
      expect(events).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});

it("memory is bounded while a hundred thousand stations pass", () => {
  const sessions = new Sessions();
  for (let index = 0; index < 100_000; index += 1) {
    const each = parseMac(`02${index.toString(16).padStart(10, "0")}`);
    if (each !== null) sessions.take(report("start", `s${index}`, { mac: each }), index);
  }
  expect(sessions.size).toBeLessThanOrEqual(20_000);
});
