// Consent records, sign-ins and receipts in arrays, committed in one step as ports.ts promises.

import { PURPOSES } from "../../schema/consent.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import { type Person, maskPerson, personKey } from "../person.ts";
import type { Receipt, ReceiptRecord, Receipts, SignInLedger, StandingGrant } from "../ports.ts";
import type { HeldConsent, HeldDevice, HeldIdentifier } from "../person-view.ts";
import { randomText } from "./memory-sessions.ts";

export interface MemoryLedger {
  readonly ledger: SignInLedger;
  readonly receipts: Receipts;
  readonly devices: () => readonly DeviceToken[];
  readonly hold: (held: boolean) => void;
  readonly held: (person: Person) => HeldInLedger;
  readonly forget: (person: Person) => void;
}

export interface HeldInLedger {
  readonly identifier: HeldIdentifier | null;
  readonly records: readonly HeldConsent[];
  readonly devices: readonly (Omit<HeldDevice, "number" | "counted"> & { readonly device: DeviceToken })[];
}

type Statement = Omit<ReceiptRecord, "sequence" | "hash" | "signature" | "keyId" | "wording"> & {
  readonly wording: Omit<ReceiptRecord["wording"], "hash">;
};

export const memoryLedger = (gateways: readonly PortalGateway[]): MemoryLedger => {
  const chains = new Map<string, ReceiptRecord[]>();
  const receipts = new Map<string, Receipt>();
  const receiptOfSignIn = new Map<string, string>();
  const withdrawn = new Set<string>();
  const told = new Map<string, HeldConsent[]>();
  const signedIn = new Map<string, Map<DeviceToken, HeldInLedger["devices"][number]>>();
  const devices: DeviceToken[] = [];
  let held = false;
  // One writer at a time: two sign-ins of one person may not read the same end of the chain.
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => null);
    return mine;
  };

  const append = async (phone: string, statement: Statement): Promise<ReceiptRecord> => {
    const chain = chains.get(phone) ?? [];
    const wording = { ...statement.wording, hash: await sha256(statement.wording.text) };
    const sequence = chain.length + 1;
    const hash = await sha256(
      JSON.stringify({ ...statement, wording, sequence, previous: chain.at(-1)?.hash }),
    );
    const record = { ...statement, wording, sequence, hash, signature: `stand-in.${hash}`, keyId: "memory" };
    chains.set(phone, [...chain, record]);
    return record;
  };

  const note = (
    key: string,
    records: readonly ReceiptRecord[],
    more: Pick<HeldConsent, "branchName" | "method" | "receiptId">,
  ): void => {
    const noted = records.map(({ purpose, state, at, wording, sequence }) => ({
      purpose,
      state,
      at,
      wording,
      sequence,
      ...more,
    }));
    told.set(key, [...(told.get(key) ?? []), ...noted]);
  };

  const tie = (key: string, device: DeviceToken, at: number, lastBranchName: string | null): void => {
    devices.push(device);
    const own = signedIn.get(key) ?? new Map<DeviceToken, HeldInLedger["devices"][number]>();
    const firstSignInAt = own.get(device)?.firstSignInAt ?? at;
    own.set(device, { device, firstSignInAt, lastSignInAt: at, lastBranchName });
    signedIn.set(key, own);
  };

  const standing = (phone: string): StandingGrant[] =>
    PURPOSES.flatMap((purpose) => {
      const answers = (chains.get(phone) ?? []).filter((record) => record.purpose === purpose);
      const end = Math.max(...answers.filter(({ state }) => state === "withdrawn").map(({ at }) => at));
      const since = Math.min(
        ...answers.filter(({ state, at }) => state === "granted" && at > end).map(({ at }) => at),
      );
      return Number.isFinite(since) ? [{ purpose, since }] : [];
    });

  return {
    devices: () => devices,
    hold: (wanted) => void (held = wanted),
    held: (person) => {
      const key = personKey(person);
      const records = told.get(key) ?? [];
      const [oldest, newest] = [records[0], records.at(-1)];
      const kind = person.kind === "phone" ? "phone" : `zalo_app:${person.appId}`;
      const value = person.kind === "phone" ? person.phone : person.userId;
      return {
        identifier: oldest && newest ? { kind, value, firstSeenAt: oldest.at, lastSeenAt: newest.at } : null,
        records,
        devices: [...(signedIn.get(key)?.values() ?? [])],
      };
    },
    forget: (person) => {
      const key = personKey(person);
      for (const { receiptId } of told.get(key) ?? []) receipts.delete(receiptId);
      for (const map of [told, signedIn, chains]) map.delete(key);
    },
    receipts: { find: async (id) => receipts.get(id) ?? null },
    ledger: {
      standing: async (person) => standing(personKey(person)),
      commit: (signIn) =>
        alone(async () => {
          if (held) return { kind: "retry", afterMs: 5_000 };
          const before = receiptOfSignIn.get(signIn.id);
          if (before !== undefined) return { kind: "committed", receiptId: before };
          const gateway = gateways.find(({ id }) => id === signIn.gatewayId);
          if (gateway === undefined) throw new Error("The sign-in names a gateway that does not exist");
          const receiptId = randomText();
          receiptOfSignIn.set(signIn.id, receiptId);
          const records: ReceiptRecord[] = [];
          for (const choice of signIn.choices) {
            records.push(await append(personKey(signIn.person), { ...choice, at: signIn.now }));
          }
          const { proof } = signIn;
          receipts.set(receiptId, {
            id: receiptId,
            gateway,
            maskedPerson: maskPerson(signIn.person),
            proof,
            records,
          });
          const recognised = standing(personKey(signIn.person)).some(
            ({ purpose }) => purpose === "visit_recognition",
          );
          note(personKey(signIn.person), records, {
            branchName: gateway.branchName,
            method: "portal_form",
            receiptId,
          });
          if (recognised && signIn.device !== null)
            tie(personKey(signIn.person), signIn.device, signIn.now, gateway.branchName);
          return { kind: "committed", receiptId };
        }),
      claim: ({ person, device, branchId, at }) =>
        alone(async () => {
          if (held) return { kind: "retry", afterMs: 5_000 };
          const recognised = standing(personKey(person)).some(
            ({ purpose }) => purpose === "visit_recognition",
          );
          const branch = gateways.find((gateway) => gateway.branchId === branchId)?.branchName ?? null;
          if (recognised && !devices.includes(device)) tie(personKey(person), device, at, branch);
          return { kind: "claimed" };
        }),
      withdraw: ({ id, person, purpose, wording, gatewayId, proof, now }) =>
        alone(async () => {
          if (held) return { kind: "retry", afterMs: 5_000 };
          if (!withdrawn.has(id)) {
            withdrawn.add(id);
            const answered = (chains.get(personKey(person)) ?? []).map(({ at }) => at);
            const record = await append(personKey(person), {
              purpose,
              state: "withdrawn",
              at: Math.max(now, ...answered),
              wording,
              toldSensitive: false,
            });
            note(personKey(person), [record], {
              branchName: gateways.find((gateway) => gateway.id === gatewayId)?.branchName ?? null,
              method: proof.kind === "request" ? "request" : "portal_withdrawal",
              receiptId: id,
            });
          }
          return { kind: "withdrawn" };
        }),
    },
  };
};

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
