import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hostapdSource } from "./hostapd.ts";
import { makeFakeTool } from "./testing/fake-tool.ts";
import { makeRecorder } from "./testing/recorder.ts";

/** Called as `tool -p DIR -i IF <command...>`; events come from `$HERE/events`, one a line, with `sleep` between. */
const fakeHostapd = (allSta: string, atEnd = "exec sleep 60") =>
  makeFakeTool(`
shift 4
case "$1" in
  status) cat $FIXTURES/hostapd-status.txt ;;
  all_sta) ${allSta} ;;
  -a) while read -r line; do sleep 0.05; "$2" $line; done < $HERE/events; ${atEnd} ;;
esac`);

const run = (tool: { command: string; dir: string }, events: string[], confirmMs = 60_000) => {
  writeFileSync(join(tool.dir, "events"), events.map((line) => `${line}\n`).join(""));
  const recorder = makeRecorder();
  const options = {
    interface: "wlan0",
    dir: "/run/x",
    command: tool.command,
    action: "/bin/echo",
    confirmMs,
  };
  return { ...recorder, ended: hostapdSource(options).run(recorder.context) };
};

const MAC = "04:ab:00:12:34:56";

describe("hostapd through hostapd_cli", () => {
  it("tells the list at start with the network's name, then every event at once", async () => {
    const source = run(fakeHostapd("cat $FIXTURES/hostapd-all-sta.txt"), [
      "wlan0 CTRL-EVENT-EAP-STARTED x",
      `wlan0 AP-STA-CONNECTED ${MAC} auth_alg=open`,
      `wlan1 AP-STA-CONNECTED ${MAC}`,
      `wlan0 AP-STA-DISCONNECTED ${MAC}`,
    ]);
    await source.until((events) => events.some((event) => event.kind === "leave"));
    source.abort();
    await source.ended;
    const list = source.events.find((event) => event.kind === "list");
    expect(list).toMatchObject({ ap: "wlan0", stations: [{ mac: "faceaabb1234", ssid: "Quận 1 🌝" }] });
    const heard = source.events.filter((event) => event.kind !== "list").map((event) => event.kind);
    expect(heard).toEqual(["join", "leave"]);
    expect(source.said).toEqual(expect.arrayContaining(["ignored other_event", "ignored other_interface"]));
    expect(source.said).toContain("ok 1 stations on wlan0");
  });

  it("never loses a station that joins while the list is being read", async () => {
    const source = run(fakeHostapd("sleep 0.4"), [`wlan0 AP-STA-CONNECTED ${MAC}`]);
    await source.until((events) => events.some((event) => event.kind === "list"));
    source.abort();
    await source.ended;
    expect(source.events.map((event) => event.kind)).toEqual(["join", "list"]);
    expect(source.events[1]).toMatchObject({ stations: [{ mac: "04ab00123456" }] });
  });

  it("says what is wrong when hostapd cannot list (wpad-basic), and still hears events", async () => {
    const source = run(fakeHostapd("echo UNKNOWN COMMAND"), [`wlan0 AP-STA-CONNECTED ${MAC}`]);
    await source.until((events, said) => events.length > 0 && said.some((text) => text.startsWith("not ok")));
    source.abort();
    await source.ended;
    expect(source.events).toMatchObject([{ kind: "join" }]);
    expect(source.said.join()).toContain("cannot list its stations (wpad-basic?)");
  });

  it("ends all sessions and itself when hostapd terminates", async () => {
    const source = run(fakeHostapd("true"), ["wlan0 <3>CTRL-EVENT-TERMINATING"]);
    await expect(source.ended).rejects.toThrow("hostapd on wlan0 has ended");
    expect(source.events.at(-1)).toEqual({ kind: "reset", ap: "wlan0" });
  });

  it("rejects with the tool's last words, without the address in them", async () => {
    const source = run(fakeHostapd("true", `echo "lost ${MAC}" >&2; exit 3`), []);
    await expect(source.ended).rejects.toThrow("hostapd_cli ended (code 3); is hostapd running?: lost [mac]");
  });

  it("rejects when there is no hostapd_cli", async () => {
    const source = run({ command: "/nowhere/hostapd_cli", dir: makeFakeTool("").dir }, []);
    await expect(source.ended).rejects.toThrow("/nowhere/hostapd_cli cannot be run: ENOENT");
  });

  it("reads the list again at every interval", async () => {
    const source = run(fakeHostapd("true"), [], 20);
    await source.until((events) => events.filter((event) => event.kind === "list").length >= 3);
    source.abort();
    await expect(source.ended).resolves.toBeUndefined();
  });
});
