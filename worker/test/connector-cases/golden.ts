// Golden payloads as text: what is put in replaces a text that must be there, so that a golden that changed is noticed.

/** Each is found exactly where it stands, in quotes or as a number. */
export const put = (golden: string, changes: Readonly<Record<string, string>>): string => {
  let text = golden;
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`The golden has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
};
