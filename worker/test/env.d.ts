// The bindings of the test Worker: those of wrangler.toml and the migrations to apply.

declare namespace Cloudflare {
  interface Env {
    DB: D1Database;
    BRANCH: DurableObjectNamespace<import("../objects/branch-presence.ts").BranchPresence>;
    BRANCH_ACCESS: DurableObjectNamespace<import("../objects/branch-access.ts").BranchAccess>;
    PHONE_GATE: DurableObjectNamespace<import("../objects/phone-gate.ts").PhoneGate>;
    OA_TOKEN: DurableObjectNamespace<import("../objects/oa-token.ts").OaToken>;
    WEBHOOK: DurableObjectNamespace<import("../objects/webhook-sender.ts").WebhookSender>;
    IDENTITY: DurableObjectNamespace<import("../objects/identity-lane.ts").IdentityLane>;
    KEY_GATE: DurableObjectNamespace<import("../objects/key-gate.ts").KeyGate>;
    FACTS: Queue;
    TEST_MIGRATIONS: { name: string; queries: string[] }[];
    DEVICE_KEYS: string;
    IDENTIFIER_KEYS: string;
    ADMIN_TOKEN: string;
  }
  interface GlobalProps {
    mainModule: typeof import("../index.ts");
  }
}
