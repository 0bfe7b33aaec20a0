// Looks for addresses of stations where none may be (invariant 1): files of the agent and of the Worker, in every
// usual spelling and as the six raw bytes.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const spellings = (mac: string): Buffer[] => {
  const hex = mac.replaceAll(":", "");
  const pairs = mac.split(":");
  const cisco = [hex.slice(0, 4), hex.slice(4, 8), hex.slice(8)].join(".");
  const texts = [mac, pairs.join("-"), hex, cisco].flatMap((text) => [text, text.toUpperCase()]);
  return [...new Set(texts)].map((text) => Buffer.from(text)).concat([Buffer.from(hex, "hex")]);
};

const filesIn = (path: string): string[] => {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Files that hold one of the addresses. */
export const filesWithMacs = (paths: readonly string[], macs: readonly string[]): string[] => {
  const needles = macs.flatMap(spellings);
  return paths.flatMap(filesIn).filter((file) => {
    const bytes = readFileSync(file);
    return needles.some((needle) => bytes.includes(needle));
  });
};
