// What a channel's file must give (docs/add-a-channel.md): how its webhooks are proven and what they say. A connector is
// pure: the raw body, the headers and the account go in, words come out; worker/http/channels/hooks.ts does the rest.

import type { SourceId } from "../../schema/ids.ts";
import type { ToldDrop } from "../../schema/reasons.ts";
import type { HookDropReason } from "../../schema/reasons-hooks.ts";
import type { ConnectorId, SecretPurpose } from "../../schema/sources.ts";
import type { Said } from "../core/intake/said.ts";

/** A webhook as it came: nothing of it is trusted before `verify` says so. */
export interface Delivery {
  /** What was signed: a body that came as gzip is unpacked. */
  readonly raw: Uint8Array;
  readonly headers: Headers;
  /** The address as the vendor knows it, without its query. */
  readonly url: string;
}

/** The account at the vendor, from the source's configuration. */
export interface Account {
  readonly source: SourceId;
  /** Every setting that the connector asks for is there. */
  readonly settings: Readonly<Record<string, string>>;
  /** Our branch by the vendor's id of it; null where none is mapped. */
  readonly branchOf: (vendorId: string) => string | null;
  /** Whose numbering the order ids are of. */
  readonly orderBook: string;
}

export interface Setting {
  readonly name: string;
  /** For `--help` and the docs. */
  readonly about: string;
  readonly required: boolean;
  /** What a value must match; absent: anything. */
  readonly pattern?: RegExp;
}

/** Something of a delivery that was not used, and why; counted as `hook_…`. */
export interface HookDrop {
  readonly reason: HookDropReason;
  /** For the log: names of fields and events, never their values. */
  readonly detail: string;
}

export interface Translation {
  readonly said: readonly Said[];
  /**
   * Whom the vendor says to erase, by each of their names: what has one `messageId` is one person, and a request is opened
   * for each profile of theirs. A repeat has the same.
   */
  readonly erase: readonly { readonly messageId: string; readonly kind: string; readonly value: string }[];
  readonly drops: readonly HookDrop[];
  /** Fields that say nothing of anybody (as read-customer.ts has them), the rest being used; counted as `told_…`. */
  readonly left: readonly { readonly field: string; readonly reason: ToldDrop }[];
}

/** What a webhook only names, and the vendor's API must be asked for before it is taken. */
export interface Ask {
  /** By which `translate` finds the answer. */
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `retry`: nothing is taken and the vendor sends the webhook again. `refused`: there is no such thing (any more). */
export type AskOutcome = "done" | "retry" | "refused";

export interface LookUp {
  /** `access`: a secret of that purpose. Pure. */
  asks(payload: unknown, account: Account, access: string, now: number): readonly Ask[];
  outcome(status: number, json: unknown): AskOutcome;
}

/** The JSON of each ask that was done, by its id. */
export type Answers = ReadonlyMap<string, unknown>;

export interface Connector {
  readonly id: ConnectorId;
  /** Where its events happen: `zalo_oa`, `pos`, … */
  readonly channel: string;
  readonly settings: readonly Setting[];
  /** For what it needs secrets; `signing` is tried with each that is valid. */
  readonly secrets: readonly SecretPurpose[];
  /** Who makes up the signing secret; of ours one is made where none is given, and shown once. */
  readonly secretFrom: "vendor" | "us";
  /** What a given signing secret must look like; absent: anything. One made here is as Standard Webhooks writes it. */
  readonly secretPattern?: RegExp;
  /** Over the raw body and in constant time: worker/connectors/hmac.ts and same-bytes.ts. Never throws. */
  verify(delivery: Delivery, secret: string, account: Account): boolean;
  /** When the vendor signed it, epoch ms, of a proven payload; null where the vendor signs no time. */
  signedAt(payload: unknown, delivery: Delivery): number | null;
  /** How old a signed time may be; at least as long as the vendor tries again. */
  readonly replayWindowMs: number;
  /** `payload`: the body by worker/connectors/read-json.ts. Never throws on what is strange: it says what it left out. */
  translate(
    payload: unknown,
    account: Account,
    delivery: Delivery,
    now: number,
    answers: Answers,
  ): Translation;
  /** Where a webhook only names what it is about. */
  readonly lookUp?: LookUp;
  /** Whether a page of the channel tells its visitor's choice beside the webhooks, which carry none. */
  readonly carriesConsent?: boolean;
  /** What the vendor takes as taken. */
  readonly taken: { readonly status: 200 | 204; readonly body: string };
  /** Whether the vendor tries the address with an empty and unsigned body; that is answered as taken. */
  readonly probesEmpty?: boolean;
  /** A `GET` by which the vendor asks whose address it is, by the `verify` secrets; null: a wrong one. */
  handshake?(query: URLSearchParams, secrets: readonly string[]): string | null;
}

export const NOTHING_TOLD: Translation = { said: [], erase: [], drops: [], left: [] };
