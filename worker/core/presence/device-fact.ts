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
  | { seq: number; kind: "exclusion"; device: DeviceToken; at: number; state: "on" | "off" };
