import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { probePort } from "./port.ts";
import { RuntimeError, startRuntime } from "./start.ts";
import type { Runtime } from "./types.ts";

const root = mkdtempSync(join(tmpdir(), "quen-runtime-"));
const start = (persist: string, port = 0): Promise<Runtime> =>
  startRuntime({ root, persist: join(root, persist), host: "127.0.0.1", port, vars: { MODE: "local" } });
const text = async (runtime: Runtime, path: string) => (await fetch(runtime.url + path)).text();
const eventually = async <T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const value = await read();
    if (wanted(value)) return value;
    await sleep(50);
  }
  return read();
};

beforeAll(() => {
  cpSync(join(import.meta.dirname, "fixtures"), root, { recursive: true });
  mkdirSync(join(root, "dist", "worker"), { recursive: true });
  cpSync(join(root, "worker.js"), join(root, "dist", "worker", "index.js"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the Worker on one machine", () => {
  test("vars given at start override wrangler.toml", async () => {
    const runtime = await start("vars");
    expect(await text(runtime, "/mode")).toBe("local");
    await runtime.stop();
  });

  test("what D1, objects and the queue were given survives SIGKILL, and migrations run once", async () => {
    const first = await start("kill");
    expect(first.applied).toEqual(["0000_facts.sql"]);
    expect(await text(first, "/count")).toBe("1");
    // The consumer refuses while the flag in D1 stands, so the message is still waiting when the power goes.
    await text(first, "/block");
    await text(first, "/send?kept");
    await first.kill();

    const second = await start("kill");
    expect(second.applied).toEqual([]);
    expect(await text(second, "/count")).toBe("2");
    await text(second, "/unblock");
    expect(
      await eventually(
        () => text(second, "/facts"),
        (facts) => facts !== "",
      ),
    ).toBe("quen-facts:kept");
    await second.stop();
  });

  test("a message that keeps failing reaches the dead-letter queue", async () => {
    const runtime = await start("dead");
    await text(runtime, "/send?bad");
    expect(
      await eventually(
        () => text(runtime, "/facts"),
        (facts) => facts !== "",
      ),
    ).toBe("quen-facts-dead:bad");
    expect(await runtime.waiting()).toBe(0);
    await runtime.stop();
  });

  test("a busy port is a sentence that says what to do", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const started = start("busy", port);
    await expect(started).rejects.toThrow(RuntimeError);
    await expect(started).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
    server.close();
  });

  test("no workerd holds the port after this process was killed with SIGKILL", async () => {
    const script = join(import.meta.dirname, "fixtures", "hold-open.ts");
    const child = spawn(process.execPath, [script, root, join(root, "orphan")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
      child.once("exit", (code) => reject(new Error(`The child ended with ${code} before it listened.`)));
    });
    const port = Number(new URL(url).port);
    expect(await probePort("127.0.0.1", port)).toBe("busy");
    child.kill("SIGKILL");
    expect(
      await eventually(
        () => probePort("127.0.0.1", port),
        (state) => state === "free",
      ),
    ).toBe("free");
  });
});
