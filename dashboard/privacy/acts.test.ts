import { describe, expect, it } from "vitest";
import type { NewAsk } from "./ports.ts";
import { type Kept, NOW, requestWith } from "./testing/memory-privacy-ports.ts";
import { ID, Officer, PROFILE } from "./testing/officer.ts";

const DAY = 86_400_000;
const led = (said: string): string => `/privacy/requests/${ID}?said=${said}&lang=vi`;
const sure = { confirmed: "yes" };

interface Way {
  readonly verb: string;
  readonly form: Record<string, string>;
  readonly said: string;
  readonly did: string;
  readonly state?: Partial<Kept>;
}

const WAYS: readonly Way[] = [
  { verb: "reply", form: {}, said: "replied", did: "replied" },
  { verb: "extend", form: { words: "nhiều tệp" }, said: "extended", did: "extended" },
  { verb: "close", form: { words: "thư 17" }, said: "closed", did: "done" },
  { verb: "close", form: {}, said: "closed", did: "done", state: { kind: "object" } },
  {
    verb: "close",
    form: { words: "không có gì" },
    said: "closed",
    did: "done",
    state: { kind: "erase", profileId: null },
  },
  { verb: "refuse", form: { words: "Điều 19", ...sure }, said: "refused", did: "refused" },
  {
    verb: "erase",
    form: { profile: PROFILE, "asked-by": "in_person", ...sure },
    said: "erased",
    did: "done",
    state: { kind: "erase" },
  },
];

describe("what an officer does about a request", () => {
  it.each(WAYS)("is done by $verb $form, and the browser is led to where it is shown", async (way) => {
    const one = new Officer(requestWith(ID, way.state));
    const reply = await one.act(way.verb, way.form);
    expect([reply.status, reply.to, one.ports.did.at(-1)]).toEqual([303, led(way.said), `${ID} ${way.did}`]);
    const page = await one.send(reply.to ?? "");
    expect(page.html).toContain('role="status"');
    expect(page.text).toContain(way.form["words"] ?? "");
  });

  it.each(WAYS)("is done once by $verb $form: a repeat is refused and shows how it stands", async (way) => {
    const one = new Officer(requestWith(ID, way.state));
    await one.act(way.verb, way.form);
    const count = one.ports.did.length;
    const again = await one.act(way.verb, way.form);
    expect([again.status, one.ports.did.length]).toEqual([409, count]);
    expect(again.html).toContain('role="alert"');
    expect(again.text).toContain("yêu cầu đã đổi");
  });

  it.each(WAYS)("is refused to $verb $form where another officer was faster", async (way) => {
    const one = new Officer(requestWith(ID, way.state));
    const faster = { closedAt: NOW, outcome: "refused", proof: "Điều 19", note: null } as const;
    one.ports.raced(() => one.ports.put(requestWith(ID, { ...way.state, ...faster })));
    const page = await one.act(way.verb, way.form);
    expect([page.status, one.ports.did, one.outcome]).toEqual([409, [], "refused"]);
  });

  it.each(WAYS)("is nothing by $verb $form where there is no such request", async (way) => {
    const one = new Officer();
    const page = await one.act(way.verb, way.form);
    expect([page.status, one.ports.did]).toEqual([404, []]);
  });

  it.each([
    ["extend", { words: " " }, {}, "Viết lý do"],
    ["extend", { words: "x".repeat(301) }, {}, "Viết lý do"],
    ["refuse", { words: "" }, {}, "Viết lý do"],
    ["refuse", { words: "x".repeat(301), ...sure }, {}, "Viết lý do"],
    ["close", { words: "" }, {}, "Viết bằng chứng"],
    ["close", { words: "x".repeat(301) }, { kind: "object" }, "Viết bằng chứng"],
    ["erase", { profile: PROFILE }, { kind: "erase" }, "Chọn cách họ đã yêu cầu"],
    [
      "erase",
      { profile: PROFILE, "asked-by": "gossip", ...sure },
      { kind: "erase" },
      "Chọn cách họ đã yêu cầu",
    ],
  ] as const)("asks by %s %j with what is lacking beside the field", async (verb, form, state, words) => {
    const one = new Officer(requestWith(ID, state));
    const page = await one.act(verb, form);
    expect([page.status, one.ports.did, one.ports.counted]).toEqual([422, [], ["not_valid"]]);
    expect(page.html).toMatch(new RegExp(`id="[a-z-]+-fault" role="alert">\\s*${words}`));
    expect(page.html).toContain('aria-invalid="true"');
    expect(page.html).toContain("words" in form ? form.words.trim() : "");
  });

  it("is not extended after it was due, nor twice", async () => {
    for (const state of [{ dueAt: NOW - 1 }, { extendedAt: NOW - DAY }]) {
      const one = new Officer(requestWith(ID, state));
      expect([(await one.act("extend", { words: "nhiều tệp" })).status, one.ports.did]).toEqual([409, []]);
    }
  });

  it("is not done again by loading its address", async () => {
    const one = new Officer(requestWith(ID));
    const reply = await one.send(`/privacy/requests/${ID}/refuse`);
    expect([reply.status, reply.to]).toEqual([303, `/privacy/requests/${ID}?lang=vi`]);
  });
});

describe("what cannot be undone", () => {
  it("is asked twice before a refusal, with the reason as it will be kept", async () => {
    const one = new Officer(requestWith(ID));
    const asked = await one.act("refuse", { words: 'Điều 19 "khoản 1"' });
    expect([asked.status, one.outcome]).toEqual([200, "open"]);
    expect(asked.text).toContain("Từ chối yêu cầu này?");
    expect(asked.html).toContain('name="words" value="Điều 19 &quot;khoản 1&quot;"');
  });

  it("is asked twice before an erasure, and erases only the profile that was shown", async () => {
    const one = new Officer(requestWith(ID, { kind: "erase" }));
    const form = { profile: PROFILE, "asked-by": "letter" };
    const asked = await one.act("erase", form);
    expect([asked.status, asked.text.includes(PROFILE), one.ports.did]).toEqual([200, true, []]);
    one.ports.put(requestWith(ID, { kind: "erase", profileId: "pr_merged" }));
    const merged = await one.act("erase", { ...form, ...sure });
    expect([merged.status, one.outcome, merged.text.includes("hồ sơ đã đổi")]).toEqual([409, "open", true]);
    const gone = await one.act("erase", { ...form, ...sure, profile: "pr_merged" });
    expect([gone.to, one.ports.did[0]]).toEqual([led("erased"), "pr_merged erased, asked letter"]);
  });

  it("is no closing of a request to erase somebody who still is there", async () => {
    const one = new Officer(requestWith(ID, { kind: "erase" }));
    const page = await one.act("close", { words: "đã nói vậy" });
    expect([page.status, one.outcome, page.text.includes("Dữ liệu vẫn còn")]).toEqual([409, "open", true]);
  });
});

describe("a request that is written down for somebody", () => {
  const form = { kind: "copy", by: "phone", value: "0912 345 679", received: "2026-11-18" };

  it("is opened by what was posted, and no address holds a value of it", async () => {
    const one = new Officer();
    const text = "Gửi bản sao\r\ncho tôi";
    const reply = await one.send("/privacy/new", {
      ...form,
      text,
      "answer-to": "lan@example.vn",
      others: "on",
    });
    expect([reply.status, reply.to]).toEqual([303, "/privacy/requests/rq_opened000001?said=opened&lang=vi"]);
    expect(one.ports.opened).toEqual([
      {
        kind: "copy",
        by: { kind: "phone", value: "0912 345 679" },
        text: "Gửi bản sao\ncho tôi",
        answerTo: "lan@example.vn",
        others: true,
        receivedAt: Date.parse("2026-11-18T12:00:00+07:00"),
      },
    ] satisfies NewAsk[]);
  });

  it("came in now where today is chosen", async () => {
    const one = new Officer();
    await one.send("/privacy/new", { ...form, received: "2026-11-20" });
    expect(one.ports.opened.map(({ receivedAt }) => receivedAt)).toEqual([NOW]);
  });

  it.each([
    [{ kind: "" }, "kind"],
    [{ kind: "everything" }, "kind"],
    [{ by: "passport" }, "value"],
    [{ value: " " }, "value"],
    [{ value: "12" }, "value"],
    [{ text: "x".repeat(1_001) }, "text"],
    [{ "answer-to": "x".repeat(201) }, "answerTo"],
    [{ received: "2026-11-21" }, "received"],
    [{ received: "2026-02-30" }, "received"],
    [{ received: "hôm qua" }, "received"],
  ])("as %j is not opened: the field is named and what was typed stays", async (wrong, field) => {
    const one = new Officer();
    const page = await one.send("/privacy/new", { ...form, ...wrong });
    expect([page.status, one.ports.opened, one.ports.counted]).toEqual([422, [], ["not_valid"]]);
    expect(page.html).toContain(`<a href="#${field}">`);
    expect(page.html).toContain(`id="${field}-fault"`);
    expect(page.html).toContain(!("value" in wrong) ? 'value="0912 345 679"' : 'id="value"');
  });

  it("fits through the form with a thousand letters of Vietnamese", async () => {
    const one = new Officer();
    expect((await one.send("/privacy/new", { ...form, text: "ế".repeat(1_000) })).status).toBe(303);
  });
});
