// Devices that are counted nowhere: a shopper's own choice and the staff's phones, through to the branch object.

import { describe, expect, test } from "vitest";
import type { DeviceToken } from "../../schema/ids.ts";
import { enrol, makeBranch, observation, report, tokenOf } from "./agent.ts";
import { phonePerson, rights, rows } from "./erasing.ts";
import { eventually } from "./eventually.ts";
import { answer, call } from "./http.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TEN = Date.UTC(2026, 9, 14, 3, 0);

describe("a person who does not want to be counted", () => {
  test("has every device of theirs left out from the next report on, and nobody else's", async () => {
    await makeBranch("nc-own");
    const agent = await enrol("nc-own", TEN);
    const phone = "+84916000001";
    const [mine, mineToo, given] = ["02:00:00:00:e1:01", "02:00:00:00:e1:02", "02:00:00:00:e1:03"] as const;
    for (const mac of [mine, mineToo, given]) await signIn("nc-own", mac, phone, TEN);
    await signIn("nc-own", given, "+84916000002", TEN + MINUTE);
    expect(
      await rights().optOut(phonePerson(phone), { device: null, every: "all", now: TEN + HOUR }),
    ).toEqual({
      devices: 2,
    });
    const at = TEN + 2 * HOUR;
    const seen = [mine, mineToo, given].map((mac) => observation(mac, at - 10 * MINUTE, at));
    expect((await report(agent, at, seen)).dropped).toEqual([
      { index: 0, reason: "excluded_device" },
      { index: 1, reason: "excluded_device" },
    ]);
    await rights().optIn(phonePerson(phone), {
      device: tokenOf(mine) as DeviceToken,
      every: "this",
      now: at,
    });
    const later = at + MINUTE;
    expect((await report(agent, later, [observation(mine, at, later)])).dropped).toEqual([]);
  });

  test("leaves no visit behind where the device was recognised, and no fact twice", async () => {
    await makeBranch("nc-visit");
    const agent = await enrol("nc-visit", TEN);
    const mac = "02:00:00:00:e1:04";
    const person = phonePerson("+84916000003");
    await signIn("nc-visit", mac, person.phone, TEN);
    await report(agent, TEN + 20 * MINUTE, [observation(mac, TEN, TEN + 20 * MINUTE)]);
    await report(agent, TEN + HOUR, []);
    const visits = () => rows("SELECT * FROM visits WHERE branch_id = 'nc-visit'");
    await eventually(async () => expect(await visits()).toHaveLength(1));
    const ask = { device: tokenOf(mac) as DeviceToken, every: "all", now: TEN + HOUR } as const;
    await rights().optOut(person, ask);
    await rights().optOut(person, ask);
    expect(
      await rows("SELECT * FROM device_facts WHERE kind = 'exclusion' AND device = ?", tokenOf(mac)),
    ).toHaveLength(1);
    await report(agent, TEN + 2 * HOUR, []);
    await eventually(async () => expect(await visits()).toEqual([]));
  });
});

describe("staff", () => {
  test("take any number of phones out by one code for 24 h, and the audit names none of them", async () => {
    await makeBranch("nc-staff");
    const agent = await enrol("nc-staff", TEN);
    const { code, expiresAt } = await answer<{ code: string; expiresAt: string }>(
      call("/v1/admin/branches/nc-staff/staff-code", { method: "POST", now: TEN }),
      201,
    );
    expect(expiresAt).toBe(new Date(TEN + 24 * HOUR).toISOString());
    const macs = ["02:00:00:00:e2:01", "02:00:00:00:e2:02"];
    const exclude = (typed: string, mac: string | null, now: number) =>
      rights().excludeStaff(typed, mac === null ? null : (tokenOf(mac) as DeviceToken), { now });
    expect(await exclude(code, macs[0] ?? "", TEN)).toEqual({ kind: "excluded" });
    expect(await exclude(code.toUpperCase().replaceAll("-", " "), macs[1] ?? "", TEN)).toEqual({
      kind: "excluded",
    });
    const at = TEN + HOUR;
    const { dropped } = await report(
      agent,
      at,
      macs.map((mac) => observation(mac, at - MINUTE, at)),
    );
    expect(dropped.map(({ reason }) => reason)).toEqual(["excluded_device", "excluded_device"]);
    const audit = await rows<{ target: string }>("SELECT target FROM audit WHERE action = 'device.exclude'");
    expect(audit).toEqual([{ target: "nc-staff" }, { target: "nc-staff" }]);
    const refused = (reason: string) => ({ kind: "refused", reason });
    expect(await exclude(code, null, TEN)).toEqual(refused("no_device"));
    expect(await exclude(code, "02:00:00:00:e2:03", TEN + 24 * HOUR)).toEqual(refused("expired"));
    expect(await exclude("zzzz-zzzz-zzzz-zzzz", "02:00:00:00:e2:03", TEN)).toEqual(refused("unknown"));
  });

  test("get no code for a branch that does not exist", async () => {
    expect((await call("/v1/admin/branches/nowhere/staff-code", { method: "POST" })).status).toBe(404);
  });
});
