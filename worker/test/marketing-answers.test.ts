// Marketing's routes over HTTP: who may read, what is refused and why, and the shapes of the contract.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { DayCounts } from "../../schema/messages.ts";
import type { Problem } from "../../schema/problems.ts";
import {
  BranchList,
  BrandFrequencyView,
  FootfallView,
  FrequencyView,
  OccupancyView,
  RetentionView,
} from "../../schema/wire/marketing.ts";
import { answer, call } from "./http.ts";
import { store, type VisitRow } from "./visitors/world.ts";

const NOW = Date.UTC(2026, 9, 14, 5, 0);
const MINUTE = 60_000;
const HISTOGRAM = [0, 0, 0, 0, 0, 0, 0, 0, 0, 4, ...Array.from({ length: 18 }, () => 0)];
const COUNTS: DayCounts = {
  hours: [
    {
      hour: 5,
      arrivals: 5,
      visits: 4,
      passers: 1,
      devices: 5,
      peakOccupancy: 3,
      estimatedVisits: 1,
      recognisedVisits: 2,
      engagedVisits: 4,
      dwell: HISTOGRAM,
    },
  ],
  devices: 5,
  randomisedDevices: 4,
  peakOccupancy: 3,
};

const visit = (branchId: string, day: string, subject: string, minutes: number): VisitRow => ({
  branchId,
  day: day as VisitRow["day"],
  device: `${subject}/${branchId}`,
  startedAt: Date.parse(`${day}T09:00:00+07:00`),
  endedAt: Date.parse(`${day}T09:00:00+07:00`) + minutes * MINUTE,
  subject,
  counted: 1,
  estimated: 0,
  randomised: 1,
});

beforeAll(async () => {
  await answer(call("/v1/admin/branches", { now: NOW, json: { id: "quan-1", name: "Quận 1" } }), 201);
  await answer(call("/v1/admin/branches", { now: NOW + 1, json: { id: "can-tho", name: "=Cần Thơ" } }), 201);
  const granted = (subject: string) => ({ subject, at: 1, state: "granted" as const });
  await store(env.DB, {
    branches: [],
    visits: [
      visit("quan-1", "2026-10-02", "ann", 20),
      visit("quan-1", "2026-10-09", "ann", 40),
      visit("can-tho", "2026-10-10", "ann", 30),
      visit("quan-1", "2026-10-09", "binh", 60),
      visit("quan-1", "2026-10-09", "left", 60),
    ],
    permissions: [
      granted("ann"),
      granted("binh"),
      granted("left"),
      { subject: "left", at: 1, state: "withdrawn" },
    ],
    firsts: [],
    range: { from: "2026-10-01" as VisitRow["day"], to: "2026-10-31" as VisitRow["day"] },
  });
  await env.DB.prepare("INSERT INTO footfall_days VALUES ('quan-1', '2026-10-09', 1, 1, '2026-1', ?, ?)")
    .bind(Date.parse("2026-10-11T16:00:00+07:00"), JSON.stringify(COUNTS))
    .run();
});

const OCTOBER = "from=2026-10-01&to=2026-10-14";
const get = (path: string) => call(path, { now: NOW });

describe("marketing's answers", () => {
  test("list the branches with their zones and times in them", async () => {
    const { data, next } = BranchList.parse(await answer(get("/v1/branches")));
    expect(next).toBeNull();
    expect(data[0]).toEqual({
      id: "quan-1",
      name: "Quận 1",
      timezone: "Asia/Ho_Chi_Minh",
      dayStartHour: 4,
      createdAt: "2026-10-14T12:00:00+07:00",
    });
  });

  test("say who is there now", async () => {
    const reply = OccupancyView.parse(await answer(get("/v1/branches/quan-1/now")));
    expect(reply).toEqual({ occupancy: 0, recognised: 0, at: "2026-10-14T12:00:00+07:00" });
  });

  test("roll footfall up and say how sure it is", async () => {
    const path = `/v1/branches/quan-1/footfall?${OCTOBER}&interval=week`;
    const { data, quality } = FootfallView.parse(await answer(get(path)));
    expect(data.map((row) => [row.at, row.visits, row.deviceDays])).toEqual([
      ["2026-09-28T04:00:00+07:00", 0, 0],
      ["2026-10-05T04:00:00+07:00", 4, 5],
      ["2026-10-12T04:00:00+07:00", 0, 0],
    ]);
    expect(data[1]?.dwell).toMatchObject({ medianMs: 23 * MINUTE, p90Ms: 24.6 * MINUTE });
    expect(quality).toEqual({
      definitions: "2026-1",
      randomisedShare: 0.8,
      estimatedShare: 0.25,
      recognisedShare: 0.5,
      freshAt: "2026-10-11T16:00:00+07:00",
    });
  });

  test("count persons by visits and leave out who withdrew", async () => {
    const reply = FrequencyView.parse(
      await answer(get(`/v1/branches/quan-1/frequency?from=2026-10-05&to=2026-10-14`)),
    );
    expect(reply).toMatchObject({ visitors: 2, visits: 2, newVisitors: 1, returningVisitors: 1 });
    expect(reply.medianDwellMs).toBe(50 * MINUTE);
    expect(reply.recency[0]).toEqual({ days: "0-7", visitors: 2 });
    expect(reply.quality).toMatchObject({ lowerBound: true, recognisedShare: 0.5, randomisedShare: 1 });
  });

  test("count a person of several branches once, with a row a branch", async () => {
    const reply = BrandFrequencyView.parse(await answer(get(`/v1/frequency?${OCTOBER}`)));
    expect(reply).toMatchObject({ visitors: 2, visits: 4, crossBranch: { visitors: 1, share: 0.5 } });
    expect(reply.branches.map((row) => [row.branchId, row.visitors, row.visits])).toEqual([
      ["quan-1", 2, 3],
      ["can-tho", 1, 1],
    ]);
  });

  test("show who of a week came again", async () => {
    const { data } = RetentionView.parse(await answer(get(`/v1/branches/quan-1/retention?${OCTOBER}`)));
    expect(
      data.map((row) => [row.cohort, row.visitors, row.periods.map((period) => period.visitors)]),
    ).toEqual([
      ["2026-09-28", 1, [1, 1, 0]],
      ["2026-10-05", 1, [1, 0]],
    ]);
  });

  test("come as CSV that a spreadsheet opens without running anything", async () => {
    const reply = await get(`/v1/frequency?${OCTOBER}&format=csv`);
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe(
      'attachment; filename="quen-frequency-2026-10-01-2026-10-14.csv"',
    );
    const bytes = new Uint8Array(await reply.arrayBuffer());
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatch(/^can-tho,'=Cần Thơ,2026-10-01,2026-10-14,1,1,/);
  });

  test.each([
    "branches",
    "branches/quan-1/footfall",
    "branches/quan-1/frequency",
    "branches/quan-1/retention",
  ])("of /v1/%s have as many cells in each CSV row as in the header", async (path) => {
    const text = await (await get(`/v1/${path}?${OCTOBER}&format=csv`)).text();
    const widths = text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(",").length);
    expect(new Set(widths).size).toBe(1);
  });
});

describe("marketing's refusals", () => {
  test("name the field and what is wrong with it", async () => {
    const cases: [string, string, string][] = [
      ["footfall?to=2026-10-01", "from", "expected string"],
      ["footfall?from=2026-02-30&to=2026-03-01", "from", "real date"],
      ["footfall?from=2026-03-02&to=2026-03-01", "from", "after"],
      ["footfall?from=2025-01-01&to=2026-03-01", "to", "400 days"],
      ["footfall?from=2026-01-01&to=2026-03-04&interval=hour", "to", "62 days"],
      ["footfall?from=2026-01-01&to=2026-03-04&interval=year", "interval", "hour"],
      ["retention?from=2026-01-01&to=2026-03-04&by=day", "by", "week"],
      ["frequency?from=2026-01-01&to=2026-03-04&format=xml", "format", "csv"],
    ];
    for (const [query, path, message] of cases) {
      const problem = await answer<Problem>(get(`/v1/branches/quan-1/${query}`), 400);
      expect([query, problem.code, problem.errors?.[0]?.path]).toEqual([query, "invalid_query", path]);
      expect(problem.errors?.[0]?.message).toContain(message);
    }
    expect((await get("/v1/branches/quan-1/footfall?from=2025-01-01&to=2026-02-04")).status).toBe(200);
  });

  test("are 404 for an unknown branch, 401 without a key and 403 without the scope", async () => {
    const status = async (path: string, bearer?: string | null) =>
      (await call(path, { now: NOW, ...(bearer === undefined ? {} : { bearer }) })).status;
    for (const what of ["now", "live", `footfall?${OCTOBER}`, `frequency?${OCTOBER}`, `retention?${OCTOBER}`])
      expect([what, await status(`/v1/branches/nowhere/${what}`)]).toEqual([what, 404]);
    const { key } = await answer<{ key: string }>(
      call("/v1/admin/keys", { json: { name: "till", scopes: ["events:write"] } }),
      201,
    );
    for (const path of ["/v1/branches", "/v1/branches/quan-1/now", `/v1/frequency?${OCTOBER}`])
      expect([path, await status(path, null), await status(path, key)]).toEqual([path, 401, 403]);
  });

  test("are 426 where only a WebSocket is spoken, and a viewer gets the occupancy at once", async () => {
    await answer(get("/v1/branches/quan-1/live"), 426);
    const reply = await call("/v1/branches/quan-1/live", { now: NOW, headers: { upgrade: "websocket" } });
    expect(reply.status).toBe(101);
    const socket = reply.webSocket;
    if (!socket) throw new Error("The upgrade has no socket.");
    const message = new Promise<string>((resolve) => {
      socket.addEventListener("message", (event) => resolve(String(event.data)), { once: true });
    });
    socket.accept();
    expect(JSON.parse(await message)).toMatchObject({ occupancy: 0, recognised: 0 });
    socket.close(1000);
  });
});
