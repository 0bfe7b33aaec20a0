// A web shop of another origin than the Worker: serves one page with the lab's script, bundled as a shop would.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { Lab } from "./lab.ts";

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title><script src="/page.js"></script>`;

export const openShopSite = async (lab: Lab): Promise<{ url: string }> => {
  const built = buildSync({
    entryPoints: [join(import.meta.dirname, "shop-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  const script = built.outputFiles[0]?.text ?? "";
  const server = createServer((request, reply) => {
    const [type, body] =
      request.url === "/page.js" ? ["text/javascript", script] : ["text/html; charset=utf-8", PAGE];
    reply.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/` };
};
