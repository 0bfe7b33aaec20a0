// Builds the Worker exactly as a deployment does (wrangler's own bundler) into dist/worker.

import { join } from "node:path";
import { runTool } from "../steps/tool.ts";

export type Bundled = { ok: true; entry: string } | { ok: false; output: string };

export const bundleWorker = async (root: string): Promise<Bundled> => {
  const outdir = join("dist", "worker");
  const built = await runTool(root, "wrangler", ["deploy", "--dry-run", "--outdir", outdir]);
  return built.ok ? { ok: true, entry: join(root, outdir, "index.js") } : { ok: false, output: built.output };
};
