// What branch objects must know of devices and owners, in the order in which it was committed (`seq`).

import type { BranchId, DeviceToken, SubjectKey } from "../../../schema/ids.ts";

export type DeviceFact =
  | {
      seq: number;
      kind: "sign_in";
      device: DeviceToken;
      subject: SubjectKey | null;
      branchId: BranchId;
      at: number;
    }
  | { seq: number; kind: "permission"; subject: SubjectKey; at: number; state: "granted" | "withdrawn" }
  | { seq: number; kind: "exclusion"; device: DeviceToken; at: number; state: "on" | "off" }
  /** A person was erased at `at`: the facts `seqs` were theirs, and what a device of theirs did until then stays out. */
  | { seq: number; kind: "erasure"; device: DeviceToken | null; at: number; seqs: readonly number[] };
