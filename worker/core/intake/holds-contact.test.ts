import { expect, it } from "vitest";
import { holdsContact } from "./holds-contact.ts";

it.each([
  "lan@quen.vn",
  "cho lan@quen.vn",
  "lan%40quen.vn",
  "0912001301",
  "khach_0912001301",
  "sms-84912001301-t9",
  "%2B84 912 001 301",
  "0912.001.301",
  "0084912001301",
  "01201234567",
  "02838220000",
  "+33612345678",
])("%s holds a contact", (text) => expect(holdsContact(text)).toBe(true));

it.each([
  "",
  "tet-2027",
  "2026-09-12",
  "20260912",
  "spring_2026.09.01",
  "@quen",
  "120210001234560123",
  "100% cotton",
  "trà 500 g - 12 x 20",
  "0h ngày 11-11",
  "%E1%",
])("%s holds none", (text) => expect(holdsContact(text)).toBe(false));
