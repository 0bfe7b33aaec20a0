// Every channel that Quen has a connector for: a new one is its file and its line here.

import type { Connector } from "./connector.ts";
import { pos } from "./pos.ts";

export const connectors: readonly Connector[] = [pos];
