// The text of the SMS. Letters without accents by default: one SMS then holds 160 characters and not 70, and phones of
// any age show it. A carrier delivers only what fits the template that the brand registered, hence the own text.

export const DEFAULT_SMS_TEXT =
  "{code} la ma vao WiFi {brand}, dung trong 5 phut. Khong chia se ma nay voi ai.";

/** Three parts of an SMS in plain letters, more than any registered template for codes. */
const MOST = 459;

/** Null, or what is wrong with it, to follow the name of the setting. */
export const smsTextTrouble = (text: string): string | null => {
  if (!text.includes("{code}")) return "must contain {code}";
  if (text.length > MOST) return `must have at most ${MOST} characters`;
  if (/[\p{Cc}]/u.test(text)) return "must be one line without control characters";
  return null;
};

export const smsText = (template: string, { code, brand }: { code: string; brand: string }): string =>
  template.replaceAll("{brand}", () => withoutAccents(brand)).replaceAll("{code}", () => code);

/** What needs two bytes a character on the air. */
export const isUnicode = (text: string): boolean => !/^[\x20-\x7e]*$/.test(text);

/** Vietnamese in plain letters; anything else that is not plain is left out. */
export const withoutAccents = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .replace(/[^\x20-\x7e]/g, "");
