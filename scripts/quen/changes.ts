// `a.b=1` arguments as a nested object. Values that are JSON (numbers, true, null, "quoted") are taken as such, `@FILE`
// is a picture's `data:` address, all else is text.

import { readFileSync } from "node:fs";
import { extname } from "node:path";

export type Changes = { [name: string]: unknown };

const PICTURES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

const picture = (path: string): string => {
  const type = PICTURES[extname(path).toLowerCase()];
  if (type === undefined) throw new Error(`${path} is not a .png, .webp or .svg file.`);
  return `data:${type};base64,${readFileSync(path).toString("base64")}`;
};

const valueOf = (text: string): unknown => {
  if (text.startsWith("@")) return picture(text.slice(1));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const put = (into: Changes, path: readonly string[], value: unknown): void => {
  const [head = "", ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner = into[head];
  const next: Changes = typeof inner === "object" && inner !== null ? (inner as Changes) : {};
  into[head] = next;
  put(next, rest, value);
};

export const parseChanges = (texts: readonly string[]): Changes => {
  const changes: Changes = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 1) throw new Error(`"${text}" is not NAME=VALUE.`);
    put(changes, text.slice(0, at).split("."), valueOf(text.slice(at + 1)));
  }
  return changes;
};
