// Sends nothing: writes the code to the log and hands it to the page. Exists in local mode only; `createPortal` refuses
// it in any other.

import { maskPhone } from "../../schema/phone.ts";
import type { CodeSender } from "../ports.ts";

export const localSender = (
  log: (sentence: string, fields: Readonly<Record<string, string>>) => void,
): CodeSender => ({
  reach: "local",
  canSms: false,
  sendCode: async ({ phone, code, messageId }) => {
    log("A one-time code was made in local mode and sent to nobody", {
      code,
      phone: maskPhone(phone),
      messageId,
    });
    return { kind: "done", localCode: code, by: "other" };
  },
});
