// A client's MAC out of whatever spelling a gateway uses, as 12 lower-case hex digits. Null for what is no station's
// address. Nothing here may log or keep it.

const SPELLINGS = [
  /^[0-9a-f]{12}$/,
  /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/,
  /^[0-9a-f]{1,2}(?:-[0-9a-f]{1,2}){5}$/,
  /^[0-9a-f]{4}(?:[.:-][0-9a-f]{4}){2}$/,
  /^[0-9a-f]{6}[-:][0-9a-f]{6}$/,
];

export const parseMac = (text: string): string | null => {
  if (text.length > 24) return null;
  const lower = text.trim().toLowerCase();
  if (!SPELLINGS.some((spelling) => spelling.test(lower))) return null;
  const parts = lower.split(/[.:-]/);
  const digits = parts.length === 6 ? parts.map((part) => part.padStart(2, "0")).join("") : parts.join("");
  // The lowest bit of the first byte marks a group address (broadcast too); a station never has one.
  const isGroup = Number.parseInt(digits.slice(0, 2), 16) % 2 === 1;
  return isGroup || /^0+$/.test(digits) ? null : digits;
};
