// The end-to-end tests: real programs and real time, so long time limits. What has a store's network, or happens while a day
// is replayed, runs one file after the other; the rest two files at a time after that.

import { defineConfig } from "vitest/config";

/** Each with a Worker of its own, and nothing in them that must be quicker than something else. */
const BESIDE = [
  "agent-killed",
  "journey-told",
  "other-modes",
  "sdk-browser",
  "sdk-clients",
  "sign-up-flood",
].map((name) => `e2e/scenarios/${name}.e2e.ts`);

const patient = {
  environment: "node",
  pool: "forks",
  testTimeout: 240_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          ...patient,
          name: "alone",
          include: ["e2e/scenarios/**/*.e2e.ts"],
          exclude: BESIDE,
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...patient, name: "beside", include: BESIDE, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
