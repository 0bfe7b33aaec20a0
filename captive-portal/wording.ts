// The words beside each consent box, versioned. What the page shows and what the ledger records come from the same
// strings, so they cannot differ. Change a text only together with WORDING_VERSION.

import { type Purpose, SENSITIVE } from "../schema/consent.ts";
import type { Brand } from "./brand.ts";
import type { Language } from "./language.ts";
import type { WordingShown } from "./session.ts";
import { WORDS } from "./wording-texts.ts";

export const WORDING_VERSION = "2026-2";

/** One box: `label` and `body` beside it, `sensitive` where the data is sensitive; `shown` is what is recorded. */
export interface BoxWording {
  readonly purpose: Purpose;
  readonly label: string;
  readonly body: string;
  readonly sensitive: string | null;
  readonly shown: WordingShown;
}

export interface WordingSet {
  /** Names these texts exactly; a form carries it back. */
  readonly name: string;
  readonly boxes: readonly BoxWording[];
  /** Who is responsible and what one may ask for; part of the record of every box. */
  readonly notice: string;
}

export const wordingSet = async (
  { brand, offered }: { readonly brand: Brand; readonly offered: readonly Purpose[] },
  language: Language,
): Promise<WordingSet> => {
  const words = WORDS[language];
  const notice = fill(words.notice, brand);
  const boxes = offered.map((purpose): BoxWording => {
    const label = fill(words.boxes[purpose].label, brand);
    const body = fill(words.boxes[purpose].body, brand);
    const sensitive = SENSITIVE[purpose] ? words.sensitive : null;
    const text = [label, body, sensitive, notice].filter((part) => part !== null).join("\n\n");
    return {
      purpose,
      label,
      body,
      sensitive,
      shown: { id: purpose, version: WORDING_VERSION, language, text },
    };
  });
  const texts = JSON.stringify(boxes.map(({ shown }) => [shown.id, shown.version, shown.text]));
  return { name: `${language}.${await fingerprint(texts)}`, boxes, notice };
};

/** What the page says of all its withdraw buttons. */
export const withdrawalNotice = (brand: Brand, language: Language): string =>
  fill(WORDS[language].withdrawal, brand);

/** The label beside the button and the notice above: what a page with the button shows, and what is recorded. */
export const withdrawalWording = (purpose: Purpose, brand: Brand, language: Language): WordingShown => ({
  id: `${purpose}.withdrawal`,
  version: WORDING_VERSION,
  language,
  text: `${purposeLabel(purpose, brand, language)}\n\n${withdrawalNotice(brand, language)}`,
});

export const purposeLabel = (purpose: Purpose, brand: Brand, language: Language): string =>
  fill(WORDS[language].boxes[purpose].label, brand);

const fill = (text: string, { name, controller }: Brand): string => {
  const values: Record<string, string> = {
    "{brand}": name,
    "{controller}": controller.name,
    "{contact}": controller.contact,
  };
  return text.replace(/\{(?:brand|controller|contact)\}/g, (key) => values[key] ?? key);
};

const fingerprint = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest).subarray(0, 12), (b) => b.toString(16).padStart(2, "0")).join("");
};
