// Mails nothing: writes the link to the log and hands it to the page. Exists in local mode only.

import type { EmailSender } from "../rights.ts";

export const localEmail = (
  log: (sentence: string, fields: Readonly<Record<string, string>>) => void,
): EmailSender => ({
  reach: "local",
  sendLink: async ({ url, messageId }) => {
    log("A link that verifies an e-mail was made in local mode and sent to nobody", { url, messageId });
    return { kind: "done", localLink: url };
  },
});
