import { describe, expect, test } from "vitest";
import { SECRET_NAMES, SENDERS } from "../secrets/fresh-secrets.ts";
import { missingForDeploy } from "./preflight.ts";

const ready = {
  databaseId: "5f9a2c1e-0000-4000-8000-000000000001",
  signedIn: true,
  deployedSecrets: [...SECRET_NAMES, "OTP_WEBHOOK_URL", "OTP_WEBHOOK_SECRET"],
  secretsInFile: [],
  vars: [],
};

describe("before a deployment", () => {
  test("nothing is missing when account, database and secrets are there", () => {
    expect(missingForDeploy(ready)).toEqual([]);
  });

  test("each missing secret is named, and one in the file counts as there", () => {
    const missing = missingForDeploy({
      ...ready,
      deployedSecrets: null,
      secretsInFile: SECRET_NAMES.filter((name) => name !== "SEAL_KEYS"),
    });
    expect(missing[0]).toContain("Secrets missing: SEAL_KEYS.");
    expect(missing[1]).toContain(
      "Nobody would send one-time codes. Set OTP_WEBHOOK_URL and OTP_WEBHOOK_SECRET",
    );
  });

  test.each(SENDERS.map((vars) => ({ vars })))("one whole sender is enough: $vars", ({ vars }) => {
    expect(missingForDeploy({ ...ready, deployedSecrets: SECRET_NAMES, vars })).toEqual([]);
  });

  test("a sender that is there in part is named, even beside a whole one", () => {
    expect(missingForDeploy({ ...ready, vars: ["ZNS_TEMPLATE_ID", "ZALO_APP_ID", "ESMS_API_KEY"] })).toEqual([
      "A sender of codes is there in part. Missing: ESMS_SECRET_KEY, ESMS_BRANDNAME.",
      "A sender of codes is there in part. Missing: ZALO_APP_SECRET.",
    ]);
  });

  test("a Zalo app for signing in needs no template", () => {
    expect(missingForDeploy({ ...ready, vars: ["ZALO_APP_ID", "ZALO_APP_SECRET"] })).toEqual([]);
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
