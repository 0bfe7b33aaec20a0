// Two projects: `node` runs the pure core, the agent and the tools; `workerd` runs the Worker with real D1,
// Durable Objects and Queues.
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["{schema,worker/core,captive-portal,router-agent,dashboard,scripts,bench}/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" } })],
        test: { name: "workerd", include: ["worker/test/**/*.test.ts"], testTimeout: 60_000 },
      },
    ],
  },
});
