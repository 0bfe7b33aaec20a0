import { expect, test } from "vitest";
import type { StationSource } from "./station.ts";
import { newSourceStatus, supervise } from "./supervise.ts";

const portsWith = (signal: AbortSignal, lines: string[]) => ({
  log: (_: string, sentence: string, fields?: object) =>
    void lines.push(`${sentence} ${JSON.stringify(fields)}`),
  emit: () => undefined,
  monotonicMs: () => performance.now(),
  random: () => 0,
  signal,
});

test("a source that dies is started again, is shown as not ok, and its MAC goes nowhere", async () => {
  const stop = new AbortController();
  const status = newSourceStatus("hostapd:wlan0");
  const lines: string[] = [];
  let starts = 0;
  const source: StationSource = {
    name: "hostapd",
    run(context) {
      starts += 1;
      if (starts === 3) {
        context.ok("fine again");
        stop.abort();
        return Promise.resolve();
      }
      return Promise.reject(new Error("lost station 5a:f7:0b:02:a3:6e"));
    },
  };
  const running = supervise(source, status, portsWith(stop.signal, lines), "forever");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(status).toMatchObject({ ok: false, detail: "lost station [mac]", restarts: 1 });
  await running;
  expect([starts, status.ok, status.restarts]).toEqual([3, true, 2]);
  expect(lines.join()).not.toContain("a3:6e");
});

test("a replay that fails is not started again", async () => {
  const source: StationSource = { name: "replay", run: () => Promise.reject(new Error("line 3 is bad")) };
  const ports = portsWith(new AbortController().signal, []);
  await expect(supervise(source, newSourceStatus("replay:x"), ports, "once")).rejects.toThrow(
    "line 3 is bad",
  );
});

test("what a source ignores is counted by its reason", async () => {
  const status = newSourceStatus("radius");
  const source: StationSource = {
    name: "radius",
    run(context) {
      context.ignored("wrong_secret");
      context.ignored("wrong_secret");
      return Promise.resolve();
    },
  };
  await supervise(source, status, portsWith(new AbortController().signal, []), "once");
  expect(status.ignored).toEqual({ wrong_secret: 2 });
});
