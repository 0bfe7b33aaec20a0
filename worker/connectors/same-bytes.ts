// Whether two bytes or texts are the same, without telling by time where they differ. Of another length they are not the
// same; a signature's length is no secret.

import { timingSafeEqual } from "node:crypto";

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && timingSafeEqual(a, b);
