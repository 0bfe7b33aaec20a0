import { describe, expect, test } from "vitest";
import { parseIdentifier } from "../../../schema/identifiers.ts";
import { parsePhone } from "../../../schema/phone.ts";
import { type GivenCustomer, readCustomer } from "./read-customer.ts";

const read = (given: GivenCustomer) =>
  readCustomer(given, "pos", { phone: parsePhone, identifier: parseIdentifier });
const kept = (given: GivenCustomer) => read(given).identifiers.map(({ kind, value }) => `${kind} ${value}`);
const lost = (given: GivenCustomer) => read(given).left.map(({ field, reason }) => `${field} ${reason}`);

describe("an identifier has one spelling", () => {
  test.each([
    [{ phone: "0912.001.002" }, ["phone +84912001002"]],
    [{ phone: "84912001002" }, ["phone +84912001002"]],
    [{ phone: "0162 800 1002" }, ["phone +84328001002"]],
    [{ email: " Hoa.Nguyen@Quen.VN " }, ["email hoa.nguyen@quen.vn"]],
    [{ code: " kh-001 " }, ["customer:pos kh-001"]],
    [{ code: "KH-001" }, ["customer:pos KH-001"]],
    [
      { email: "hoa@quen.vn", phone: "0912001002", code: "1" },
      ["customer:pos 1", "phone +84912001002", "email hoa@quen.vn"],
    ],
  ])("%j", (given, expected) => expect(kept(given)).toEqual(expected));
});

describe("what says nothing about anyone is left out, with the reason", () => {
  test.each([
    [{ phone: "0000000000" }, ["customer.phone blocked_value"]],
    [{ phone: "0999999999" }, ["customer.phone blocked_value"]],
    [{ phone: "n/a" }, ["customer.phone blocked_value"]],
    [{ phone: "028 3822 9999" }, ["customer.phone not_mobile"]],
    [{ phone: "12" }, ["customer.phone not_a_phone"]],
    [{ phone: "gọi sau" }, ["customer.phone not_a_phone"]],
    [{ email: "test@gmail.com" }, ["customer.email blocked_value"]],
    [{ email: "no-reply@shop.vn" }, ["customer.email blocked_value"]],
    [{ email: "a@a.a" }, ["customer.email blocked_value"]],
    [{ email: "aaa@aaa.com" }, ["customer.email blocked_value"]],
    [{ email: "someone@example.com" }, ["customer.email blocked_value"]],
    [{ email: "hoa@quen" }, ["customer.email not_an_email"]],
    [{ email: "h***a@quen.vn" }, ["customer.email not_an_email"]],
    [{ phone: "09*****002" }, ["customer.phone not_a_phone"]],
    [{ phone: "****12" }, ["customer.phone not_a_phone"]],
    [{ name: "N*** H**" }, ["customer.name not_a_name"]],
    [{ name: "N•••" }, ["customer.name not_a_name"]],
    [{ email: "h•••@quen.vn" }, ["customer.email not_an_email"]],
    [{ phone: "091 ••• 678" }, ["customer.phone not_a_phone"]],
    [{ code: "n***h" }, ["customer.code not_a_code"]],
    [{ code: "••• 678" }, ["customer.code not_a_code"]],
    [{ email: "null" }, ["customer.email blocked_value"]],
    [{ code: "Khách lẻ" }, ["customer.code blocked_value"]],
    [{ code: "KHACHLE" }, ["customer.code blocked_value"]],
    [{ code: "walk-in" }, ["customer.code blocked_value"]],
    [{ code: "undefined" }, ["customer.code blocked_value"]],
    [{ code: "0000" }, ["customer.code blocked_value"]],
    [{ code: "a\u0000b" }, ["customer.code not_a_code"]],
    [{ name: "khách lẻ" }, ["customer.name blocked_value"]],
    [{ birthday: "1990-02-30" }, ["customer.birthday not_a_birthday"]],
    [{ birthday: "30/02/1990" }, ["customer.birthday not_a_birthday"]],
    [{ birthday: "1900-02-29" }, ["customer.birthday not_a_birthday"]],
    [{ traits: { drink: "a\u0007" } }, ["customer.traits.drink not_a_trait"]],
  ])("%j", (given, expected) => expect(lost(given)).toEqual(expected));

  test("and never takes along what else was given", () => {
    const customer = read({
      phone: "0000000000",
      code: "KH1",
      name: " Nguyễn  Thị Hoa ",
      birthday: "--02-29",
    });
    expect(customer).toEqual({
      identifiers: [{ kind: "customer:pos", value: "KH1" }],
      traits: [
        { name: "name", value: "Nguyễn Thị Hoa" },
        { name: "birthday", value: "--02-29" },
      ],
      left: [{ field: "customer.phone", reason: "blocked_value" }],
    });
  });
});

test.each([{}, { phone: null, email: "", code: "  ", name: null, traits: null }])(
  "what was not given is neither kept nor left out: %j",
  (given) => expect(read(given)).toEqual({ identifiers: [], traits: [], left: [] }),
);

test.each(["test.nguyen@gmail.com", "nana@gmail.com", "an@an.vn", "info@quen.vn", "b@ab.vn"])(
  "an address that only looks like a filler is kept: %s",
  (email) => expect(kept({ email })).toEqual([`email ${email}`]),
);
