// A posted form of the counter: at most a few short fields.

import { readForm } from "../read-form.ts";

const MOST_BYTES = 2_048;

export const readCounterForm = (request: Request): Promise<URLSearchParams | null> =>
  readForm(request, MOST_BYTES);
