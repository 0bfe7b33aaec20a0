// An officer who is signed in and uses the pages over ports in memory, as a browser would.

import { privacy } from "../app.tsx";
import { type Kept, memoryPrivacyPorts, requestWith, SESSION } from "./memory-privacy-ports.ts";

const ORIGIN = "http://quen.example";
export const ID = "rq_0a1b2c3d4e5f60718293a4b5";
export const PROFILE = requestWith(ID).profileId ?? "";
const CSRF = `csrf-${SESSION}`;

export class Officer {
  readonly ports = memoryPrivacyPorts(3);
  readonly #app = privacy(this.ports);

  constructor(...requests: Kept[]) {
    for (const request of requests) this.ports.put(request);
  }

  async send(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const request = new Request(ORIGIN + path, {
      method: form === undefined ? "GET" : "POST",
      headers: { cookie: `quen_session=${SESSION}`, "sec-fetch-site": "same-origin", ...headers },
      ...(form === undefined ? {} : { body: new URLSearchParams({ csrf: CSRF, ...form }) }),
    });
    const reply = await this.#app.fetch(request);
    const html = await reply.text();
    return {
      status: reply.status,
      headers: reply.headers,
      html,
      text: html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " "),
      to: reply.headers.get("location"),
    };
  }

  act(verb: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
    return this.send(`/privacy/requests/${ID}/${verb}`, form, headers);
  }

  get outcome() {
    const kept = this.ports.kept(ID);
    return kept?.closedAt === null ? "open" : kept?.outcome;
  }
}
