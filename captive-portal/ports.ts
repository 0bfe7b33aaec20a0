// What the portal needs from whoever mounts it, named by guarantee. Plain data in, tagged unions out; a throw means
// broken infrastructure and becomes a 503 page. `ports-contract.ts` is the executable form of what is promised here.

import type { ConsentState, Purpose } from "../schema/consent.ts";
import type { BranchId, DeviceToken, GatewayId } from "../schema/ids.ts";
import type { PhoneNumber } from "../schema/phone.ts";
import type { Brand, PortalGateway } from "./brand.ts";
import type { OwnSessions } from "./own/session.ts";
import type { GatewayLink } from "./gateways/gateway.ts";
import type { Language } from "./language.ts";
import type { AccessGrants } from "./access.ts";
import type { Person, Proof, RequestProof } from "./person.ts";
import type { PortalRefusal } from "./refusals.ts";
import type { Rights } from "./rights.ts";
import type { SentBy } from "./sent-by.ts";
import type { Choice, PortalSession, WordingShown } from "./session.ts";
import type { LoginStates, ZaloLogin } from "./zalo/ports.ts";

/** Unknown and closed gateways are null. Ids are unguessable, so an answer may be cached. */
export interface KnownGateways {
  find(id: string): Promise<PortalGateway | null>;
  /** The brand where no store is concerned. */
  home(): Promise<{ readonly brand: Brand; readonly timezone: string }>;
}

/** The same token as an agent of the same deployment makes; the MAC (12 lower-case hex digits) is not kept. */
export interface DeviceTokens {
  tokenOf(mac: string): Promise<DeviceToken>;
}

export interface NewSession {
  readonly gatewayId: GatewayId;
  readonly branchId: BranchId;
  readonly device: DeviceToken | null;
  readonly link: GatewayLink;
  readonly clientKey: string | null;
  readonly alreadyOn: boolean;
  readonly vouched: boolean;
  readonly returning: boolean;
  readonly language: Language;
  readonly shown: string;
  readonly now: number;
}

/** Addresses and form tokens carry 128 random bits or more. Sealed at rest; gone 2 h after opening. */
export interface ShortSessions {
  open(session: NewSession): Promise<PortalSession>;
  /** Null for what never was, has expired at `now` or belongs to another gateway. */
  find(id: string, at: { gatewayId: GatewayId; now: number }): Promise<PortalSession | null>;
  /** Stores `session` if its revision is still the stored one, and counts the revision up. */
  save(session: PortalSession): Promise<"saved" | "conflict">;
}

export interface CodeAsk {
  readonly phone: PhoneNumber;
  readonly device: DeviceToken | null;
  readonly sessionId: string;
  /** Null on the shopper's own page, which has a cap of its own. */
  readonly branchId: BranchId | null;
  readonly now: number;
}

export type CodeIssue =
  | { readonly kind: "send"; readonly code: string; readonly messageId: string; readonly expiresAt: number }
  | { readonly kind: "pending"; readonly expiresAt: number; readonly by: SentBy | null }
  | { readonly kind: "limited"; readonly by: "phone" | "device" | "branch"; readonly retryAt: number };

export type CodeVerdict =
  | { readonly kind: "right"; readonly messageId: string }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "expired" | "used" | "too_many" | "none" };

/** `resume` is content with a code that can still be typed; `by_sms` need not wait 30 s after a code that went by Zalo. */
export type SendIntent = "resume" | "again" | "by_sms";

/**
 * Codes belong to (phone, device), or to (phone, session) where there is no device. Limits as in design section 8;
 * answers do not depend on whether the phone is known. After `by_sms` the code that went by Zalo stays good beside the
 * new one; the two share their attempts.
 */
export interface LimitedCodes {
  issue(ask: CodeAsk & { readonly intent: SendIntent }): Promise<CodeIssue>;
  /** A provider took the message over. */
  noteWay(ask: CodeAsk & { readonly messageId: string; readonly by: SentBy }): Promise<void>;
  /** The message did not leave: the code is void and counts in the phone's limits no more. */
  forget(ask: CodeAsk & { readonly messageId: string }): Promise<void>;
  /** Counts the attempt before comparing. The session that was right may repeat itself until the code expires. */
  verify(ask: CodeAsk & { readonly code: string }): Promise<CodeVerdict>;
}

export interface CodeMessage {
  readonly messageId: string;
  readonly phone: PhoneNumber;
  readonly code: string;
  readonly language: Language;
  readonly expiresAt: number;
  /** `sms`: the shopper wants it by SMS. A sender that cannot choose ignores it. */
  readonly via: "any" | "sms";
  readonly now: number;
}

export type SendOutcome =
  | { readonly kind: "done"; readonly localCode: string | null; readonly by: SentBy }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly reason: string };

/** `done` means that a provider has taken it over. A `local` sender shows codes and exists in local mode only. */
export interface CodeSender {
  readonly reach: "local" | "remote";
  /** Whether a code that went by Zalo could go by SMS instead. */
  readonly canSms: boolean;
  sendCode(message: CodeMessage): Promise<SendOutcome>;
}

/** What was proven and chosen, with its id made beforehand: the proof's. */
export interface SignIn {
  readonly id: string;
  readonly person: Person;
  readonly device: DeviceToken | null;
  readonly gatewayId: GatewayId;
  readonly branchId: BranchId;
  readonly choices: readonly Choice[];
  readonly proof: Proof;
  readonly now: number;
}

export interface DeviceClaim {
  readonly person: Person;
  readonly device: DeviceToken;
  readonly branchId: BranchId;
  /** When the person was proven. */
  readonly at: number;
  readonly now: number;
}

export interface StandingGrant {
  readonly purpose: Purpose;
  readonly since: number;
}

export type Committed =
  | { readonly kind: "committed"; readonly receiptId: string }
  | { readonly kind: "retry"; readonly afterMs: number };

export interface Withdrawal {
  /** Made beforehand from the session, purpose and grant, so that a repeat withdraws once. */
  readonly id: string;
  readonly person: Person;
  readonly purpose: Purpose;
  readonly wording: WordingShown;
  /** Null on the shopper's own page, which belongs to no store. */
  readonly gatewayId: GatewayId | null;
  readonly branchId: BranchId | null;
  readonly proof: Proof | RequestProof;
  readonly now: number;
}

/**
 * One atomic batch a call, committed before it answers: consent records, evidence and, only if visit recognition
 * stands after these choices, the sign-in of the device. A repeat by id changes nothing and answers the same.
 */
export interface SignInLedger {
  commit(signIn: SignIn): Promise<Committed>;
  /**
   * Ties the device to a person who was proven at `at`, once the gateway vouched for it; only if visit recognition
   * stands. A repeat changes nothing.
   */
  claim(claim: DeviceClaim): Promise<{ kind: "claimed" } | { kind: "retry"; afterMs: number }>;
  /** In the order of `PURPOSES`. A refusal never removes one; only a withdrawal does. */
  standing(person: Person, now: number): Promise<readonly StandingGrant[]>;
  withdraw(withdrawal: Withdrawal): Promise<{ kind: "withdrawn" } | { kind: "retry"; afterMs: number }>;
}

export interface ReceiptRecord {
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly at: number;
  readonly wording: WordingShown & { readonly hash: string };
  readonly toldSensitive: boolean;
  readonly sequence: number;
  readonly hash: string;
  readonly signature: string;
  readonly keyId: string;
}

export interface Receipt {
  readonly id: string;
  /** `branchName` null: answered on the shopper's own page. */
  readonly gateway: Pick<PortalGateway, "brand" | "timezone"> & { readonly branchName: string | null };
  /** As `maskPerson` writes it. */
  readonly maskedPerson: string;
  readonly proof: Proof | RequestProof;
  readonly records: readonly ReceiptRecord[];
}

/** Receipts are found by an unguessable id alone and never show a whole phone. */
export interface Receipts {
  find(id: string): Promise<Receipt | null>;
}

/** Devices that were let on before. It says yes or no and never whose. */
export interface ReturningDevices {
  /**
   * True if the device's latest sign-in is at most `withinMs` old, its owner's permission to be recognised stands and
   * the device is not excluded.
   */
  isReturning(device: DeviceToken, at: { now: number; withinMs: number }): Promise<boolean>;
}

export interface CounterCode {
  readonly url: string;
  readonly expiresAt: number;
}

/**
 * Codes with which staff open the profile of whoever shows them: 128 random bits, one use, 2 min. Null: five of this
 * person stand already.
 */
export interface CounterCodes {
  issue(person: Person, at: { readonly origin: string; readonly now: number }): Promise<CounterCode | null>;
}

/** Counters an operator can read. Must not throw and need not be awaited. */
export interface RefusalCounters {
  count(reason: PortalRefusal, gatewayId: GatewayId | null): void;
}

export interface PortalPorts {
  readonly gateways: KnownGateways;
  readonly devices: DeviceTokens;
  readonly sessions: ShortSessions;
  readonly own: OwnSessions;
  readonly codes: LimitedCodes;
  readonly sender: CodeSender;
  readonly ledger: SignInLedger;
  readonly receipts: Receipts;
  readonly returning: ReturningDevices;
  readonly access: AccessGrants;
  /** Null where no app of Zalo is configured. */
  readonly zalo: ZaloLogin | null;
  readonly logins: LoginStates;
  readonly rights: Rights;
  readonly counter: CounterCodes;
  readonly refusals: RefusalCounters;
}
