// Reads a source's configuration: the text form `kind[:target][?option=value&...]` of flags and environment, and
// the table form of TOML (`kind = "hostapd"` beside its options). Every problem names the kind and the option.
import type { SourceSpec } from "./kinds.ts";
import { isSourceKind, kindOf, KINDS } from "./kinds.ts";

export type SpecResult = { ok: true; spec: SourceSpec } | { ok: false; problems: string[] };

const refuse = (...problems: string[]): SpecResult => ({ ok: false, problems });

const unknownKind = (kind: string): SpecResult =>
  refuse(`There is no source "${kind}"; the sources are ${Object.keys(KINDS).join(", ")}.`);

/** `{kind: "hostapd", interface: "wlan0"}`, as a TOML file holds it. */
export const parseSourceTable = (table: Record<string, unknown>): SpecResult => {
  const { kind, ...given } = table;
  if (typeof kind !== "string") return refuse('A source needs the text "kind".');
  if (!isSourceKind(kind)) return unknownKind(kind);
  const { options, target } = kindOf(kind);
  const problems: string[] = [];
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(options, name))
      problems.push(
        `Source ${kind} has no option "${name}"; its options are ${Object.keys(options).join(", ")}.`,
      );
  }
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const value = given[name];
    const result = value === undefined ? option.absent : option.read(value);
    if (result.ok) values[name] = result.value;
    else problems.push(`Source ${kind}: option "${name}" ${result.problem}.`);
  }
  if (kind === "radius" && problems.length === 0 && !hasSecret(values))
    problems.push('Source radius: give "clients", "secret" or "secretFile", or nobody may report.');
  if (problems.length > 0) return { ok: false, problems };
  const named = target === undefined ? undefined : values[target];
  const label = typeof named === "string" ? `${kind}:${named}` : kind;
  return { ok: true, spec: { kind, label, options: values } as SourceSpec };
};

const hasSecret = (values: Record<string, unknown>): boolean =>
  values["secret"] !== undefined ||
  values["secretFile"] !== undefined ||
  (values["clients"] as unknown[]).length > 0;

/** `hostapd:wlan0?dir=/var/run/hostapd`; values after `?` are percent-decoded, the target is taken as it is. */
export const parseSourceSpec = (text: string): SpecResult => {
  const question = text.indexOf("?");
  const head = question < 0 ? text : text.slice(0, question);
  const colon = head.indexOf(":");
  const kind = colon < 0 ? head : head.slice(0, colon);
  if (!isSourceKind(kind)) return unknownKind(kind);
  const table: Record<string, unknown> = { kind };
  const { target } = kindOf(kind);
  if (colon >= 0) {
    if (target === undefined) return refuse(`Source ${kind} takes nothing after a colon.`);
    table[target] = head.slice(colon + 1);
  }
  if (question >= 0) {
    for (const [name, value] of new URLSearchParams(text.slice(question + 1))) {
      if (Object.hasOwn(table, name)) return refuse(`Source ${kind}: option "${name}" is given twice.`);
      table[name] = value;
    }
  }
  return parseSourceTable(table);
};
