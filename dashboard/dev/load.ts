// Bundles the development server (it holds JSX, which Node does not read) and loads it. Build the assets first:
// `node scripts/build-assets.ts`.
import path from "node:path";
import { build } from "esbuild";
import type { startDevServer } from "./server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

export const ASSETS = path.join(ROOT, "dist/assets");

export async function loadDevServer(): Promise<{ startDevServer: typeof startDevServer }> {
  const outfile = path.join(ROOT, "dist/dashboard-dev/server.mjs");
  await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(import.meta.dirname, "server.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: path.join(ROOT, "dashboard/tsconfig.json"),
    logLevel: "warning",
  });
  return (await import(outfile)) as { startDevServer: typeof startDevServer };
}
