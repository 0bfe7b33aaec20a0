// Where an order was placed, by the word that a shop system has for it: the channels that Quen knows keep their name, so
// that an order of a marketplace is one however it reaches us; any other word stays as the vendor writes it.

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/shopee/, "shopee"],
  [/tik[ _-]?tok/, "tiktok_shop"],
  [/lazada/, "lazada"],
  [/tiki/, "tiki"],
  [/sendo/, "sendo"],
  [/facebook|messenger/, "facebook"],
  [/instagram/, "instagram"],
  [/zalo/, "zalo_oa"],
  [/^(?:web|website|online_store|iphone|android|mobile|buy_button)$/, "web"],
  [/(?:^|[^a-z])pos(?:$|[^a-z])/, "pos"],
];
const LONGEST = 40;

export const orderChannel = (word: string | null): string => {
  const said = (word ?? "web").toLowerCase();
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  const own = said
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .slice(0, LONGEST)
    .replaceAll(/^_+|_+$/g, "");
  return known?.[1] ?? (own || "web");
};
