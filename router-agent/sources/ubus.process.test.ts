import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseGetClients } from "./ubus-clients.ts";
import { parseUbusEvent, parseUbusList } from "./ubus-event.ts";
import { ubusSource } from "./ubus.ts";
import { fixture, fixtureLines, makeFakeTool } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

describe("what ubus prints", () => {
  it("counts a station from its authorization on, not from its association", () => {
    const short = fixtureLines("ubus-subscribe.txt").map((line) => {
      const heard = parseUbusEvent(line);
      return heard.kind === "station" ? `${heard.change} ${heard.station.mac}` : heard.reason;
    });
    expect(short).toEqual([
      "other_event",
      "other_event",
      "other_event",
      "join 4248166b83ee",
      "join 4248166b83ef",
      "leave 4248166b83ee",
      "leave 4248166b83ef",
      "bad_mac",
      "not_json",
    ]);
  });

  it.each(["null", "[]", "3", "{}", '{"sta-authorized":null}', '{"constructor":{}}'])(
    "survives %s",
    (line) => {
      expect(parseUbusEvent(line).kind).toBe("unrecognised");
    },
  );

  it("lists objects with their ids", () => {
    expect([...parseUbusList(fixture("ubus-list.txt"))]).toEqual([
      ["hostapd.wlan0", "f9ff7bd1"],
      ["hostapd.wlan1-1", "01b2c3d4"],
    ]);
  });

  it("lists only clients that are authorized", () => {
    expect(parseGetClients(fixture("ubus-get-clients.json"))).toEqual({
      kind: "stations",
      stations: [{ mac: "cc660ac883b4", inactiveMs: 0, rssiDbm: -55 }],
      ignored: ["not_authorized"],
    });
    expect(parseGetClients('{"freq":1}')).toEqual({ kind: "unrecognised" });
  });
});

/** `$HERE/list` holds the objects there are, and its absence means that there is none. */
const fakeUbus = (subscribe = "sed -n 3,6p $FIXTURES/ubus-subscribe.txt; exec sleep 60") =>
  makeFakeTool(`
case "$1" in
  -v) [ -f $HERE/list ] || exit 4; cat $HERE/list ;;
  call) cat $FIXTURES/ubus-get-clients.json ;;
  subscribe) ${subscribe} ;;
esac`);

const run = (tool: { command: string }, confirmMs: number) => {
  const recorder = makeRecorder();
  const source = ubusSource({ objects: "hostapd.*", command: tool.command, confirmMs });
  return { ...recorder, ended: source.run(recorder.context) };
};

const list = (tool: { dir: string }, text: string): void => writeFileSync(join(tool.dir, "list"), text);

describe("hostapd through ubus", () => {
  it("follows every access point and names it", async () => {
    const tool = fakeUbus();
    list(tool, fixture("ubus-list.txt"));
    const source = run(tool, 60_000);
    await source.until((events) => events.filter((event) => event.kind === "leave").length === 2);
    await source.until((_events, said) =>
      said.some((text) => /^ok \d stations on 2 access points$/.test(text)),
    );
    source.abort();
    await source.ended;
    expect(new Set(source.events.map((event) => event.ap))).toEqual(new Set(["wlan0", "wlan1-1"]));
  });

  it("waits for hostapd to come up, and is not ok meanwhile", async () => {
    const tool = fakeUbus();
    const source = run(tool, 20);
    await source.until((_events, said) => said.includes("not ok No object hostapd.* is on ubus"));
    list(tool, fixture("ubus-list.txt"));
    await source.until((_events, said) => said.some((text) => text.startsWith("ok")));
    source.abort();
    await expect(source.ended).resolves.toBeUndefined();
  });

  it("notices by its object id that hostapd was restarted, ends its sessions and subscribes again", async () => {
    const tool = fakeUbus();
    list(tool, "'hostapd.wlan0' @00000001\n");
    const source = run(tool, 20);
    await source.until((events) => events.some((event) => event.kind === "leave"));
    list(tool, "'hostapd.wlan0' @00000002\n");
    await source.until((events) => events.filter((event) => event.kind === "leave").length === 2);
    source.abort();
    await source.ended;
    expect(source.events.filter((event) => event.kind === "reset")).toEqual([{ kind: "reset", ap: "wlan0" }]);
  });

  it("rejects when a subscription dies", async () => {
    const tool = fakeUbus("echo 'Connection lost' >&2; exit 255");
    list(tool, "'hostapd.wlan0' @00000001\n");
    await expect(run(tool, 60_000).ended).rejects.toThrow(
      "ubus subscribe hostapd.wlan0 ended (code 255): Connection lost",
    );
  });

  it("rejects when ubus itself is down", async () => {
    const tool = makeFakeTool("echo 'Failed to connect to ubus' >&2; exit 255");
    await expect(run(tool, 60_000).ended).rejects.toThrow(
      "ubus list ended with code 255: Failed to connect to ubus",
    );
  });
});
