// Verifies a consent bundle as somebody who trusts nobody: node scripts/verify-consents.ts bundle.json [--keys keys.json]
// It imports nothing of Quen. Exit code 0: every record stands as it was signed; 1: each fault is one sentence; 2: wrong use.

import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFileSync } from "node:fs";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };

let faults: string[] = [];
const fault = (where: string, what: string): void => void faults.push(`${where}: ${what}.`);

const fields = (value: Json | undefined): Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const read = (path: string): Json => JSON.parse(readFileSync(path, "utf8")) as Json;
const sha256 = (source: string): string => createHash("sha256").update(source, "utf8").digest("hex");

/** RFC 8785 for the values that occur: sorted keys, no white space, integers only. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
};
const without = (value: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

const keysOf = (value: Json): Map<string, KeyObject> => {
  const keys = new Map<string, KeyObject>();
  for (const key of list(fields(value)["keys"]).map(fields)) {
    try {
      const jwk = { kty: "OKP", crv: "Ed25519", x: text(key["x"]) };
      keys.set(text(key["kid"]), createPublicKey({ key: jwk, format: "jwk" }));
    } catch {
      fault(`Key ${text(key["kid"])}`, "is not an Ed25519 public key");
    }
  }
  return keys;
};

const checkSignature = (
  where: string,
  signed: Fields,
  source: string,
  keys: Map<string, KeyObject>,
): void => {
  const key = keys.get(text(signed["keyId"]));
  if (key === undefined)
    return fault(where, `was signed by the key "${text(signed["keyId"])}", which is not known`);
  const bytes = Buffer.from(text(signed["signature"]), "base64url");
  // Another spelling of the same bytes would let a flipped character pass.
  const spelled = bytes.toString("base64url") === signed["signature"];
  if (!spelled || !verify(null, Buffer.from(source, "utf8"), key, bytes))
    fault(where, "has a wrong signature");
};

const checkRecord = (where: string, record: Fields, place: Fields, known: Known): void => {
  const source = text(record["text"]);
  if (sha256(source) !== record["hash"]) return fault(where, "does not have the hash that it claims");
  checkSignature(where, record, source, known.keys);
  const entry = fields(JSON.parse(source) as Json);
  if (entry["format"] !== "quen-consent-1") fault(where, "is not a consent record");
  if (entry["subject"] !== place["subject"]) fault(where, "belongs to another subject");
  if (entry["sequence"] !== place["sequence"]) fault(where, "has the sequence of another place");
  if (entry["previous"] !== place["previous"]) fault(where, "does not follow from the record before it");
  const wording = fields(entry["wording"]);
  const shown = known.texts.get(text(wording["hash"]));
  if (shown === undefined) fault(where, "names a text that is not in the bundle");
  else if (["id", "version", "language"].some((name) => shown[name] !== wording[name]))
    fault(where, "names its text by another id, version or language than the bundle");
};

interface Known {
  keys: Map<string, KeyObject>;
  texts: Map<string, Fields>;
}

const checkChain = (where: string, chain: Fields, at: Json, known: Known): number => {
  const records = list(chain["records"]).map(fields);
  let previous: Json = null;
  for (const [index, record] of records.entries()) {
    const place = { subject: chain["subject"] ?? null, sequence: index + 1, previous };
    checkRecord(`${where}, record ${index + 1}`, record, place, known);
    previous = record["hash"] ?? null;
  }
  if (records.length === 0) fault(where, "has no record");
  const head = fields(chain["head"]);
  checkSignature(`${where}, head`, head, canonical(without(head, "keyId", "signature")), known.keys);
  const { subject = null, generation = null } = chain;
  const format = "quen-consent-head-1";
  const wanted: Fields = { format, subject, generation, length: records.length, lastHash: previous, at };
  for (const [name, value] of Object.entries(wanted))
    if (head[name] !== value) fault(`${where}, head`, `says another ${name}: the chain was cut or exchanged`);
  return records.length;
};

const check = (bundle: Fields, keys: Map<string, KeyObject>): number => {
  if (bundle["format"] !== "quen-consent-bundle-1")
    fault("The bundle", "is not of the format quen-consent-bundle-1");
  const texts = new Map<string, Fields>();
  for (const one of list(bundle["texts"]).map(fields)) {
    texts.set(text(one["hash"]), one);
    if (sha256(text(one["text"])) !== one["hash"]) fault("A text", "does not have the hash that it claims");
  }
  const source = canonical(without(bundle, "seal"));
  const seal = fields(bundle["seal"]);
  if (sha256(source) !== seal["hash"]) fault("The seal", "is not over this bundle");
  checkSignature("The seal", seal, source, keys);
  const chains = list(bundle["chains"]).map(fields);
  if (chains.length === 0) fault("The bundle", "has no chain");
  let records = 0;
  for (const [index, chain] of chains.entries())
    records += checkChain(`Chain ${index + 1}`, chain, bundle["at"] ?? null, { keys, texts });
  return records;
};

export const verifyBundle = (bundle: Json, published: Json): { records: number; faults: string[] } => {
  faults = [];
  const records = check(fields(bundle), keysOf(published));
  return { records, faults };
};

const main = ([path, flag, keyPath]: string[]): number => {
  if (path === undefined || (flag !== undefined && (flag !== "--keys" || keyPath === undefined))) {
    console.error("Usage: node verify-consents.ts bundle.json [--keys keys.json]");
    return 2;
  }
  try {
    const bundle = read(path);
    if (keyPath === undefined)
      console.error(
        "Warning: the keys are the bundle's own; pin them with --keys keys.json, as it is published.",
      );
    const result = verifyBundle(bundle, keyPath === undefined ? bundle : read(keyPath));
    if (result.faults.length === 0) console.log(`All ${result.records} records stand as they were signed.`);
    for (const sentence of result.faults) console.error(sentence);
    return result.faults.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`The bundle could not be read: ${error instanceof Error ? error.message : String(error)}.`);
    return 1;
  }
};

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
