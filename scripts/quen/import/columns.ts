// Which column of a file is which field: by `--map`, else by the words of the header. A column that is neither is an
// error, for a misspelt header would otherwise lose its values in silence.

import { bareWord } from "../../../worker/core/intake/bare-word.ts";
import { FIELDS, type Kind } from "./fields.ts";

export interface Column {
  readonly header: string;
  /** `phone`, `traits.favouriteDrink`; null: not used. */
  readonly field: string | null;
}

export interface MapFlags {
  /** `field=column`. */
  readonly map: readonly string[];
  /** Columns that are no field are left alone. */
  readonly ignoreOthers: boolean;
}

export type Columns =
  | { readonly ok: true; readonly columns: readonly Column[] }
  | { readonly ok: false; readonly columns: readonly Column[]; readonly problems: readonly string[] };

/** What an error file has before the row's own columns, so that a mended one can be imported as it is. */
export const ERROR_COLUMNS = [
  "quen line",
  "quen outcome",
  "quen field",
  "quen code",
  "quen message",
] as const;

const NEEDED: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  customers: [["code", "phone", "email"]],
  orders: [["id"], ["at"], ["total"], ["code", "phone", "email"]],
};

const isField = (kind: Kind, name: string): boolean =>
  FIELDS[kind].some((field) => field.name === name) || /^traits\.[a-z][A-Za-z0-9_]{0,39}$/.test(name);

const readMaps = (kind: Kind, maps: readonly string[], headers: readonly string[]) => {
  const problems: string[] = [];
  const byHeader = new Map<number, string>();
  for (const text of maps) {
    const [, field = "", header = ""] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const at = headers.findIndex((one) => bareWord(one) === bareWord(header));
    if (!isField(kind, field)) {
      const names = FIELDS[kind].map(({ name }) => name).join(", ");
      problems.push(`--map ${text}: "${field}" is no field. There are ${names}, and traits.NAME.`);
    } else if (at < 0) problems.push(`--map ${text}: the file has no column "${header}".`);
    else if (byHeader.has(at)) problems.push(`--map ${text}: the column is ${byHeader.get(at)} already.`);
    else byHeader.set(at, field);
  }
  return { problems, byHeader };
};

export const readColumns = (
  kind: Kind,
  headers: readonly string[],
  { map, ignoreOthers }: MapFlags,
): Columns => {
  const { problems, byHeader } = readMaps(kind, map, headers);
  const mapped = new Set(byHeader.values());
  const known = (header: string): string | null => {
    const word = bareWord(header);
    const field = FIELDS[kind].find(({ headers: words }) => words.some((one) => bareWord(one) === word));
    return field === undefined || mapped.has(field.name) ? null : field.name;
  };
  const columns = headers.map((header, at) => ({ header, field: byHeader.get(at) ?? known(header) }));
  const taken = new Map<string, string>();
  for (const { header, field } of columns) {
    if (field === null) continue;
    const other = taken.get(field);
    if (other !== undefined)
      problems.push(
        `"${other}" and "${header}" are both ${field}: say which with --map ${field}="${header}".`,
      );
    taken.set(field, header);
  }
  const ours: readonly string[] = ERROR_COLUMNS.map(bareWord);
  const unknown = columns.filter(({ header, field }) => field === null && !ours.includes(bareWord(header)));
  if (unknown.length > 0 && !ignoreOthers) {
    const names = unknown.map(({ header }) => `"${header}"`).join(", ");
    problems.push(
      `No field is known for ${names}. Give each one with --map FIELD=COLUMN (traits.NAME for what is no field of ours), or leave them out with --ignore-others.`,
    );
  }
  for (const any of NEEDED[kind])
    if (!any.some((field) => taken.has(field)))
      problems.push(`A column is missing for ${any.join(" or ")}: say which it is with --map.`);
  return problems.length === 0 ? { ok: true, columns } : { ok: false, columns, problems };
};
