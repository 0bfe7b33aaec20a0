import { describe, expect, test } from "vitest";
import { bareWord } from "../../../worker/core/intake/bare-word.ts";
import { readColumns } from "./columns.ts";
import { FIELDS, type Kind, KINDS } from "./fields.ts";

const fieldsOf = (
  kind: Kind,
  headers: readonly string[],
  map: readonly string[] = [],
  ignoreOthers = false,
) => {
  const found = readColumns(kind, headers, { map, ignoreOthers });
  return found.ok ? found.columns.map(({ field }) => field) : found.problems;
};

describe("the columns of a file", () => {
  test("a column is one field: a second --map of it is said", () => {
    const found = readColumns("customers", ["ID"], { map: ["code=ID", "phone=ID"], ignoreOthers: false });
    expect(found).toMatchObject({ ok: false, problems: ["--map phone=ID: the column is code already."] });
  });

  test("are known by their words in Vietnamese and English, however they are written", () => {
    const headers = ["MÃ KHÁCH HÀNG", "Họ và tên", "so dien thoai", "E-mail", "Ngày sinh", "gender"];
    expect(fieldsOf("customers", headers)).toEqual(["code", "name", "phone", "email", "birthday", "gender"]);
    expect(
      fieldsOf(
        "orders",
        ["Mã hóa đơn", "Mã hoá đơn"].slice(0, 1).concat(["Thời gian", "Khách cần trả", "SĐT"]),
      ),
    ).toEqual(["id", "at", "total", "phone"]);
  });

  test.each(KINDS)("no word means two fields of %s", (kind) => {
    const words = FIELDS[kind].flatMap(({ headers }) => [...new Set(headers.map(bareWord))]);
    expect(words.toSorted()).toEqual([...new Set(words)].toSorted());
  });

  test("are told by --map before any word, traits too", () => {
    expect(
      fieldsOf(
        "customers",
        ["Mã", "SĐT", "Số điện thoại", "Hạng"],
        ["code=mã", "phone=SĐT", "traits.tier=hạng"],
        true,
      ),
    ).toEqual(["code", "phone", null, "traits.tier"]);
  });

  test.each([
    [["SĐT", "Hạng thẻ"], [], 'No field is known for "Hạng thẻ"'],
    [["SĐT", "Phone"], [], '"SĐT" and "Phone" are both phone'],
    [["Họ tên"], [], "A column is missing for code or phone or email"],
    [["SĐT"], ["phone=Nope"], 'no column "Nope"'],
    [["SĐT"], ["nope=SĐT"], '"nope" is no field'],
    [["SĐT"], ["nonsense"], "is no field"],
  ])("that cannot be used are said: %j %j", (headers, map, problem) => {
    expect(fieldsOf("customers", headers, map).join("\n")).toContain(problem);
  });

  test("a mended error file has columns of its own, which are no trouble", () => {
    expect(
      fieldsOf("customers", ["quen line", "quen outcome", "quen field", "quen code", "quen message", "SĐT"]),
    ).toEqual([null, null, null, null, null, "phone"]);
  });
});
