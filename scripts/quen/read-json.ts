// A file of the operator's as JSON; a file that is none is named, and so is the line.

import { readFileSync } from "node:fs";

const parse = (text: string, place: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${place} is not JSON.`);
  }
};

export const readJson = (path: string): unknown => parse(readFileSync(path, "utf8"), path);

/** One value a line; empty lines are none. */
export const readJsonLines = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [parse(line, `Line ${index + 1} of ${path}`)]));
