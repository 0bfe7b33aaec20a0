// Reads what a real deployment depends on: wrangler.toml, the account, the secrets that are set.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { runTool } from "../steps/tool.ts";
import type { DeployFacts } from "./preflight.ts";

interface Toml {
  d1_databases?: { database_id?: string }[];
  vars?: Record<string, unknown>;
}

/** JSON object, or lines NAME=value. */
const namesIn = (path: string): string[] => {
  const text = readFileSync(path, "utf8").trim();
  if (text.startsWith("{")) {
    const secrets = JSON.parse(text) as Record<string, string>;
    return Object.keys(secrets).filter((name) => secrets[name] !== "");
  }
  return [...text.matchAll(/^\s*([A-Z_]+)\s*=\s*\S/gm)].map((match) => match[1] ?? "");
};

const deployedSecrets = async (root: string): Promise<string[] | null> => {
  const listed = await runTool(root, "wrangler", ["secret", "list", "--format", "json"]);
  const start = listed.output.indexOf("[");
  // A Worker that was never deployed has no list; wrangler answers with an error.
  if (!listed.ok || start < 0) return null;
  return (JSON.parse(listed.output.slice(start)) as { name: string }[]).map((secret) => secret.name);
};

export const readDeployFacts = async (root: string, secretsFile: string | null): Promise<DeployFacts> => {
  const toml = parse(readFileSync(join(root, "wrangler.toml"), "utf8")) as Toml;
  const whoami = await runTool(root, "wrangler", ["whoami"]);
  const signedIn = whoami.ok && !/not authenticated/i.test(whoami.output);
  return {
    databaseId: toml.d1_databases?.[0]?.database_id ?? "",
    signedIn,
    deployedSecrets: signedIn ? await deployedSecrets(root) : null,
    secretsInFile: secretsFile === null ? [] : namesIn(secretsFile),
    vars: Object.entries(toml.vars ?? {}).flatMap(([name, value]) => (value === "" ? [] : [name])),
  };
};
