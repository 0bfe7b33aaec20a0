// The Worker's options from wrangler.toml, the one place where bindings are named, with what a local run adds.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import type { RuntimeOptions } from "./types.ts";

export type NamedWorker = V4WorkerOptions & { name: string };

export const WORKER_NAME = "quen";

type ModuleType = "ESModule" | "CompiledWasm" | "Text" | "Data";
const MODULE_TYPES: Record<string, ModuleType> = {
  ".js": "ESModule",
  ".mjs": "ESModule",
  ".wasm": "CompiledWasm",
  ".txt": "Text",
  ".html": "Text",
  ".sql": "Text",
  ".bin": "Data",
};

/** The Worker under a second name. Calls to `default` pass the asset router, which has no `queue()`. */
export const DIRECT_ENTRYPOINT = "Direct";
const ENTRY = `export * from "./index.js";
export { default, default as ${DIRECT_ENTRYPOINT} } from "./index.js";
`;

/** Everything the bundler wrote, behind the entry, which must come first. */
const builtModules = (folder: string) => [
  { type: "ESModule" as const, path: join(folder, "local-entry.js"), contents: ENTRY },
  ...readdirSync(folder).flatMap((name) => {
    const type = MODULE_TYPES[extname(name)];
    const path = join(folder, name);
    return type === undefined ? [] : [{ type, path, contents: readFileSync(path) }];
  }),
];

export const workerOptions = (options: RuntimeOptions): NamedWorker => {
  const { root, host, port, vars } = options;
  const folder = join(root, "dist", "worker");
  const entry = join(folder, "index.js");
  if (!existsSync(entry)) throw new Error(`The Worker is not built: ${entry} is missing. Run npm run build.`);
  // modulesRules steer wrangler's bundler, which has done its work.
  const { modulesRules: _, ...fromToml } = unstable_getMiniflareWorkerOptions(
    join(root, "wrangler.toml"),
  ).workerOptions;
  return {
    ...fromToml,
    name: WORKER_NAME,
    rootPath: root,
    modules: builtModules(folder),
    modulesRoot: folder,
    bindings: { ...(fromToml["bindings"] as Record<string, string> | undefined), ...vars },
    unsafeDirectSockets: [{ host, port }],
  };
};
