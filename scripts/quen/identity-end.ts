// An identifier or a profile as it is typed on the command line: `pr_…`, or `commerce/customer:pos=KH001`.

import type { IdentityEnd } from "../../schema/wire/identity.ts";

export const END_HELP = "a profile's id, or REALM/KIND=VALUE (commerce/phone=0912345678)";

export const parseEnd = (text: string): IdentityEnd => {
  if (/^pr_[0-9a-f]{32}$/.test(text)) return { profileId: text };
  const [, realm, kind, value] = /^(store|commerce)\/([^=]+)=(.+)$/s.exec(text) ?? [];
  if ((realm !== "store" && realm !== "commerce") || kind === undefined || value === undefined)
    throw new Error(`"${text}" is neither a profile's id (pr_…) nor REALM/KIND=VALUE.`);
  return { realm, kind, value };
};
