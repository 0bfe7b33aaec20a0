// The parts of a build, in the order in which they need each other: assets, agent, Worker.

import { join } from "node:path";
import { bundleWorker } from "../runtime/bundle.ts";
import type { Step } from "./run-steps.ts";
import { toolStep } from "./tool-step.ts";

export const assetsStep = (root: string): Step =>
  toolStep(root, "assets of the pages (dist/assets)", "node", [join("scripts", "build-assets.ts")]);

export const agentStep = (root: string): Step =>
  toolStep(root, "agent (dist/quen-agent.mjs)", "node", [join("scripts", "build-agent.ts")]);

export const workerStep = (root: string): Step => ({
  name: "Worker (dist/worker)",
  run: async () => {
    const bundled = await bundleWorker(root);
    return bundled.ok ? { ok: true } : bundled;
  },
});

export const buildSteps = (root: string): Step[] => [assetsStep(root), agentStep(root), workerStep(root)];
