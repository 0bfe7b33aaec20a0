// Whom an event of a Zalo Official Account names: the same person has one id for the account and one for the app, and the
// account is now the sender and now the recipient.

import { z } from "zod";
import type { Account } from "./connector.ts";

export interface ZaloPeople {
  /** For the account. */
  readonly user: string | null;
  /** For the app; `id` of Zalo Login and of the Mini App. */
  readonly appUser: string | null;
  /** `zalo_oa:…` first, then `zalo_app:…`, as far as they are there. */
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
}

const Id = z
  .union([z.string(), z.number().int().nonnegative().transform(String)])
  .transform((text) => (/^\d{1,30}$/.test(text) ? text : null))
  .nullish()
  .catch(null);
const Side = z.looseObject({ id: Id }).nullish().catch(null);
const Sides = z.looseObject({
  app_id: Id,
  oa_id: Id,
  user_id: Id,
  user_id_by_app: Id,
  sender: Side,
  recipient: Side,
  follower: Side,
});

/** Null where the event is of another account or app than the settings name. */
export const peopleOf = (payload: unknown, { settings }: Account): ZaloPeople | null => {
  const parsed = Sides.safeParse(payload);
  if (!parsed.success) return null;
  const { app_id: app, oa_id: oa, user_id: named, user_id_by_app: appUser, follower } = parsed.data;
  const [oaId = "", appId = ""] = [settings["oaId"], settings["appId"]];
  const ends = [parsed.data.sender?.id, parsed.data.recipient?.id].filter((id) => typeof id === "string");
  const foreign = oa ? oa !== oaId : ends.length === 2 && !ends.includes(oaId);
  if ((app && app !== appId) || foreign) return null;
  const user = follower?.id ?? named ?? ends.find((id) => id !== oaId) ?? null;
  return {
    user,
    appUser: appUser ?? null,
    identifiers: [
      ...(user ? [{ kind: `zalo_oa:${oaId}`, value: user }] : []),
      ...(appUser ? [{ kind: `zalo_app:${appId}`, value: appUser }] : []),
    ],
  };
};
