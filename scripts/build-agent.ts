// Builds the router agent into one file, dist/quen-agent.mjs, that runs on Node 20 and later with no node_modules.
// Fails when the bundle would need anything but Node's own modules.

import { chmod, readFile, stat } from "node:fs/promises";
import { builtinModules } from "node:module";
import { build } from "esbuild";

const OUT = "dist/quen-agent.mjs";
const BUILT_IN = new Set(builtinModules);
const root = new URL("..", import.meta.url).pathname;

export const buildAgent = async (out: string = OUT): Promise<{ path: string; bytes: number }> => {
  const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8")) as { version: string };
  const path = `${root}${out}`;
  const result = await build({
    absWorkingDir: root,
    entryPoints: ["router-agent/main.ts"],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Names stay readable in a stack trace; whitespace goes, since flash is small.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "eof",
    define: {
      QUEN_AGENT_VERSION: JSON.stringify(version),
      // ws looks for two native modules that make it faster; there are none on a router.
      "process.env.WS_NO_BUFFER_UTIL": '"1"',
      "process.env.WS_NO_UTF_8_VALIDATE": '"1"',
    },
    banner: {
      // commander is CommonJS inside and asks for Node's modules by `require`.
      js: '#!/usr/bin/env node\nimport { createRequire as quenRequire } from "node:module"; const require = quenRequire(import.meta.url);',
    },
    metafile: true,
    logLevel: "warning",
  });
  const outside = Object.values(result.metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(
      ({ external, path: name }) => external === true && !name.startsWith("node:") && !BUILT_IN.has(name),
    );
  if (outside.length > 0)
    throw new Error(`The bundle imports ${outside.map(({ path: name }) => name).join(", ")}.`);
  await chmod(path, 0o755);
  return { path, bytes: (await stat(path)).size };
};

if (import.meta.main) {
  const { path, bytes } = await buildAgent();
  process.stdout.write(`${path} ${Math.round(bytes / 1024)} KiB\n`);
}
