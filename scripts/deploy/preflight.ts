// What must be there before a real deployment, each miss a sentence that says what to do. Decides from what was
// read; reading is the caller's.

import { SECRET_NAMES, SENDER_SECRETS } from "../secrets/fresh-secrets.ts";

const UNSET_DATABASE = "00000000-0000-0000-0000-000000000000";

export interface DeployFacts {
  databaseId: string;
  signedIn: boolean;
  /** Names that the deployed Worker has already; null when there is no such Worker yet. */
  deployedSecrets: readonly string[] | null;
  /** Names in the file given by --secrets-file. */
  secretsInFile: readonly string[];
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
  const present = new Set([...(facts.deployedSecrets ?? []), ...facts.secretsInFile]);
  const secrets = [...SECRET_NAMES, ...SENDER_SECRETS].filter((name) => !present.has(name));
  if (secrets.length > 0)
    missing.push(
      `Secrets missing: ${secrets.join(", ")}. Make a file with npm run deploy -- --new-secrets FILE, fill in the sender, ` +
        `and deploy once with --secrets-file FILE (or set each with npx wrangler secret put NAME).`,
    );
  return missing;
};
