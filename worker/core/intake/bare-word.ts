// A word as people mean it, however it is written: lower case, without diacritics, blanks and signs. `Khách lẻ` and
// `KHACH-LE` are one.

export const bareWord = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
