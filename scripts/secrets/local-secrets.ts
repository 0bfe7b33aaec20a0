// The secrets of this machine's local run: made once, kept in the state folder, readable by the owner only.

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SecretName, freshSecrets } from "./fresh-secrets.ts";

export const localSecrets = (stateFolder: string): Record<SecretName, string> => {
  const path = join(stateFolder, "secrets.json");
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as object) : {};
  // A secret that a later version added is made without touching the others: they open the data that is there.
  const secrets = { ...freshSecrets(randomBytes, "local1"), ...kept };
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};
