// Values that stand for nobody, by rule: what tills fill in when a customer gives nothing. What only one brand's people
// type (the shop's own number) is an operator's block (blocked_values).

import { bareWord } from "./bare-word.ts";

const NOBODY = new Set([
  "",
  "0",
  "x",
  "xx",
  "xxx",
  "null",
  "none",
  "nil",
  "nan",
  "na",
  "undefined",
  "unknown",
  "empty",
  "test",
  "tester",
  "guest",
  "anonymous",
  "anon",
  "walkin",
  "walkincustomer",
  "cashcustomer",
  "noname",
  "khong",
  "khongco",
  "khongten",
  "chuaco",
  "khach",
  "khachle",
  "khachvanglai",
  "vanglai",
  "khachhangle",
  "khachmuale",
]);

export const isBlockedText = (text: string): boolean => {
  const word = bareWord(text);
  return NOBODY.has(word) || /^0+$/.test(word);
};

const NO_MAILBOX = new Set([
  "test",
  "tests",
  "testing",
  "test1",
  "test123",
  "example",
  "noreply",
  "donotreply",
  "noemail",
  "nomail",
  "none",
  "null",
  "na",
  "undefined",
  "unknown",
  "khachle",
  "khongco",
]);
/** Reserved for documents and tests (RFC 2606), and what people type instead of an address. */
const NO_DOMAIN = /(?:^|\.)(?:example\.(?:com|net|org)|test\.(?:com|vn)|(?:test|invalid|example|localhost))$/;

/** Of an address in lower case. */
export const isBlockedEmail = (email: string): boolean => {
  const at = email.lastIndexOf("@");
  const [mailbox, domain] = [email.slice(0, at), email.slice(at + 1)];
  const name = bareWord(mailbox.split("+")[0] ?? "");
  // a@a.a, aaa@aaa.com: one letter for everything.
  const filler = /^(.)\1*@\1+\./.test(email);
  return NO_MAILBOX.has(name) || NO_DOMAIN.test(domain) || filler;
};
