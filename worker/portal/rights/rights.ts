// A person's rights over what the Worker holds (guarantees: captive-portal/rights.ts). Each is a file of this folder.

import { localEmail } from "../../../captive-portal/senders/email-local.ts";
import { emailWebhook } from "../../../captive-portal/senders/email-webhook.ts";
import type { EmailSender, Rights } from "../../../captive-portal/rights.ts";
import type { Settings } from "../../env.ts";
import { findCertificate } from "../../store/certificates.ts";
import { excludeStaff, optIn, optOut } from "./counting.ts";
import { correct, verifyEmail } from "./details.ts";
import { certificateOf, erase } from "./erase.ts";
import { join } from "./join.ts";
import { askPerson, fulfilled } from "./own-request.ts";
import type { RightsParts } from "./parts.ts";
import { copy, view } from "./view.ts";

/** Null where nobody sends e-mails: then none is asked for. */
export const emailsOf = ({
  QUEN_MODE,
  EMAIL_WEBHOOK_URL,
  EMAIL_WEBHOOK_SECRET,
}: Settings): EmailSender | null => {
  if (EMAIL_WEBHOOK_URL !== undefined && EMAIL_WEBHOOK_SECRET !== undefined)
    return emailWebhook({
      url: EMAIL_WEBHOOK_URL,
      secret: EMAIL_WEBHOOK_SECRET,
      fetch: async (request) => fetch(request),
    });
  return QUEN_MODE === "local" ? localEmail((sentence, fields) => console.log(sentence, fields)) : null;
};

export const rightsOf = (parts: RightsParts): Rights => ({
  verifiesEmail: parts.emails !== null,
  view: view(parts),
  copy: copy(parts),
  correct: correct(parts),
  verifyEmail: verifyEmail(parts),
  request: askPerson(parts),
  fulfilled: fulfilled(parts),
  optOut: optOut(parts),
  join: join(parts),
  optIn: optIn(parts),
  erase: (person, ask) => erase(parts, person, ask),
  certificate: async (id) => {
    const row = await findCertificate(parts.db, id);
    return row === null ? null : certificateOf(row);
  },
  excludeStaff: excludeStaff(parts),
});
