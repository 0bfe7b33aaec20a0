// An amount as files have it: `1.250.000`, `1,250,000đ`, `85000.00`, `19,90`. Where a sign could stand between thousands or
// before decimals it is not guessed: `--thousands` says which it is.

export const THOUSANDS = [".", ","] as const;
export type Thousands = (typeof THOUSANDS)[number];

export type MoneyCell =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: "not_money" | "ambiguous_money"; readonly message: string };

/** đ, ₫, VND and VNĐ, before or behind. */
const SIGN = /^(?:vn[dđ]|[đ₫])\s*|\s*(?:vn[dđ]|[đ₫])$/giu;

const notMoney = (message: string): MoneyCell => ({ ok: false, code: "not_money", message });

const GROUPED = { ".": /^\d{1,3}(?:\.\d{3})+$/, ",": /^\d{1,3}(?:,\d{3})+$/, " ": /^\d{1,3}(?: \d{3})+$/ };

/** Null where what stands before the decimals is no whole number. */
const wholeOf = (text: string, sign: Thousands): string | null => {
  if (/^\d+$/.test(text)) return text;
  return GROUPED[sign].test(text) || GROUPED[" "].test(text) ? text.replaceAll(/[., ]/g, "") : null;
};

const AMBIGUOUS: MoneyCell = {
  ok: false,
  code: "ambiguous_money",
  message:
    "three digits behind one sign may be thousands or decimals: say --thousands . or --thousands , for the whole file",
};

/** With two decimals at most, so that nothing of three digits is a fraction. */
const withDecimals = (whole: string | null, decimals: string): MoneyCell => {
  if (whole === null || !/^\d{1,2}$/.test(decimals)) return notMoney("is no amount that can be read");
  return { ok: true, text: /^0+$/.test(decimals) ? whole : `${whole}.${decimals}` };
};

const readUnsigned = (text: string, thousands: Thousands | null): MoneyCell => {
  if (/^\d+$/.test(text)) return { ok: true, text };
  if (GROUPED[" "].test(text)) return { ok: true, text: text.replaceAll(" ", "") };
  const signs = (text.match(/[.,]/g) ?? []) as Thousands[];
  const [first] = signs;
  const last = signs.at(-1);
  if (first === undefined || last === undefined) return notMoney("is no amount that can be read");
  const cut = text.lastIndexOf(last);
  const decimals = text.slice(cut + 1);
  if (thousands !== null) {
    const whole = wholeOf(text, thousands);
    if (whole !== null) return { ok: true, text: whole };
    return last === thousands
      ? notMoney(`has "${thousands}" where no thousands are`)
      : withDecimals(wholeOf(text.slice(0, cut), thousands), decimals);
  }
  if (first !== last) return withDecimals(wholeOf(text.slice(0, cut), first), decimals);
  if (signs.length > 1) {
    const whole = wholeOf(text, first);
    return whole === null ? notMoney("is no amount that can be read") : { ok: true, text: whole };
  }
  if (decimals.length === 3) return AMBIGUOUS;
  return withDecimals(wholeOf(text.slice(0, cut), first === "." ? "," : "."), decimals);
};

/** Decimal text as schema/wire/channels.ts takes it. */
export const readMoneyCell = (cell: string, thousands: Thousands | null): MoneyCell => {
  const bare = cell.normalize("NFC").replaceAll(/\s/gu, " ").trim().replaceAll(SIGN, "").trim();
  const negative = bare.startsWith("-");
  const read = readUnsigned(negative ? bare.slice(1).trim() : bare, thousands);
  return read.ok && negative ? { ok: true, text: `-${read.text}` } : read;
};
