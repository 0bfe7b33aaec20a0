// A lead as Meta's Graph API answers with it: what somebody wrote into the form of an advert. Answers to a shop's own
// questions are not kept; phone, e-mail and name are.

import { z } from "zod";
import { TOLD_PARSERS } from "../../schema/told-parsers.ts";
import { readCustomer } from "../core/intake/read-customer.ts";
import { NOTHING_SAID, type Said } from "../core/intake/said.ts";
import type { Account, Translation } from "./connector.ts";
import { plainEvent } from "./other-event.ts";

const Short = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(200));
const Lead = z.looseObject({
  ad_id: Short.optional().catch(undefined),
  form_id: Short.optional().catch(undefined),
  campaign_id: Short.optional().catch(undefined),
  created_time: z.string().max(40).optional().catch(undefined),
  field_data: z
    .array(z.looseObject({ name: z.string().max(200), values: z.array(Short).max(20).catch([]) }))
    .max(100)
    .catch([]),
});

const timeOf = (text: string | undefined, toldAt: number): number => {
  // `+0000` is what Meta writes; RFC 3339 has a colon in it.
  const at = Date.parse((text ?? "").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return at >= 0 ? Math.min(at, toldAt) : toldAt;
};

/** `answer`: undefined where there is no such lead any more: that somebody sent one is kept, and tells of nobody. */
export const readLead = (
  id: string,
  answer: unknown,
  toldAt: number,
  { source }: Account,
): { readonly said: Said; readonly left: Translation["left"] } => {
  const parsed = Lead.safeParse(answer);
  const plain = plainEvent("form", "leadgen", "facebook");
  const messageId = `leadgen/${id}`;
  if (!parsed.success) return { said: { ...NOTHING_SAID, messageId, at: toldAt, event: plain }, left: [] };
  const lead = parsed.data;
  const field = (...names: readonly string[]): string | undefined =>
    lead.field_data.find(({ name }) => names.includes(name.toLowerCase()))?.values[0];
  const joined = [field("first_name"), field("last_name")].filter((part) => part !== undefined).join(" ");
  const { identifiers, traits, left } = readCustomer(
    {
      phone: field("phone_number", "phone"),
      email: field("email"),
      name: field("full_name", "name") ?? (joined === "" ? undefined : joined),
      gender: field("gender"),
    },
    source,
    TOLD_PARSERS,
  );
  const details = {
    ...(lead.ad_id === undefined ? {} : { adId: lead.ad_id }),
    ...(lead.form_id === undefined ? {} : { formId: lead.form_id }),
  };
  return {
    left,
    said: {
      ...NOTHING_SAID,
      messageId,
      at: timeOf(lead.created_time, toldAt),
      identifiers: identifiers.map((one) => ({ ...one, proven: false, userInitiated: true })),
      edges: identifiers.slice(1).map((_, place) => ({ a: 0, b: place + 1, trust: 2 as const })),
      traits: identifiers.length === 0 ? [] : traits.map((trait) => ({ ...trait, proven: false })),
      event: {
        ...plain,
        subject: identifiers.length === 0 ? null : 0,
        campaign: {
          source: "facebook",
          medium: "lead_ads",
          ...(lead.campaign_id === undefined ? {} : { name: lead.campaign_id }),
        },
        details: Object.keys(details).length === 0 ? null : details,
      },
    },
  };
};
