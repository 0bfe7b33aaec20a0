// What an event says of the page on which it happened. Addresses lose their query and fragment: those are read for campaign
// terms and hold what else a shop or a visitor put there.

import { field, lineOf, type Loose, looseOf } from "./loose.ts";

export interface Page {
  /** Without query and fragment. */
  readonly url?: string;
  readonly title?: string;
  /** Without query and fragment. */
  readonly referrer?: string;
  /** By name, decoded; of repeats the first. */
  readonly query: ReadonlyMap<string, string>;
  /** It came from another site. */
  readonly isFromOutside: boolean;
}

const LONGEST_ADDRESS = 300;
const LONGEST_TITLE = 200;
const MOST_TERMS = 60;

const bare = (address: unknown): string | undefined =>
  lineOf(typeof address === "string" ? address.split(/[?#]/, 1)[0] : undefined, LONGEST_ADDRESS);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
};

const queryIn = (text: unknown): string => {
  if (typeof text !== "string") return "";
  const [, query = ""] = /\?([^#]*)/.exec(text) ?? [];
  return query;
};

const terms = (query: string): ReadonlyMap<string, string> => {
  const read = new Map<string, string>();
  for (const part of query.split("&", MOST_TERMS)) {
    const [name = "", ...rest] = part.split("=");
    const key = decoded(name).toLowerCase();
    if (key !== "" && !read.has(key)) read.set(key, decoded(rest.join("=")));
  }
  return read;
};

/** `www.` is no other site. */
export const hostOf = (address: string | undefined): string | undefined =>
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(?:www\.)?([^/:]+)/i.exec(address ?? "")?.[1]?.toLowerCase();

/** `properties` of a page call stand over `context.page`. */
export const readPage = (context: Loose, properties: Loose): Page => {
  const told = { ...looseOf(context["page"]), ...pageFields(properties) };
  const url = bare(told["url"]);
  const referrer = bare(told["referrer"]);
  const title = lineOf(told["title"], LONGEST_TITLE);
  const search = typeof told["search"] === "string" ? told["search"].replace(/^\??/, "?") : undefined;
  const [here, there] = [hostOf(url), hostOf(referrer)];
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(referrer === undefined ? {} : { referrer }),
    query: terms(queryIn(told["url"]) || queryIn(search)),
    isFromOutside: here !== undefined && there !== undefined && here !== there,
  };
};

const pageFields = (properties: Loose): Loose =>
  Object.fromEntries(
    ["url", "title", "referrer", "search"].flatMap((name) => {
      const value = field(properties, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
