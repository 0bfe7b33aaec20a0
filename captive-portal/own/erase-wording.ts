// The words beside the erase button, as they are recorded with the withdrawal of each standing purpose.

import type { Brand } from "../brand.ts";
import { copyFor } from "../copy/copy.ts";
import type { Language } from "../language.ts";
import type { WordingShown } from "../session.ts";

const VERSION = "2026-2";

export const eraseWording = ({ controller }: Brand, language: Language): WordingShown => ({
  id: "erasure",
  version: VERSION,
  language,
  text: copyFor(language).own.eraseWording(`${controller.name} (${controller.contact})`),
});
