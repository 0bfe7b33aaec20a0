// What the shared suite (worker/test/connectors.test.ts) must know of a connector. Bodies are made of the golden payloads,
// with an id, a time and, where an account has its own, ids of the account put in.

import type { ConnectorId } from "../../../schema/sources.ts";

export interface Signing {
  readonly body: string;
  readonly secret: string;
  /** Epoch ms. */
  readonly at: number;
  /** The address as the vendor knows it. */
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A webhook as the vendor sends it; `body`: where the secret is a part of it. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What must be in the database in the end. */
export type Shown =
  | { readonly in: "events"; readonly messageId: string; readonly type: string; readonly name: string }
  | { readonly in: "orders"; readonly book: string; readonly orderId: string }
  | { readonly in: "identifiers"; readonly kind: string; readonly value: string };

/** A body, and what comes of it. */
export interface Told {
  readonly body: string;
  readonly shown: readonly Shown[];
}

export interface ConnectorCase {
  readonly connector: ConnectorId;
  readonly settings: Readonly<Record<string, string>>;
  readonly branches?: Readonly<Record<string, string>>;
  /** A secret as the vendor makes them; another number, another secret. */
  readonly secret: (number: number) => string;
  readonly sign: (signing: Signing) => Sent;
  /** Whether a changed body is noticed: false where a vendor only sends a token. */
  readonly signsBody: boolean;
  /** Whether the time is signed, so that an old webhook is refused. */
  readonly signsTime: boolean;
  readonly status: 200 | 204;
  /** What a vendor tells every day: it names a person. `source`: the order book unless another one is set. */
  readonly everyday: (id: string, at: number, source: string) => Told;
  /** An event that the connector has no meaning for: an event of the type `other`. */
  readonly unknown: (id: string, at: number, source: string) => Told;
  /** The same as `everyday`, with an id written as a number greater than 2^53. */
  readonly large: (id: string, at: number, source: string) => Told;
  /** `everyday` with this much text in it that means nothing; absent: a first field of its JSON object. */
  readonly padded?: (body: string, text: string) => string;
}
