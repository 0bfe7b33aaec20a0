// What must be there before a real deployment, each miss a sentence that says what to do. Decides from what was
// read; reading is the caller's.

import { LOGIN_SECRETS, SECRET_NAMES, SENDERS } from "../secrets/fresh-secrets.ts";

const UNSET_DATABASE = "00000000-0000-0000-0000-000000000000";

export interface DeployFacts {
  databaseId: string;
  signedIn: boolean;
  /** Names that the deployed Worker has already; null when there is no such Worker yet. */
  deployedSecrets: readonly string[] | null;
  /** Names in the file given by --secrets-file. */
  secretsInFile: readonly string[];
  /** Names in `[vars]` of wrangler.toml: what is no secret may stand there. */
  vars: readonly string[];
}

export const missingForDeploy = (facts: DeployFacts): string[] => {
  const missing: string[] = [];
  if (!facts.signedIn)
    missing.push(
      "No Cloudflare account: set CLOUDFLARE_API_TOKEN (and CLOUDFLARE_ACCOUNT_ID) or run npx wrangler login.",
    );
  if (facts.databaseId === UNSET_DATABASE)
    missing.push(
      "wrangler.toml has no database yet: run npx wrangler d1 create quen and put its id at database_id.",
    );
  const present = new Set([...(facts.deployedSecrets ?? []), ...facts.secretsInFile, ...facts.vars]);
  const secrets = SECRET_NAMES.filter((name) => !present.has(name));
  if (secrets.length > 0)
    missing.push(
      `Secrets missing: ${secrets.join(", ")}. Make a file with npm run deploy -- --new-secrets FILE, fill in a sender, ` +
        `and deploy once with --secrets-file FILE (or set each with npx wrangler secret put NAME).`,
    );
  return [...missing, ...missingSender(present)];
};

/** One whole sender is enough, but none may be there in part: the Worker would refuse to start. */
const missingSender = (present: ReadonlySet<string>): string[] => {
  const senders = SENDERS.map((names) => ({
    names,
    absent: names.filter((name) => !present.has(name)),
    begun: names.some((name) => present.has(name) && !LOGIN_SECRETS.includes(name)),
  }));
  const partly = senders.filter(({ absent, begun }) => begun && absent.length > 0);
  if (partly.length > 0)
    return partly.map(({ absent }) => `A sender of codes is there in part. Missing: ${absent.join(", ")}.`);
  if (senders.some(({ absent }) => absent.length === 0)) return [];
  const ways = SENDERS.map((names) => names.join(" and ")).join("; or ");
  return [`Nobody would send one-time codes. Set ${ways} (docs/operations.md).`];
};
