// Reads the first page's form, whichever button sent it: the words must be those that were shown, and who does not say
// to be 16 gets the guest pass whatever else was ticked.

import type { Context } from "hono";
import { type Purpose, PURPOSES } from "../../schema/consent.ts";
import { copyFor } from "../copy/copy.ts";
import { letOn } from "../let-on.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import type { ChooseEntries } from "../pages/choose-page.tsx";
import type { Choice } from "../session.ts";
import { type WordingSet, wordingSet } from "../wording.ts";
import { showChoices } from "./show-choices.ts";

export type ChoicesRead =
  | { readonly kind: "chosen"; readonly entries: ChooseEntries; readonly choices: readonly Choice[] }
  /** It goes no further, and this is the answer. */
  | { readonly kind: "answered"; readonly response: Response };

export const readChoices = async (c: Context<PortalEnv>, options: PortalOptions): Promise<ChoicesRead> => {
  const { refusals } = options.ports;
  const { gateway, session, language } = c.get("visit");
  const form = c.get("form");
  const entries = readEntries(form);
  const wordings = await wordingSet(gateway, session.language);
  if (form.get("shown") !== session.shown || session.shown !== wordings.name) {
    refusals.count("wording_changed", gateway.id);
    const errors = [{ field: null, text: copyFor(language).wordingChanged }];
    const asked = { entries: { ...entries, ticked: [] }, errors, reply: { status: 422 } } as const;
    return { kind: "answered", response: await showChoices(c, options, asked) };
  }
  if (!entries.adult) {
    refusals.count("not_16", gateway.id);
    const guest = { step: { at: "guest", because: "not_16" }, reason: "guest" } as const;
    return { kind: "answered", response: await letOn(c, options, guest) };
  }
  return { kind: "chosen", entries, choices: choicesOf(wordings, entries.ticked) };
};

const readEntries = (form: URLSearchParams): ChooseEntries => ({
  phone: (form.get("phone") ?? "").slice(0, 60),
  adult: form.get("adult") === "yes",
  ticked: PURPOSES.filter((purpose) => form.getAll("allow").includes(purpose)),
});

const choicesOf = (wordings: WordingSet, ticked: readonly Purpose[]): readonly Choice[] =>
  wordings.boxes.map(({ purpose, shown, sensitive }) => ({
    purpose,
    state: ticked.includes(purpose) ? "granted" : "refused",
    wording: shown,
    toldSensitive: sensitive !== null,
  }));
