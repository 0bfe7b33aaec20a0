// Bundles what browsers load into dist/assets, which Workers Static Assets serves at the root: the dashboard's
// script and style, the counter's and the officer's style, and Swagger UI with its start script for /docs. Names are fixed, because
// the server's pages name them; freshness comes from the ETag that the platform adds.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const OUT = path.join(ROOT, "dist/assets");

/** Read by Workers Static Assets; the pages' own headers come from the Worker. */
const HEADERS = `/assets/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cross-Origin-Resource-Policy: same-origin
  Cache-Control: public, max-age=0, must-revalidate
`;

export interface BuiltAssets {
  directory: string;
  /** Each file with its size, for the one line that the caller prints. */
  files: { name: string; bytes: number }[];
}

export async function buildAssets(): Promise<BuiltAssets> {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(path.join(OUT, "assets"), { recursive: true });
  const client = path.join(ROOT, "dashboard/client");
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [
      { in: path.join(client, "main.ts"), out: "dashboard" },
      { in: path.join(client, "style.css"), out: "dashboard" },
      { in: path.join(client, "counter.css"), out: "counter" },
      { in: path.join(client, "privacy.css"), out: "privacy" },
      { in: path.join(client, "docs.ts"), out: "docs" },
      { in: path.join(client, "docs.css"), out: "docs" },
    ],
    outdir: path.join(OUT, "assets"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  const swagger = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
    await copyFile(path.join(swagger, name), path.join(OUT, "assets", name));
  }
  await copyFile(path.join(client, "icon.svg"), path.join(OUT, "assets/icon.svg"));
  await writeFile(path.join(OUT, "_headers"), HEADERS);
  const files = Object.entries(result.metafile.outputs).map(([name, { bytes }]) => ({
    name: path.relative(OUT, path.join(ROOT, name)),
    bytes,
  }));
  return { directory: OUT, files };
}

if (import.meta.main) {
  const { directory, files } = await buildAssets();
  for (const { name, bytes } of files)
    console.log(`${path.join(directory, name)} ${Math.ceil(bytes / 1024)} KiB`);
}
