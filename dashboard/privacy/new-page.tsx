// The form that writes a request down for somebody. What was typed comes back in the reply and stands in no address.

import type { Child } from "hono/jsx";
import { REQUEST_KINDS } from "../../schema/requests.ts";
import type { Fault, PrivacyCopy } from "./copy.ts";
import type { AskedKind } from "./ports.ts";
import type { NewForm } from "./read-new.ts";
import { at, type PrivacyFrame, PrivacyShell } from "./shell.tsx";
import { dateField } from "./when.ts";

export interface NewProps {
  readonly frame: PrivacyFrame;
  readonly kinds: readonly AskedKind[];
  readonly form: NewForm;
  readonly faults: readonly Fault[];
}

export function NewPage({ frame, kinds, form, faults }: NewProps) {
  const { copy, csrf } = frame;
  const { new: words, language } = copy;
  const own = (name: Fault) => ({ name, copy, fault: faults.includes(name) });
  return (
    <PrivacyShell frame={frame} title={words.title}>
      <div class="narrow">
        <p class="back">
          <a href={at("/privacy", language)}>← {copy.one.back}</a>
        </p>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Faults copy={copy} faults={faults} />
        <form class="card fields" method="post" action={at("/privacy/new", language)} novalidate>
          <input type="hidden" name="csrf" value={csrf} />
          <Field {...own("kind")} label={words.kind}>
            <select id="kind" name="kind" {...described("kind", faults, "alone")}>
              <option value="">{copy.acts.choose}</option>
              {REQUEST_KINDS.map((kind) => (
                <option value={kind} selected={kind === form.kind}>
                  {copy.kinds[kind]}
                </option>
              ))}
            </select>
          </Field>
          <div class="field">
            <label for="by">{words.by}</label>
            <select id="by" name="by">
              {kinds.map(({ kind, name }) => (
                <option value={kind} selected={kind === form.by}>
                  {words.byKind(kind, name)}
                </option>
              ))}
            </select>
          </div>
          <Field {...own("value")} label={words.value} hint={words.valueHint}>
            <input
              id="value"
              name="value"
              value={form.value}
              maxlength={200}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              {...described("value", faults, "hinted")}
            />
          </Field>
          <Field {...own("text")} label={words.text} hint={words.textHint}>
            <textarea
              id="text"
              name="text"
              rows={4}
              maxlength={1_000}
              {...described("text", faults, "hinted")}
            >
              {form.text}
            </textarea>
          </Field>
          <Field {...own("answerTo")} label={words.answerTo} hint={words.answerToHint}>
            <input
              id="answerTo"
              name="answer-to"
              value={form.answerTo}
              maxlength={200}
              autocomplete="off"
              {...described("answerTo", faults, "hinted")}
            />
          </Field>
          <Field {...own("received")} label={words.received} hint={words.receivedHint}>
            <input
              id="received"
              name="received"
              type="date"
              value={form.received}
              max={dateField(frame.now)}
              {...described("received", faults, "hinted")}
            />
          </Field>
          <label class="tick">
            <input type="checkbox" name="others" checked={form.others} /> <span>{words.others}</span>
          </label>
          <button type="submit" class="primary">
            {words.submit}
          </button>
        </form>
      </div>
    </PrivacyShell>
  );
}

const described = (name: Fault, faults: readonly Fault[], hint: "hinted" | "alone") => {
  const ids = [
    ...(faults.includes(name) ? [`${name}-fault`] : []),
    ...(hint === "hinted" ? [`${name}-hint`] : []),
  ];
  return {
    "aria-describedby": ids.length === 0 ? undefined : ids.join(" "),
    "aria-invalid": faults.includes(name) ? ("true" as const) : undefined,
    autofocus: faults[0] === name,
  };
};

function Faults({ copy, faults }: { copy: PrivacyCopy; faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <section class="notice" role="alert">
      <h2>{copy.faultsTitle}</h2>
      <ul>
        {faults.map((name) => (
          <li>
            <a href={`#${name}`}>{copy.faults[name]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FieldProps {
  readonly copy: PrivacyCopy;
  readonly name: Fault;
  readonly label: string;
  readonly hint?: string;
  readonly fault: boolean;
  readonly children: Child;
}

function Field({ copy, name, label, hint, fault, children }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children}
      {fault ? (
        <p class="bad" id={`${name}-fault`}>
          {copy.faults[name]}
        </p>
      ) : null}
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
