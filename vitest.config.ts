// Three projects: `node` runs what needs no other process and is quick, `process` what starts real programs, and
// `workerd` the Worker with real D1, Durable Objects and Queues.
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = await readD1Migrations("./schema/migrations");
/** 32 known bytes: tests that look for leaks must know every key. */
const key = (letter: string): string => `test:${letter.repeat(42)}A`;

const NODE_FOLDERS =
  "{schema,worker/core,worker/connectors,captive-portal,router-agent,dashboard,scripts,bench}";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          // These tests share nothing they change, and a worker a file would cost more than the tests.
          isolate: false,
          setupFiles: ["./scripts/steps/quick-properties.ts"],
          include: [`${NODE_FOLDERS}/**/*.test.ts`],
          exclude: ["**/*.process.test.ts", "**/node_modules/**"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "process",
          environment: "node",
          include: [`${NODE_FOLDERS}/**/*.process.test.ts`],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: migrations,
                QUEN_MODE: "local",
                QUEN_CONTACT: "privacy@quen.test",
                DEVICE_KEYS: key("d"),
                IDENTIFIER_KEYS: key("i"),
                SEAL_KEYS: key("s"),
                CONSENT_KEYS: key("c"),
                SUPPRESSION_KEYS: key("e"),
                ADMIN_TOKEN: "admin-token-of-the-tests-0123456789",
              },
            },
          }),
        ],
        test: {
          name: "workerd",
          // One runtime for all files, emptied before each: starting one and loading the Worker takes longer than most
          // files. Modules stay: whoever patches a class puts it back, and none keeps what only the database has.
          isolate: false,
          maxWorkers: 1,
          include: ["worker/test/**/*.test.ts"],
          setupFiles: ["./worker/test/apply-migrations.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
