// Stands for a MikroTik hotspot: serves the login page that a new gateway's configuration prints, with the router's own
// values in it, takes what the portal makes the browser post back, and asks RADIUS whether it is right.

import { type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";

export interface Login {
  username: string;
  password: string;
}

export interface Hotspot {
  /** Where the router stands; the gateway's address. */
  origin: string;
  /** Set when the gateway is made: its printed configuration, and how to ask RADIUS. */
  config: string;
  ask: (login: Login) => Promise<boolean>;
  logins: Login[];
}

const pageOf = (config: string, values: Record<string, string>): string => {
  const [, html = ""] = /--- hotspot\/login\.html[^\n]*\n([\s\S]*?<\/html>)/.exec(config) ?? [];
  return html.replaceAll(/\$\(([a-z-]+)\)/g, (_, name: string) => values[name] ?? "");
};

const formOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};

export const startHotspot = async (lab: Lab, mac: string): Promise<Hotspot> => {
  const hotspot: Hotspot = { origin: "", config: "", ask: async () => false, logins: [] };
  const serve = async (request: IncomingMessage): Promise<{ html: string } | { to: string }> => {
    if (request.method !== "POST") {
      const values = { mac: mac.toUpperCase(), ip: "192.168.88.253" };
      return { html: pageOf(hotspot.config, { ...values, "link-login-only": `${hotspot.origin}/login` }) };
    }
    const form = await formOf(request);
    const login = { username: form.get("username") ?? "", password: form.get("password") ?? "" };
    hotspot.logins.push(login);
    return (await hotspot.ask(login)) ? { to: form.get("dst") ?? "" } : { html: "<p>Refused</p>" };
  };
  const server = createServer((request, reply) => {
    serve(request).then(
      (answer) =>
        "to" in answer
          ? reply.writeHead(302, { location: answer.to }).end()
          : reply.writeHead(200, { "content-type": "text/html" }).end(answer.html),
      () => reply.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  hotspot.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return hotspot;
};
