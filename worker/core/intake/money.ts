// What an order is worth. Đồng have no fraction, so they are whole numbers; every other currency stays the text it came as.

/** Decimal text without leading zeros, or null for what is no amount. */
export const decimalText = (total: number | string): string | null => {
  const text = typeof total === "number" ? (Number.isSafeInteger(total) ? String(total) : "") : total.trim();
  const match = /^(-?)0*(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const kept = fraction.replace(/0+$/, "");
  const value = kept === "" ? whole : `${whole}.${kept}`;
  return value === "0" ? "0" : `${sign}${value}`;
};

export type Money =
  | { readonly ok: true; readonly total: string; readonly totalVnd: number | null }
  | { readonly ok: false; readonly message: string };

export const readMoney = (total: number | string, currency: string): Money => {
  const text = decimalText(total);
  if (text === null)
    return { ok: false, message: 'total must be an integer or decimal text such as "19.90"' };
  if (currency !== "VND") return { ok: true, total: text, totalVnd: null };
  // In Vietnam `85.000` is eighty-five thousand: three digits behind a point are not guessed at.
  if (text.includes(".") || /\.\d{3}/.test(String(total)))
    return { ok: false, message: "total must be whole: VND have no fraction, and no sign between thousands" };
  return { ok: true, total: text, totalVnd: Number(text) };
};
