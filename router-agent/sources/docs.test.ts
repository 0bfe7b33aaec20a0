// docs/sources.md is written by hand; this holds it to the table that the agent obeys.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SourceKind } from "./kinds.ts";
import { kindOf, KINDS } from "./kinds.ts";

const DOCS = readFileSync(join(import.meta.dirname, "..", "..", "docs", "sources.md"), "utf8");
const sectionOf = (kind: string): string =>
  DOCS.split(/^## /m).find((part) => part.startsWith(`${kind}\n`)) ?? "";

describe.each(Object.keys(KINDS) as SourceKind[])("docs/sources.md, section %s,", (kind) => {
  it("has a row for each option with its type and default, and no other", () => {
    const expected = Object.entries(kindOf(kind).options).map(([name, { type, absent }]) => {
      if (!absent.ok) return `${name} ${type} required`;
      const { value } = absent;
      const none = value === undefined || (Array.isArray(value) && value.length === 0);
      return `${name} ${type} ${none ? "none" : `\`${JSON.stringify(value).replaceAll('"', "")}\``}`;
    });
    const rows = [...sectionOf(kind).matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|[^|]+\|$/gm)];
    expect(rows.map(([, name, type, absent]) => `${name} ${type} ${absent}`)).toEqual(expected);
  });
});
