// A chat message as clauses of words in one spelling: lower case, teencode written out, drawn-out letters cut, and without
// diacritics where its writer left them out.

/** How a lexicon's words must be spelled to be compared with these. */
export type Spelling = "marked" | "plain";

export interface Words {
  readonly spelling: Spelling;
  /** Between signs of punctuation. */
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly words: readonly string[];
  readonly asks: boolean;
}

const TEENCODE: Readonly<Record<string, string>> = {
  ko: "không",
  k: "không",
  kg: "không",
  kh: "không",
  kô: "không",
  hok: "không",
  hông: "không",
  hem: "không",
  dc: "được",
  đc: "được",
  dk: "được",
  đk: "được",
  wa: "quá",
  wá: "quá",
  qá: "quá",
  lém: "lắm",
  thik: "thích",
  thíc: "thích",
  iu: "yêu",
  iêu: "yêu",
  sp: "sản phẩm",
  nv: "nhân viên",
  j: "gì",
  gj: "gì",
  z: "vậy",
  zậy: "vậy",
  v: "vậy",
  r: "rồi",
  oke: "ok",
  okie: "ok",
  okê: "ok",
  tks: "cảm ơn",
  thks: "cảm ơn",
  thanks: "cảm ơn",
  thank: "cảm ơn",
  cám: "cảm",
  sh: "shop",
  nt: "nhắn tin",
  tl: "trả lời",
  huỷ: "hủy",
};

/** Without diacritics; `đ` is a letter of its own in Unicode. */
export const unmarked = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");

/** At least one word in five is marked, as a Vietnamese sentence has it; names of sizes and brands never are. */
const spellingOf = (text: string): Spelling => {
  const words = text.match(/\p{L}+/gu) ?? [];
  const marked = words.filter((word) => word !== unmarked(word));
  return marked.length * 5 >= words.length && marked.length > 0 ? "marked" : "plain";
};

export const spell = (word: string, spelling: Spelling): string =>
  spelling === "plain" ? unmarked(word) : word;

export const wordsOf = (text: string): Words => {
  const lower = text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/(\p{L})\1{2,}/gu, "$1");
  const spelling = spellingOf(lower);
  // A question mark belongs to the clause before it.
  const parts = lower.match(/[^.,;!?\n…]+[?]?/gu) ?? [];
  return {
    spelling,
    clauses: parts.map((part) => ({
      asks: part.endsWith("?"),
      words: (part.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) =>
        spell(Object.hasOwn(TEENCODE, word) ? (TEENCODE[word] ?? word) : word, spelling).split(" "),
      ),
    })),
  };
};
