// A webhook as a test sends it: a golden payload with some of it changed, and an account that maps one branch.

import { readFileSync } from "node:fs";
import type { SourceId } from "../../../schema/ids.ts";
import type { Account, Connector, Delivery, Translation } from "../connector.ts";
import { readJson } from "../read-json.ts";

export const NOW = Date.UTC(2026, 10, 1);

export const account = (settings: Account["settings"] = {}): Account => ({
  source: "shop" as SourceId,
  settings,
  branchOf: (id) => (["3498", "895636", "825802", "31010"].includes(id) ? "b-1" : null),
  orderBook: "book",
});

/** Each text of `changes` must be there, so that a golden that changed is noticed. */
export const golden = (path: string, changes: Readonly<Record<string, string>> = {}): string => {
  let text = readFileSync(`${import.meta.dirname}/../golden/${path}.json`, "utf8");
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
};

export const delivery = (body: string, headers: Readonly<Record<string, string>> = {}): Delivery => ({
  raw: Buffer.from(body),
  headers: new Headers(headers),
  url: "https://quen.test/hooks/x/shop",
});

export const translate = (
  connector: Connector,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  to: Account = account(),
): Translation => {
  const read = readJson(Buffer.from(body));
  if (!read.ok) throw new Error("The body is no JSON");
  return connector.translate(read.json, to, delivery(body, headers), NOW, new Map());
};
