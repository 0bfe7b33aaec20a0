// An attacker who knows every MAC and DEVICE_KEY looks for devices in what was stored or logged: as MAC, as token,
// as a plain hash of either, and as a pseudonym under anything stored that could have been a salt.

import { createHash, createHmac } from "node:crypto";
import { env } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { tokenOf } from "./agent.ts";

/** One stored value; bytes stay bytes, because a salt may be among them. */
export interface Found {
  place: string;
  value: string | Uint8Array;
}

const asFound = (place: string, value: unknown): Found => {
  if (value instanceof ArrayBuffer) return { place, value: new Uint8Array(value) };
  if (value instanceof Uint8Array) return { place, value };
  // D1 gives a blob as an array of numbers.
  if (Array.isArray(value) && value.every((n) => typeof n === "number"))
    return { place, value: Uint8Array.from(value) };
  return { place, value: typeof value === "string" ? value : (JSON.stringify(value) ?? "") };
};

const TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'";

/** Every value of every table of D1. */
export const databaseDump = async (): Promise<Found[]> => {
  const out: Found[] = [];
  for (const { name } of (await env.DB.prepare(TABLES).all<{ name: string }>()).results) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
    for (const row of results)
      for (const [column, value] of Object.entries(row)) out.push(asFound(`D1 ${name}.${column}`, value));
  }
  return out;
};

/** Every value of every table and every key of one object. */
export const dumpOf = async (stub: DurableObjectStub): Promise<Found[]> =>
  runInDurableObject(stub, async (_, state) => {
    const out: Found[] = [];
    const { sql } = state.storage;
    for (const { name } of sql.exec<{ name: string }>(TABLES).toArray()) {
      for (const row of sql.exec(`SELECT * FROM "${name}"`).toArray())
        for (const [column, value] of Object.entries(row))
          out.push(asFound(`object ${name}.${column}`, value));
    }
    for (const [key, value] of await state.storage.list()) out.push(asFound(`object key ${key}`, value));
    return out;
  });

export const objectDump = async (branchId: string): Promise<Found[]> =>
  dumpOf(env.BRANCH.get(env.BRANCH.idFromName(branchId)));

/** Every object there is, of every class. */
export const everyObjectDump = async (): Promise<Found[]> => {
  const classes: readonly DurableObjectNamespace[] = [
    env.BRANCH,
    env.BRANCH_ACCESS,
    env.PHONE_GATE,
    env.IDENTITY,
    env.WEBHOOK,
    env.KEY_GATE,
    env.OA_TOKEN,
  ];
  const stubs = await Promise.all(
    classes.map(async (namespace) => (await listDurableObjectIds(namespace)).map((id) => namespace.get(id))),
  );
  return (await Promise.all(stubs.flat().map(dumpOf))).flat();
};

export const spellings = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  const hex = buffer.toString("hex");
  const pairs = hex.match(/../g) ?? [];
  const quads = hex.match(/.{4}/g) ?? [];
  return [
    hex,
    pairs.join(":"),
    pairs.join("-"),
    pairs.join(" "),
    quads.join("."),
    quads.join("-"),
    JSON.stringify([...bytes]).slice(1, -1),
    // base64 stands for base64url, too: texts are compared in one alphabet.
    buffer.toString("base64url"),
  ];
};

/** Lower case and one alphabet, so that one comparison covers every spelling. */
export const normal = (text: string): string => text.toLowerCase().replaceAll("+", "-").replaceAll("/", "_");

export const textOf = (value: Found["value"]): string =>
  typeof value === "string" ? normal(value) : spellings(value).map(normal).join("\n");

/** Whatever is stored and has the size of a key, decoded in every way in which a key may be written. */
const saltsIn = (dump: readonly Found[]): Uint8Array[] => {
  const salts = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): void => {
    if (bytes.length >= 8 && bytes.length <= 64) salts.set(Buffer.from(bytes).toString("hex"), bytes);
  };
  for (const { value } of dump) {
    if (typeof value !== "string") add(value);
    else
      for (const [word] of value.matchAll(/[\w+/-]{10,130}/g)) {
        add(Buffer.from(word, "base64url"));
        add(Buffer.from(word, "utf8"));
        if (/^([0-9a-f]{2})+$/i.test(word)) add(Buffer.from(word, "hex"));
      }
  }
  return [...salts.values()];
};

const macBytes = (mac: string): Uint8Array => Buffer.from(mac.replaceAll(":", ""), "hex");

const hashesOf = (texts: readonly Uint8Array[]): Uint8Array[] => {
  const hashed = texts.flatMap((bytes) =>
    ["sha256", "sha1", "md5"].map((name) => createHash(name).update(bytes).digest()),
  );
  return [...hashed, ...hashed.map((bytes) => bytes.subarray(0, 16))];
};

/** What a device could be known by that needs no secret of the store. */
const plainNames = (mac: string): Uint8Array[] => {
  const token = Buffer.from(tokenOf(mac), "base64url");
  const plain = [macBytes(mac), token];
  return [...plain, ...hashesOf([...plain, Buffer.from(mac), Buffer.from(tokenOf(mac))])];
};

const pseudonyms = (mac: string, salts: readonly Uint8Array[]): Uint8Array[] => {
  const token = Buffer.from(tokenOf(mac), "base64url");
  return salts.flatMap((salt) =>
    [token, macBytes(mac), Buffer.from(tokenOf(mac))].map((bytes) =>
      createHmac("sha256", salt).update(bytes).digest().subarray(0, 16),
    ),
  );
};

const placesWith = (names: readonly Uint8Array[], dump: readonly Found[]): string[] => {
  const needles = [...new Set(names.flatMap((name) => spellings(name).map(normal)))];
  const hits = dump.filter(({ value }) => {
    const text = textOf(value);
    return needles.some((needle) => text.includes(needle));
  });
  return [...new Set(hits.map(({ place }) => place))];
};

/** Where the MAC itself stands, in any spelling, percent-encoded too, or as a hash without a key. */
export const macPlaces = (mac: string, dump: readonly Found[]): string[] => {
  const readable = dump.map(({ place, value }) => ({
    place,
    value: typeof value === "string" ? value.replaceAll(/%3a/gi, ":").replaceAll(/%2[05]/g, " ") : value,
  }));
  const short = mac.replaceAll(/(^|:)0/g, "$1");
  const names = [macBytes(mac), ...hashesOf([macBytes(mac), Buffer.from(mac)])];
  const spelledShort = readable.flatMap(({ place, value }) => (textOf(value).includes(short) ? [place] : []));
  return [...new Set([...placesWith(names, readable), ...spelledShort])];
};

/** Where the device can be found in the dump, and how. */
export const placesOf = (mac: string, dump: readonly Found[]): string[] => {
  const deviceKey = Buffer.from(env.DEVICE_KEYS.split(":")[1] ?? "", "base64url");
  const salts = [deviceKey, new Uint8Array(16), new Uint8Array(32), ...saltsIn(dump)];
  const plain = placesWith(plainNames(mac), dump).map((place) => `${place} (plain)`);
  const hidden = placesWith(pseudonyms(mac, salts), dump).map((place) => `${place} (pseudonym)`);
  return [...plain, ...hidden];
};
