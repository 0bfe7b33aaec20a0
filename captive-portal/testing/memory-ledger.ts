// Consent records, sign-ins and receipts in arrays, committed in one step as ports.ts promises.

import { PURPOSES } from "../../schema/consent.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import { type Person, maskPerson } from "../person.ts";
import type { Receipt, ReceiptRecord, Receipts, SignInLedger, StandingGrant } from "../ports.ts";
import { randomText } from "./memory-sessions.ts";

export interface MemoryLedger {
  readonly ledger: SignInLedger;
  readonly receipts: Receipts;
  readonly devices: () => readonly DeviceToken[];
  readonly hold: (held: boolean) => void;
}

type Statement = Omit<ReceiptRecord, "sequence" | "hash" | "signature" | "keyId" | "wording"> & {
  readonly wording: Omit<ReceiptRecord["wording"], "hash">;
};

export const memoryLedger = (gateways: readonly PortalGateway[]): MemoryLedger => {
  const chains = new Map<string, ReceiptRecord[]>();
  const receipts = new Map<string, Receipt>();
  const receiptOfSignIn = new Map<string, string>();
  const withdrawn = new Set<string>();
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
    receipts: { find: async (id) => receipts.get(id) ?? null },
    ledger: {
      standing: async (person) => standing(keyOf(person)),
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
            records.push(await append(keyOf(signIn.person), { ...choice, at: signIn.now }));
          }
          const { proof } = signIn;
          receipts.set(receiptId, {
            id: receiptId,
            gateway,
            maskedPerson: maskPerson(signIn.person),
            proof,
            records,
          });
          const recognised = standing(keyOf(signIn.person)).some(
            ({ purpose }) => purpose === "visit_recognition",
          );
          if (recognised && signIn.device !== null) devices.push(signIn.device);
          return { kind: "committed", receiptId };
        }),
      claim: ({ person, device }) =>
        alone(async () => {
          if (held) return { kind: "retry", afterMs: 5_000 };
          const recognised = standing(keyOf(person)).some(({ purpose }) => purpose === "visit_recognition");
          if (recognised && !devices.includes(device)) devices.push(device);
          return { kind: "claimed" };
        }),
      withdraw: ({ id, person, purpose, wording, now }) =>
        alone(async () => {
          if (held) return { kind: "retry", afterMs: 5_000 };
          if (!withdrawn.has(id)) {
            withdrawn.add(id);
            await append(keyOf(person), {
              purpose,
              state: "withdrawn",
              at: now,
              wording,
              toldSensitive: false,
            });
          }
          return { kind: "withdrawn" };
        }),
    },
  };
};

const keyOf = (person: Person): string =>
  person.kind === "phone" ? person.phone : `${person.appId}/${person.userId}`;

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
