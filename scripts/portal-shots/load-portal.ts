// Bundles the portal and the counter with their ports in memory (Node cannot read .tsx) and serves it on plain node:http.

import type { IncomingMessage, ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { PortalOptions } from "../../captive-portal/options.ts";
import type { MemoryPorts } from "../../captive-portal/testing/memory-ports.ts";
import type { ShownCounter } from "../../dashboard/counter/testing/shown-counter.ts";
import type { PortalGateway } from "../../captive-portal/brand.ts";

interface Bundle {
  readonly createPortal: (options: PortalOptions) => {
    fetch: (request: Request) => Response | Promise<Response>;
  };
  readonly memoryPorts: (gateways: readonly PortalGateway[], reach: "local" | "remote") => MemoryPorts;
  readonly SAMPLE_GATEWAY: PortalGateway;
  readonly SAMPLE_OPENNDS: PortalGateway;
  readonly SAMPLE_MIKROTIK: PortalGateway;
  readonly MIKROTIK_HAND_OFF: string;
  readonly sampleFas: () => string;
  readonly shownCounter: () => ShownCounter;
}

export interface Demo {
  readonly gatewayId: string;
  /** Address of a gateway that must be told whom to let on, with its hand-off. */
  readonly captive: string;
  /** One that is told by a form. */
  readonly hotspot: string;
  readonly ports: MemoryPorts;
  readonly counter: ShownCounter;
  /** Moves the portal's clock. */
  readonly later: (ms: number) => void;
  readonly serve: (request: IncomingMessage, reply: ServerResponse) => Promise<void>;
  /** Bytes of the last page, plain and gzipped. */
  readonly lastWeight: () => { raw: number; zipped: number };
}

export const loadPortal = async (folder: string): Promise<(mode: "local" | "live") => Demo> => {
  const outfile = join(folder, "portal.mjs");
  await build({
    stdin: {
      contents: `export { createPortal } from "./create-portal.ts";
export { memoryPorts } from "./testing/memory-ports.ts";
export { SAMPLE_GATEWAY } from "./testing/sample.ts";
export { MIKROTIK_HAND_OFF, SAMPLE_MIKROTIK } from "./testing/sample-mikrotik.ts";
export { SAMPLE_OPENNDS, sampleFas } from "./testing/sample-opennds.ts";
export { shownCounter } from "../dashboard/counter/testing/shown-counter.ts";`,
      resolveDir: "captive-portal",
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    outfile,
  });
  const bundle = (await import(pathToFileURL(resolve(outfile)).href)) as Bundle;
  return (mode) => demoOf(bundle, mode);
};

const demoOf = (
  {
    createPortal,
    memoryPorts,
    SAMPLE_GATEWAY,
    SAMPLE_OPENNDS,
    SAMPLE_MIKROTIK,
    MIKROTIK_HAND_OFF,
    sampleFas,
    shownCounter,
  }: Bundle,
  mode: "local" | "live",
): Demo => {
  const ports = memoryPorts(
    [SAMPLE_GATEWAY, SAMPLE_OPENNDS, SAMPLE_MIKROTIK],
    mode === "local" ? "local" : "remote",
  );
  let now = Date.UTC(2026, 10, 2, 3, 15);
  let weight = { raw: 0, zipped: 0 };
  const origin = (): string => "https://portal.example";
  const counter = shownCounter();
  const app = createPortal({
    ports,
    mode,
    origin,
    clock: () => now,
    report: (error) => console.error(error),
  });
  return {
    gatewayId: SAMPLE_GATEWAY.id,
    captive: `/w/${SAMPLE_OPENNDS.id}${sampleFas()}`,
    hotspot: `/w/${SAMPLE_MIKROTIK.id}${MIKROTIK_HAND_OFF}`,
    ports,
    counter,
    later: (ms) => void (now += ms),
    lastWeight: () => weight,
    serve: async (request, reply) => {
      if (request.url?.startsWith("/assets/") === true) {
        const known = request.url.endsWith("/counter.css");
        reply.writeHead(known ? 200 : 404, { "content-type": "text/css" });
        reply.end(known ? await counterStyle() : "");
        return;
      }
      const part = request.url?.startsWith("/counter") === true ? counter : app;
      const response = await part.fetch(await requestOf(request));
      const body = Buffer.from(await response.arrayBuffer());
      if (body.length > 0) weight = { raw: body.length, zipped: gzipSync(body).length };
      reply.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
    },
  };
};

const counterStyle = async (): Promise<string> => {
  const entryPoints = ["dashboard/client/counter.css"];
  const { outputFiles } = await build({ entryPoints, bundle: true, minify: true, write: false });
  return outputFiles[0]?.text ?? "";
};

const requestOf = async (request: IncomingMessage): Promise<Request> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const method = request.method ?? "GET";
  const body = method === "POST" ? { body: Buffer.concat(chunks) } : {};
  return new Request(`http://${request.headers.host}${request.url}`, { method, headers, ...body });
};
