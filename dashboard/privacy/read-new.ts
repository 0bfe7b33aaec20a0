// The form of a new request, as it was typed, and what of it can be used. Values are judged by whoever opens it.

import { REQUEST_KINDS } from "../../schema/requests.ts";
import type { Fault } from "./copy.ts";
import type { AskedKind, NewAsk } from "./ports.ts";
import { dateField, receivedOn } from "./when.ts";

/** As typed. */
export interface NewForm {
  readonly kind: string;
  readonly by: string;
  readonly value: string;
  readonly text: string;
  readonly answerTo: string;
  readonly received: string;
  readonly others: boolean;
}

export const emptyForm = (now: number): NewForm => ({
  kind: "",
  by: "phone",
  value: "",
  text: "",
  answerTo: "",
  received: dateField(now),
  others: false,
});

export const typedForm = (form: URLSearchParams): NewForm => {
  // A browser sends line breaks of a text as two characters.
  const field = (name: string): string => (form.get(name) ?? "").replaceAll("\r\n", "\n").trim();
  return {
    kind: field("kind"),
    by: field("by"),
    value: field("value"),
    text: field("text"),
    answerTo: field("answer-to"),
    received: field("received"),
    others: form.get("others") !== null,
  };
};

const orNull = (text: string): string | null => (text === "" ? null : text);

export const readNew = (
  form: NewForm,
  kinds: readonly AskedKind[],
  now: number,
): NewAsk | readonly Fault[] => {
  const kind = REQUEST_KINDS.find((one) => one === form.kind);
  const by = kinds.find((one) => one.kind === form.by)?.kind;
  const receivedAt = receivedOn(form.received, now);
  const faults: Fault[] = [];
  if (kind === undefined) faults.push("kind");
  if (by === undefined || form.value === "" || form.value.length > 200) faults.push("value");
  if (form.text.length > 1_000) faults.push("text");
  if (form.answerTo.length > 200) faults.push("answerTo");
  if (receivedAt === null) faults.push("received");
  if (faults.length > 0 || kind === undefined || by === undefined) return faults;
  return {
    kind,
    by: { kind: by, value: form.value },
    text: orNull(form.text),
    answerTo: orNull(form.answerTo),
    others: form.others,
    receivedAt,
  };
};
