// A typed code, judged and counted: what it proves, or what to tell the shopper.

import { copyFor } from "./copy/copy.ts";
import type { PortalOptions } from "./options.ts";
import { readCode } from "./read-code.ts";
import type { CodeAsking } from "./start-code.ts";

export type CodeJudged =
  | { readonly kind: "right"; readonly messageId: string }
  | { readonly kind: "refused"; readonly text: string };

export const judgeCode = async (
  { ports }: PortalOptions,
  { ask, language, gatewayId }: CodeAsking,
  form: URLSearchParams,
): Promise<CodeJudged> => {
  const words = copyFor(language).code;
  const code = readCode(form);
  const verdict = code === null ? MALFORMED : await ports.codes.verify({ ...ask, code });
  switch (verdict.kind) {
    case "right":
      return verdict;
    case "wrong":
      if (verdict.attemptsLeft > 0) {
        ports.refusals.count("code_wrong", gatewayId);
        return { kind: "refused", text: words.wrong(verdict.attemptsLeft) };
      }
      ports.refusals.count("code_too_many", gatewayId);
      return { kind: "refused", text: words.trouble.too_many };
    case "malformed":
    case "expired":
    case "used":
    case "too_many":
    case "none":
      ports.refusals.count(`code_${verdict.kind}`, gatewayId);
      return { kind: "refused", text: words.trouble[verdict.kind] };
  }
};

const MALFORMED = { kind: "malformed" } as const;
