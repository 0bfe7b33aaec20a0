import { describe, expect, it } from "vitest";
import { REQUEST_KINDS } from "../../schema/requests.ts";
import { NOW, requestWith } from "./testing/memory-privacy-ports.ts";
import { ID, Officer } from "./testing/officer.ts";

const DAY = 86_400_000;

const offered = (html: string): string[] =>
  [...html.matchAll(/\/privacy\/requests\/rq_\w+\/(\w+)/g)].map(([, verb = ""]) => verb).toSorted();

describe("who may see the officer's pages", () => {
  it.each(["/privacy", "/privacy/new", `/privacy/requests/${ID}`])(
    "is an operator who is signed in: %s says how to, and asks nothing of the store",
    async (path) => {
      const one = new Officer(requestWith(ID));
      one.ports.endSession();
      const page = await one.send(path);
      expect([page.status, page.text.includes("Bạn chưa đăng nhập"), one.ports.reads]).toEqual([
        401,
        true,
        [],
      ]);
    },
  );

  it.each([
    ["another site's form", {}, { "sec-fetch-site": "cross-site" }, "foreign_form"],
    ["a form without this session's token", { csrf: "" }, {}, "foreign_form"],
    ["a body that is no form", {}, { "content-type": "text/plain" }, "bad_form"],
    ["a form that is far too long", { words: "x".repeat(20_000) }, {}, "bad_form"],
  ] as const)("is not %s, which does nothing and is counted", async (_, form, headers, counted) => {
    const one = new Officer(requestWith(ID));
    const page = await one.act("reply", form, headers);
    expect([page.status, one.ports.did, one.ports.counted]).toEqual([403, [], [counted]]);
  });

  it("gets pages that no cache keeps and no script is in", async () => {
    const page = await new Officer(requestWith(ID)).send(`/privacy/requests/${ID}`);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.html).not.toMatch(/<script|style="|onclick/);
  });
});

describe("the queue", () => {
  it("shows open requests in due order, says what is overdue in words, and nobody's own words", async () => {
    const one = new Officer(
      requestWith("rq_later0001", { kind: "erase", dueAt: NOW + 9 * DAY }),
      requestWith("rq_late00001", { kind: "restrict", dueAt: NOW - 2 * DAY, replyDueAt: NOW - 9 * DAY }),
      requestWith("rq_today0001", { kind: "view", dueAt: NOW + 60_000, repliedAt: NOW - DAY }),
      requestWith("rq_closed001", { closedAt: NOW, outcome: "done", proof: "thư 17", note: null }),
    );
    const page = await one.send("/privacy");
    const ids = [...page.html.matchAll(/class="id">(rq_\w+)/g)].map(([, id]) => id);
    expect(ids).toEqual(["rq_late00001", "rq_today0001", "rq_later0001"]);
    expect(page.text).toContain("3 yêu cầu đang mở, 1 quá hạn.");
    for (const words of ["Quá hạn 2 ngày", "Hạn chót hôm nay", "Còn 9 ngày", "Đã trả lời", "18/11/2026"])
      expect(page.text).toContain(words);
    expect(page.text).not.toContain("Gửi cho tôi");
    expect(one.ports.reads).toEqual([]);
  });

  it("shows closed requests apart, the newest first, with what came of them", async () => {
    const closed = (id: string, at: number, outcome: "done" | "refused") =>
      requestWith(id, { closedAt: at, outcome, proof: "thư 17", note: null });
    const page = await new Officer(
      closed("rq_older0001", NOW - DAY, "refused"),
      closed("rq_newer0001", NOW, "done"),
      requestWith(ID),
    ).send("/privacy?state=closed");
    expect(page.text).toMatch(/rq_newer0001.*Đã thực hiện.*rq_older0001.*Từ chối/);
    expect(page.html).not.toContain(ID);
  });

  it("is paged: every request stands on exactly one page, and the first can be got back to", async () => {
    const rows = Array.from({ length: 8 }, (_, nth) =>
      requestWith(`rq_paged000${nth}`, { dueAt: NOW + (nth >> 1) * DAY }),
    );
    const one = new Officer(...rows);
    const seen: string[] = [];
    let path: string | undefined = "/privacy?state=open&lang=vi";
    for (let pages = 0; path !== undefined && pages < 5; pages++) {
      const page: { html: string } = await one.send(path);
      seen.push(...[...page.html.matchAll(/class="id">(rq_\w+)/g)].map(([, id = ""]) => id));
      expect(page.html.includes("Về trang đầu")).toBe(pages > 0);
      path = /href="([^"]*)" rel="next"/.exec(page.html)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it.each([
    ["open", "Không có yêu cầu nào đang chờ", "trên trang của mình (/me)"],
    ["closed", "Chưa có yêu cầu nào được đóng", "cùng bằng chứng"],
  ])("says what will appear where nothing is %s", async (state, title, text) => {
    const page = await new Officer().send(`/privacy?state=${state}`);
    expect([page.text.includes(title), page.text.includes(text)]).toEqual([true, true]);
  });

  it("names what else an officer has, and speaks English where asked", async () => {
    const page = await new Officer(requestWith(ID)).send("/privacy?lang=en");
    for (const words of ["Get a copy of the data", "consent export", "breach export", "1 request is open"])
      expect(page.text).toContain(words);
    expect(page.html).toContain('<html lang="en">');
  });
});

describe("one request", () => {
  it.each([
    [{}, ["close", "extend", "refuse", "reply"]],
    [{ repliedAt: NOW }, ["close", "extend", "refuse"]],
    [{ extendedAt: NOW }, ["close", "refuse", "reply"]],
    [{ dueAt: NOW - 1, replyDueAt: NOW - 1 }, ["close", "refuse", "reply"]],
    [{ kind: "erase" }, ["erase", "extend", "refuse", "reply"]],
    [{ kind: "erase", profileId: null }, ["close", "extend", "refuse", "reply"]],
    [{ closedAt: NOW, outcome: "done", proof: "thư 17", note: null }, []],
    [{ kind: "restrict", closedAt: NOW, outcome: "done", proof: "thư 17", note: null }, []],
  ] as const)("as %j offers %j and nothing else", async (state, verbs) => {
    const page = await new Officer(requestWith(ID, state)).send(`/privacy/requests/${ID}`);
    expect(offered(page.html)).toEqual(verbs);
  });

  it.each(REQUEST_KINDS)("to %s is named in plain words, with how to do it", async (kind) => {
    for (const lang of ["vi", "en"]) {
      const page = await new Officer(requestWith(ID, { kind })).send(`/privacy/requests/${ID}?lang=${lang}`);
      expect(page.html).toMatch(/<h1>[^<]{8,}<\/h1>/);
      expect(page.text).not.toContain("undefined");
    }
  });

  it("shows the person's words as text, never as markup, and each view is written down first", async () => {
    const note = { text: "<b>Xóa</b> giúp tôi", answerTo: "zalo <i>khác</i>" };
    const one = new Officer(requestWith(ID, { note }));
    const page = await one.send(`/privacy/requests/${ID}`);
    expect(page.html).toContain("&lt;b&gt;Xóa&lt;/b&gt; giúp tôi");
    expect(page.html).not.toContain("<i>khác");
    expect(one.ports.reads).toEqual([{ id: ID, doing: { actor: "operator", requestId: "", now: NOW } }]);
  });

  it.each(["rq_unknown00001", "nobody", "rq_%22%3E"])("that is none (%s) is said to be none", async (id) => {
    const page = await new Officer(requestWith(ID)).send(`/privacy/requests/${id}`);
    expect([page.status, page.text.includes("Không có yêu cầu này")]).toEqual([404, true]);
  });

  it("that cannot be read now says so and promises nothing", async () => {
    const one = new Officer();
    one.ports.fail();
    const page = await one.send("/privacy");
    expect([page.status, page.headers.get("retry-after"), page.text.includes("không phản hồi")]).toEqual([
      503,
      "5",
      true,
    ]);
  });
});
