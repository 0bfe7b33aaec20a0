// The real command: Ctrl-C while the deployment thinks ends it with 130 and says how far it came.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ROOT } from "../../steps/repository.ts";

test("Ctrl-C lets the part that is under way be answered, and ends with 130", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quen-import-"));
  const file = join(folder, "kh.csv");
  writeFileSync(file, `code\n${Array.from({ length: 1_000 }, (_, index) => `KH${index}`).join("\n")}\n`);
  let interrupt = (): void => undefined;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      interrupt();
      const reply = { success: true, accepted: 500, rejected: [], leftOut: [] };
      setTimeout(() => response.end(JSON.stringify(reply)), 200);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const command = ["scripts/quen/main.ts", "--url", url, "--token", "t", "import", "customers", file];
  const child = spawn(process.execPath, [...command, "--source", "pos"], { cwd: ROOT, stdio: "pipe" });
  try {
    interrupt = () => void child.kill("SIGINT");
    const printed = text(child.stdout);
    const [code] = (await once(child, "exit")) as [number | null];
    expect([code, await printed]).toEqual([
      130,
      expect.stringContaining("everything up to line 501 was sent"),
    ]);
  } finally {
    child.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
