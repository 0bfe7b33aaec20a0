// What a shopper may ask for that the page cannot do at once: the words go to a person of the brand, with a due date.

export const OWN_ASKS = ["restrict", "object", "other"] as const;
export type OwnAsk = (typeof OWN_ASKS)[number];

export const LONGEST_ASK = 1_000;

export type AskRead =
  | { readonly ok: true; readonly kind: OwnAsk; readonly text: string }
  | {
      readonly ok: false;
      readonly field: "kind" | "text";
      readonly chosen: OwnAsk | null;
      readonly typed: string;
    };

/** Line breaks are kept, other control characters are not; "something else" needs words. */
export const readAsk = (form: URLSearchParams): AskRead => {
  const kind = OWN_ASKS.find((one) => one === form.get("kind"));
  const text = (form.get("text") ?? "")
    .replaceAll("\r\n", "\n")
    .replaceAll(/[^\P{Cc}\n]/gu, "")
    .normalize("NFC")
    .trim();
  const typed = text.slice(0, LONGEST_ASK);
  if (kind === undefined) return { ok: false, field: "kind", chosen: null, typed };
  if (text.length > LONGEST_ASK || (kind === "other" && text === ""))
    return { ok: false, field: "text", chosen: kind, typed };
  return { ok: true, kind, text };
};
