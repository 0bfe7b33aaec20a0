import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { askStatus } from "./status-socket.ts";
import { describeStatus } from "./status.ts";

/** As agents told it before they carried out grants. */
const OLD = {
  pid: 7,
  version: "0.0.9",
  agentId: "ag_1",
  branch: "Quận 1",
  server: "https://quen.example",
  uptimeMs: 1_000,
  rssBytes: 50_000_000,
  clock: { synced: true, skewMs: 0 },
  stations: 3,
  rosterFull: 0,
  spool: { observations: 0, bytes: 0, oldestMs: 0, dropped: {}, fault: null },
  ship: {
    state: "ok",
    detail: "",
    acknowledged: 9,
    serverDropped: {},
    sinceDoneMs: 1_000,
    nextTryInMs: 29_000,
  },
  sources: [],
};

it("understands a running agent that is older and knows nothing of grants", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quen-status-"));
  const path = join(folder, "agent.sock");
  const server = createServer((socket) => socket.end(JSON.stringify(OLD)));
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  try {
    const status = await askStatus(path);
    expect(status?.access.stream).toBeNull();
    expect(status && describeStatus(status).join("\n")).toContain("runs as process 7");
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
