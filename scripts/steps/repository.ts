// Where the repository is, whatever folder a command was started in.

import { dirname } from "node:path";

export const ROOT = dirname(dirname(import.meta.dirname));
