// Amounts in the properties of an event. JSON has no decimals, so 93500.00000000001 is what a shop's sum of 85,000 and
// 8,500 may look like; what is not that near to a whole amount is not guessed at.

import { type Money, readMoney } from "../money.ts";
import { field, type Loose } from "./loose.ts";

const NEAR = 0.001;
/** Decimals of a currency that has some, and room for a price per gram. */
const DIGITS = 6;
const SCALE = 10n ** BigInt(DIGITS);

/** Decimal text of a number or text as SDKs send it; null for what is no amount. */
const decimal = (value: unknown): string | null => {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const whole = Math.round(value);
  if (Math.abs(value - whole) < NEAR && Number.isSafeInteger(whole)) return String(whole);
  return Math.abs(value) < 1e12 ? value.toFixed(DIGITS) : null;
};

const scaled = (text: string): bigint => {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const units = BigInt(whole) * SCALE + BigInt(fraction.padEnd(DIGITS, "0"));
  return sign === "-" ? -units : units;
};

const sumOf = (texts: readonly string[]): string => {
  const units = texts.map(scaled).reduce((sum, one) => sum + one, 0n);
  const [sign, size] = units < 0n ? ["-", -units] : ["", units];
  return `${sign}${size / SCALE}.${String(size % SCALE).padStart(DIGITS, "0")}`;
};

/** ISO 4217; VND where none is told, null for what is no code. */
export const currencyOf = (properties: Loose): string | null => {
  const told = field(properties, "currency");
  if (told === undefined) return "VND";
  return typeof told === "string" && /^[A-Za-z]{3}$/.test(told.trim()) ? told.trim().toUpperCase() : null;
};

export type Amount =
  | { readonly kind: "amount"; readonly total: string; readonly totalVnd: number | null }
  | { readonly kind: "none" | "unreadable" };

/** The sum of the fields that are there. */
export const amountOf = (properties: Loose, currency: string, ...names: readonly string[]): Amount => {
  const told = names.flatMap((name) => {
    const value = field(properties, name);
    return value === undefined ? [] : [decimal(value)];
  });
  if (told.length === 0) return { kind: "none" };
  const read = told.map((text): Money =>
    text === null ? { ok: false, message: "" } : readMoney(text, currency),
  );
  const texts = read.flatMap((money) => (money.ok ? [money.total] : []));
  if (texts.length < told.length) return { kind: "unreadable" };
  const sum = readMoney(withoutZeros(sumOf(texts)), currency);
  return sum.ok ? { kind: "amount", total: sum.total, totalVnd: sum.totalVnd } : { kind: "unreadable" };
};

/** readMoney takes three decimals of đồng for thousands. */
const withoutZeros = (text: string): string => text.replace(/\.?0+$/, "");
