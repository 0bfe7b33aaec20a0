// Fails when schema/tables.ts says more than schema/migrations: generating must change nothing. Works on a copy.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Step } from "./run-steps.ts";
import { runTool } from "./tool.ts";

const snapshot = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]),
  );

export const driftStep = (root: string): Step => ({
  name: "migrations match the tables",
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "quen-drift-"));
    try {
      const kept = join(root, "schema", "migrations");
      const copy = join(folder, "migrations");
      cpSync(kept, copy, { recursive: true });
      const config = join(folder, "drizzle.config.ts");
      const real = JSON.stringify(join(root, "drizzle.config.ts"));
      writeFileSync(
        config,
        `import config from ${real};\nexport default { ...config, out: ${JSON.stringify(copy)} };\n`,
      );
      const run = await runTool(root, "drizzle-kit", ["generate", `--config=${config}`]);
      if (!run.ok) return { ok: false, output: run.output };
      const [before, after] = [snapshot(kept), snapshot(copy)];
      const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
      return changed.length === 0
        ? { ok: true }
        : { ok: false, output: `npm run db:generate would write:\n${changed.join("\n")}` };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
