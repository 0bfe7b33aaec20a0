// Reads a gateway's configuration: the text form `kind[:url][?option=value&...]` of flags and environment, and the
// table form of TOML (`kind = "opennds"` beside its options). No problem ever repeats a value, which may be a secret.

import type { DoorSpec } from "./kinds.ts";
import { DOOR_KINDS, doorKindOf, isDoorKind } from "./kinds.ts";

export type DoorSpecResult = { ok: true; spec: DoorSpec } | { ok: false; problems: string[] };

const refuse = (...problems: string[]): DoorSpecResult => ({ ok: false, problems });

const unknownKind = (kind: string): DoorSpecResult =>
  refuse(
    `There is no gateway "${kind.slice(0, 20)}" for an agent; there are ${Object.keys(DOOR_KINDS).join(", ")}.`,
  );

export const parseDoorTable = (table: Record<string, unknown>): DoorSpecResult => {
  const { kind, ...given } = table;
  if (typeof kind !== "string") return refuse('A gateway needs the text "kind".');
  if (!isDoorKind(kind)) return unknownKind(kind);
  const { options } = doorKindOf(kind);
  const problems = Object.keys(given)
    .filter((name) => !Object.hasOwn(options, name))
    .map(
      (name) =>
        `Gateway ${kind} has no option "${name}"; its options are ${Object.keys(options).join(", ")}.`,
    );
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const value = given[name];
    const result = value === undefined ? option.absent : option.read(value);
    if (result.ok) values[name] = result.value;
    else problems.push(`Gateway ${kind}: option "${name}" ${result.problem}.`);
  }
  if (problems.length === 0) problems.push(...missingSecrets(kind, values));
  if (problems.length > 0) return { ok: false, problems };
  const { id, url } = values;
  const name = typeof id === "string" ? id : url instanceof URL ? url.host : "";
  const label = name === "" ? kind : `${kind}:${name}`;
  return { ok: true, spec: { kind, label, options: values } as DoorSpec };
};

const missingSecrets = (kind: DoorSpec["kind"], values: Record<string, unknown>): string[] => {
  if (kind === "opennds") return [];
  const has = (name: string): boolean => values[name] !== undefined;
  const account = has("username") && (has("password") || has("passwordFile"));
  const key = has("apiKey") || has("apiKeyFile");
  if (account || key) return [];
  const what = kind === "unifi" ? '"apiKey" or "apiKeyFile", or ' : "";
  return [`Gateway ${kind}: give ${what}"username" and "password" or "passwordFile".`];
};

/** `unifi:https://192.168.1.1?apiKeyFile=/etc/quen-agent.unifi`; values after `?` are percent-decoded. */
export const parseDoorSpec = (text: string): DoorSpecResult => {
  const question = text.indexOf("?");
  const head = question < 0 ? text : text.slice(0, question);
  const colon = head.indexOf(":");
  const kind = colon < 0 ? head : head.slice(0, colon);
  if (!isDoorKind(kind)) return unknownKind(kind);
  const table: Record<string, unknown> = { kind };
  const { target } = doorKindOf(kind);
  if (colon >= 0) {
    if (target === undefined) return refuse(`Gateway ${kind} takes nothing after a colon.`);
    table[target] = head.slice(colon + 1);
  }
  for (const [name, value] of new URLSearchParams(question < 0 ? "" : text.slice(question + 1))) {
    if (Object.hasOwn(table, name)) return refuse(`Gateway ${kind}: option "${name}" is given twice.`);
    table[name] = value;
  }
  return parseDoorTable(table);
};
