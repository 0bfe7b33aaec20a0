import { describe, expect, test } from "vitest";
import { SECRET_NAMES, SENDER_SECRETS } from "../secrets/fresh-secrets.ts";
import { missingForDeploy } from "./preflight.ts";

const ready = {
  databaseId: "5f9a2c1e-0000-4000-8000-000000000001",
  signedIn: true,
  deployedSecrets: [...SECRET_NAMES, ...SENDER_SECRETS],
  secretsInFile: [],
};

describe("before a deployment", () => {
  test("nothing is missing when account, database and secrets are there", () => {
    expect(missingForDeploy(ready)).toEqual([]);
  });

  test("each missing secret is named, and one in the file counts as there", () => {
    const [message] = missingForDeploy({
      ...ready,
      deployedSecrets: null,
      secretsInFile: SECRET_NAMES.filter((name) => name !== "SEAL_KEYS"),
    });
    expect(message).toContain("Secrets missing: SEAL_KEYS, OTP_WEBHOOK_URL, OTP_WEBHOOK_SECRET.");
  });

  test("a missing account and an unset database are sentences of their own", () => {
    const missing = missingForDeploy({
      ...ready,
      signedIn: false,
      databaseId: "00000000-0000-0000-0000-000000000000",
    });
    expect(missing).toHaveLength(2);
    expect(missing[1]).toContain("wrangler d1 create quen");
  });
});
