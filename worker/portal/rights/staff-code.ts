// How a staff code is known: by its hash, whatever case and hyphens it is typed with.

import { createHash } from "node:crypto";

export const staffCodeHash = (typed: string): string =>
  createHash("sha256")
    .update(`quen-staff/${typed.toLowerCase().replaceAll(/[^0-9a-z]/g, "")}`)
    .digest("base64url");
