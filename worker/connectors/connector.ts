// What a channel's file must give (docs/add-a-channel.md): how its webhooks are proven and what they say. A connector is
// pure: the raw body, the headers and the account go in, words come out; worker/http/channels/hooks.ts does the rest.

import type { SourceId } from "../../schema/ids.ts";
import type { ConnectorId, SecretPurpose } from "../../schema/sources.ts";
import type { Said } from "../core/intake/said.ts";

/** A webhook as it came: nothing of it is trusted before `verify` says so. */
export interface Delivery {
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
}

/** Something of a delivery that was not used, and why; counted as `hook_…`. */
export interface HookDrop {
  readonly reason: "unreadable" | "no_identifier" | "not_ours";
  readonly detail: string;
}

export interface Translation {
  readonly said: readonly Said[];
  /** Whom the vendor says to erase: a request is opened for each. */
  readonly erase: readonly { readonly kind: string; readonly value: string }[];
  readonly drops: readonly HookDrop[];
}

export interface Connector {
  readonly id: ConnectorId;
  readonly settings: readonly Setting[];
  /** For what it needs secrets; `signing` is tried with each that is valid. */
  readonly secrets: readonly SecretPurpose[];
  /** Over the raw body and in constant time. */
  verify(delivery: Delivery, secret: string, account: Account): boolean;
  /** When the vendor signed it, epoch ms, of a proven payload; null where the vendor signs no time. */
  signedAt(payload: unknown, delivery: Delivery): number | null;
  /** How old a signed time may be; at least as long as the vendor tries again. */
  readonly replayWindowMs: number;
  /** `payload`: the body by worker/connectors/read-json.ts. Never throws on what is strange: it says what it left out. */
  translate(payload: unknown, account: Account, delivery: Delivery, now: number): Translation;
  /** What the vendor takes as taken. */
  readonly taken: { readonly status: 200 | 204; readonly body: string };
  /** A `GET` by which the vendor asks whose address it is; null: not answered. */
  handshake?(query: URLSearchParams, secrets: readonly string[]): string | null;
}

export const NOTHING_TOLD: Translation = { said: [], erase: [], drops: [] };
