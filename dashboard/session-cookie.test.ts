import { expect, test } from "vitest";
import { readSessionCookie } from "./session-cookie.ts";

test.each([
  ["http://quen.test/", "a=1; quen_session=s1", "s1"],
  ["https://quen.test/", "__Host-quen_session=s1; quen_session=planted", "s1"],
  ["https://quen.test/", "quen_session=planted", undefined],
  ["http://quen.test/", "", undefined],
])("at %s the cookies '%s' hold the session %s", (url, cookie, session) => {
  expect(readSessionCookie(new Request(url, { headers: { Cookie: cookie } }))).toBe(session);
});
