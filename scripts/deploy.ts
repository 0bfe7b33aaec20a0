// `npm run deploy`: migrations and Worker to Cloudflare. With --dry-run everything that needs no account, so that
// what would be deployed is known to build and to match its migrations.

import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { missingForDeploy } from "./deploy/preflight.ts";
import { readDeployFacts } from "./deploy/read-facts.ts";
import { SENDERS, SENDER_SECRETS, freshSecrets } from "./secrets/fresh-secrets.ts";
import { buildSteps } from "./steps/build-steps.ts";
import { driftStep } from "./steps/drift-step.ts";
import { ROOT } from "./steps/repository.ts";
import { type Step, runSteps } from "./steps/run-steps.ts";
import { runTool } from "./steps/tool.ts";
import { toolStep } from "./steps/tool-step.ts";

const HELP = `npm run deploy -- [--dry-run] [--secrets-file FILE] [--new-secrets FILE]

  --dry-run            check migrations, build, and let wrangler check the bundle; needs no account
  --secrets-file FILE  upload the secrets in FILE (JSON or NAME=value lines) with this deployment
  --new-secrets FILE   only write FILE with a fresh value for each secret; fill in who sends codes:
                       ${SENDERS.map((names) => names.join(", ")).join("; or\n                       ")}`;

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean", default: false },
    "secrets-file": { type: "string" },
    "new-secrets": { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const preflight = (secretsFile: string | null): Step => ({
  name: "account, database and secrets are there",
  run: async () => {
    const missing = missingForDeploy(await readDeployFacts(ROOT, secretsFile));
    return missing.length === 0 ? { ok: true } : { ok: false, output: missing.join("\n") };
  },
});

// A deployment is refused while a queue that wrangler.toml names is not there.
const queueStep = (name: string): Step => ({
  name: `queue ${name}`,
  run: async () => {
    const known = await runTool(ROOT, "wrangler", ["queues", "info", name]);
    if (known.ok) return { ok: true };
    const created = await runTool(ROOT, "wrangler", ["queues", "create", name]);
    return created.ok ? { ok: true, note: "created" } : { ok: false, output: created.output };
  },
});

const realSteps = (secretsFile: string | null): Step[] => [
  preflight(secretsFile),
  queueStep("quen-facts"),
  queueStep("quen-facts-dead"),
  toolStep(ROOT, "migrations applied", "wrangler", ["d1", "migrations", "apply", "DB", "--remote"]),
  toolStep(ROOT, "Worker deployed", "wrangler", [
    "deploy",
    ...(secretsFile === null ? [] : ["--secrets-file", secretsFile]),
  ]),
];

const writeSecrets = (path: string): number => {
  if (existsSync(path)) {
    console.error(`${path} exists and is left alone: its keys may open data that is deployed.`);
    return 1;
  }
  const sender = Object.fromEntries(SENDER_SECRETS.map((name) => [name, ""]));
  const secrets = { ...freshSecrets(randomBytes, "k1"), ...sender };
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  console.log(
    `Wrote ${path}. Fill in who sends codes (docs/operations.md), and keep a copy where you keep secrets.`,
  );
  return 0;
};

const deploy = async (): Promise<number> => {
  const steps = [driftStep(ROOT), ...buildSteps(ROOT)];
  if (!values["dry-run"]) steps.push(...realSteps(values["secrets-file"] ?? null));
  const outcome = await runSteps(steps, { onFailure: "stop", print: console.log, now: Date.now });
  if (outcome.failed.length > 0) return 1;
  console.log(
    values["dry-run"]
      ? "Dry run: nothing was sent. dist/worker holds what would be deployed."
      : "Deployed. Run npm run quen -- doctor --url <address> to see that it answers.",
  );
  return 0;
};

if (values.help) console.log(HELP);
else
  process.exitCode =
    values["new-secrets"] === undefined ? await deploy() : writeSecrets(values["new-secrets"]);
