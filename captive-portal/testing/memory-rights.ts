// A person's rights over what the memory ledger holds. Nothing is sealed and signatures are stand-ins; the promises are
// those of rights.ts. Links that a mail would carry are kept for tests to follow.

import { PURPOSES } from "../../schema/consent.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import type { RequestKind } from "../../schema/requests.ts";
import { type Person, personKey } from "../person.ts";
import { readEmail, readName } from "../person-details.ts";
import { NO_PURCHASES } from "../purchases.ts";
import { RECIPIENTS, RETENTION } from "../retention.ts";
import { type Corrected, EMAIL_LINK_PATH, type ErasureCertificate, type Rights } from "../rights.ts";
import type { HeldIdentifier, HeldDetails, HeldRequest } from "../person-view.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { randomText } from "./memory-sessions.ts";

const DAY_MS = 86_400_000;
const MOST_LINKS = 5;
const MOST_REQUESTS = 5;

interface Link {
  readonly key: string;
  readonly email: string;
  readonly at: number;
  used: boolean;
}

export interface MemoryRights {
  readonly rights: Rights;
  /** Tokens of the links that were sent, newest last. */
  readonly links: () => readonly string[];
  readonly excluded: ReadonlySet<DeviceToken>;
  /** Kinds of what the page did at once, in order. */
  readonly fulfilled: () => readonly RequestKind[];
  /** A code that an operator made at `at`. */
  readonly addStaffCode: (code: string, at: number) => void;
}

export const memoryRights = (ledger: MemoryLedger): MemoryRights => {
  const details = new Map<string, HeldDetails>();
  const added = new Map<string, HeldIdentifier>();
  const links = new Map<string, Link>();
  const excluded = new Set<DeviceToken>();
  const erasures = new Map<string, number[]>();
  const certificates = new Map<string, ErasureCertificate>();
  const certificateOf = new Map<string, string>();
  const fulfilled = new Map<string, RequestKind>();
  const requests = new Map<string, HeldRequest[]>();
  const staffCodes = new Map<string, number>();
  const none: HeldDetails = { name: null, email: null };

  const chosen = (person: Person | null, device: DeviceToken | null, every: "this" | "all") =>
    new Set([
      ...(device === null ? [] : [device]),
      ...(person !== null && every === "all" ? ledger.held(person).devices.map((held) => held.device) : []),
    ]);

  const sendLink = (key: string, email: string, now: number): string | null => {
    const recent = [...links.values()].filter((link) => link.key === key && now - link.at < DAY_MS);
    if (recent.length >= MOST_LINKS) return null;
    const token = randomText();
    links.set(token, { key, email, at: now, used: false });
    return token;
  };

  const correct: Rights["correct"] = async (person, { name, email }, { origin, now }): Promise<Corrected> => {
    const key = personKey(person);
    if (ledger.held(person).records.length === 0) return { kind: "unknown" };
    const before = details.get(key) ?? none;
    const newName = name === undefined ? before.name : name === null ? null : readName(name);
    if (typeof name === "string" && newName === null) return { kind: "invalid", field: "name" };
    const address = typeof email === "string" ? readEmail(email) : null;
    if (typeof email === "string" && address === null) return { kind: "invalid", field: "email" };
    const same = address !== null && before.email?.value === address;
    const newEmail =
      email === undefined || same
        ? before.email
        : address === null
          ? null
          : { value: address, verifiedAt: null };
    details.set(key, { name: newName, email: newEmail });
    if (email === undefined) return { kind: "kept", email: "unchanged", localLink: null };
    if (address === null) return { kind: "kept", email: "none", localLink: null };
    if (newEmail?.verifiedAt !== null) return { kind: "kept", email: "verified", localLink: null };
    const token = sendLink(key, address, now);
    if (token === null) return { kind: "kept", email: "limited", localLink: null };
    return { kind: "kept", email: "sent", localLink: `${origin}${EMAIL_LINK_PATH}${token}` };
  };

  const view: Rights["view"] = async (person, now) => {
    const { records, devices, identifier } = ledger.held(person);
    const key = personKey(person);
    const held = details.get(key) ?? none;
    const verified = held.email?.verifiedAt ?? null;
    return {
      at: now,
      identifiers: [
        ...(identifier ? [identifier] : []),
        ...[added.get(key)].filter((one) => one !== undefined),
        ...(held.email && verified !== null
          ? [{ kind: "email", value: held.email.value, firstSeenAt: verified, lastSeenAt: verified }]
          : []),
      ],
      details: held,
      standing: await ledger.ledger.standing(person, now),
      consents: records,
      devices: devices.map(({ device, ...rest }, index) => ({
        number: index + 1,
        ...rest,
        counted: !excluded.has(device),
      })),
      visits: [],
      firsts: [],
      purchases: NO_PURCHASES,
      requests: requests.get(key) ?? [],
      erasedAt: erasures.get(key) ?? [],
      recipients: RECIPIENTS,
      retention: RETENTION,
    };
  };

  const rights: Rights = {
    verifiesEmail: true,
    view,
    copy: view,
    correct,
    verifyEmail: async (token, now) => {
      const link = links.get(token);
      if (link === undefined) return { kind: "refused", reason: "unknown" };
      if (link.used) return { kind: "refused", reason: "used" };
      if (now - link.at >= DAY_MS) return { kind: "refused", reason: "expired" };
      const held = details.get(link.key) ?? none;
      if (held.email?.value !== link.email) return { kind: "refused", reason: "stale" };
      link.used = true;
      details.set(link.key, { ...held, email: { value: link.email, verifiedAt: now } });
      return { kind: "verified" };
    },
    join: async (person, other, { now }) => {
      if (ledger.held(person).records.length === 0 || other.kind !== "phone") return { kind: "unknown" };
      added.set(personKey(person), { kind: "phone", value: other.phone, firstSeenAt: now, lastSeenAt: now });
      return { kind: "joined" };
    },
    request: async (person, { kind }, now) => {
      const key = personKey(person);
      if (ledger.held(person).records.length === 0) return { kind: "unknown" };
      const waiting = requests.get(key) ?? [];
      if (waiting.length >= MOST_REQUESTS) return { kind: "limited" };
      const due = { replyDueAt: now + 2 * DAY_MS, dueAt: now + 15 * DAY_MS };
      const id = `rq_${randomText()
        .replaceAll(/[^a-z0-9]/g, "0")
        .slice(0, 20)}`;
      requests.set(key, [...waiting, { id, kind, receivedAt: now, ...due }]);
      return { kind: "received", id, ...due };
    },
    fulfilled: async (_person, { kind, as }) => void fulfilled.set(`${kind}/${as}`, kind),
    optOut: async (person, { device, every }) => {
      const devices = chosen(person, device, every);
      for (const one of devices) excluded.add(one);
      return { devices: devices.size };
    },
    optIn: async (person, { device, every }) => {
      const devices = chosen(person, device, every);
      for (const one of devices) excluded.delete(one);
      return { devices: devices.size };
    },
    erase: async (person, { id, now }) => {
      const known = certificates.get(certificateOf.get(id) ?? "");
      if (known !== undefined) return { kind: "erased", certificateId: known.id, at: known.at };
      const key = personKey(person);
      const { records, devices, identifier } = ledger.held(person);
      const standing = await ledger.ledger.standing(person, now);
      const removed = {
        identifiers: identifier ? 1 : 0,
        details: details.delete(key) ? 1 : 0,
        devices: devices.length,
        visits: 0,
        first_visits: 0,
        dead_letters: 0,
        orders: 0,
        traits: 0,
        events: 0,
        evidence: 0,
        changes: 0,
      };
      ledger.forget(person);
      added.delete(key);
      for (const [token, link] of links) if (link.key === key) links.delete(token);
      for (const { device } of devices) excluded.delete(device);
      requests.delete(key);
      erasures.set(key, [...(erasures.get(key) ?? []), now]);
      const certificateId = randomText();
      const sealedProofs =
        records.length + PURPOSES.filter((p) => standing.some((s) => s.purpose === p)).length;
      const signed = { hash: "0".repeat(64), signature: "stand-in", keyId: "memory" };
      certificates.set(certificateId, {
        id: certificateId,
        at: now,
        removed,
        sealedProofs,
        purchasesDueAt: null,
        ...signed,
      });
      certificateOf.set(id, certificateId);
      return { kind: "erased", certificateId, at: now };
    },
    certificate: async (id) => certificates.get(id) ?? null,
    excludeStaff: async (code, device, { now }) => {
      const madeAt = staffCodes.get(code);
      if (madeAt === undefined) return { kind: "refused", reason: "unknown" };
      if (now - madeAt >= DAY_MS) return { kind: "refused", reason: "expired" };
      if (device === null) return { kind: "refused", reason: "no_device" };
      excluded.add(device);
      return { kind: "excluded" };
    },
  };
  return {
    rights,
    links: () => [...links.keys()],
    fulfilled: () => [...fulfilled.values()],
    excluded,
    addStaffCode: (code, at) => void staffCodes.set(code, at),
  };
};
