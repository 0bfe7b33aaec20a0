// A shopper without script and without cookies: follows redirects, reads forms out of the pages, posts them.

import { createPortal } from "../create-portal.ts";
import type { CodeSender, PortalPorts } from "../ports.ts";
import { type MemoryPorts, memoryPorts } from "./memory-ports.ts";
import { SAMPLE_GATEWAY } from "./sample.ts";

export const ORIGIN = "https://wifi.example.vn";
export const MAC = "02:1a:2b:3c:4d:5e";
export const NOON = Date.UTC(2026, 10, 2, 5);
export const PHONE = "0912 345 679";

export interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export class Shopper {
  readonly ports: MemoryPorts;
  readonly reports: unknown[] = [];
  /** Every address that was asked for, in order. */
  readonly visited: string[] = [];
  now = NOON;
  readonly #app: { request: (request: Request) => Response | Promise<Response> };

  constructor({
    gateway = SAMPLE_GATEWAY,
    reach = "remote",
    change = {},
  }: {
    gateway?: typeof SAMPLE_GATEWAY;
    reach?: CodeSender["reach"];
    change?: Partial<PortalPorts>;
  } = {}) {
    this.ports = memoryPorts([gateway], reach);
    const ports = { ...this.ports, ...change };
    const mode = reach === "local" ? "local" : "live";
    const origin = (): string => ORIGIN;
    const report = (error: unknown): void => void this.reports.push(error);
    this.#app = createPortal({ ports, mode, origin, clock: () => this.now, report });
  }

  /** One request, no redirect followed. */
  async send(path: string, init: RequestInit = {}): Promise<Page> {
    const url = new URL(path, ORIGIN).href;
    this.visited.push(url);
    const response = await this.#app.request(new Request(url, init));
    return { status: response.status, url, html: await response.text(), headers: response.headers };
  }

  async get(path: string, headers: HeadersInit = {}): Promise<Page> {
    return this.#follow(await this.send(path, { headers }));
  }

  async post(
    path: string,
    fields: Fields,
    headers: HeadersInit = { "sec-fetch-site": "same-origin" },
  ): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
    }
    return this.#follow(await this.send(path, { method: "POST", body, headers }));
  }

  /** Posts the form of `page` whose action ends as given, with its hidden fields and `fields`. */
  async submit(page: Page, ending: string, fields: Fields = {}): Promise<Page> {
    const form = formsOf(page.html).find(({ action }) => action.endsWith(ending));
    if (form === undefined) throw new Error(`The page has no form to ${ending}`);
    return this.post(form.action, { ...form.hidden, ...fields });
  }

  async open(query = `?mac=${MAC}`, gatewayId: string = SAMPLE_GATEWAY.id): Promise<Page> {
    return this.get(`/w/${gatewayId}${query}`);
  }

  /** Fills in the first page and asks for a code. */
  async askForCode(fields: Fields = {}): Promise<Page> {
    const page = await this.open();
    return this.submit(page, sessionOf(page), { phone: PHONE, adult: "yes", ...fields });
  }

  async typeCode(page: Page, code = this.ports.sent.at(-1)?.code ?? ""): Promise<Page> {
    return this.submit(page, "/code", { code });
  }

  async #follow(page: Page): Promise<Page> {
    const location = page.headers.get("location");
    return page.status === 303 && location !== null ? this.#follow(await this.send(location)) : page;
  }
}

export const sessionOf = (page: Page): string => /\/s\/([A-Za-z0-9_-]+)/.exec(page.url)?.[1] ?? "";

interface Form {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

export const formsOf = (html: string): readonly Form[] =>
  Array.from(
    html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs),
    ([, action = "", inside = ""]) => ({
      action,
      hidden: Object.fromEntries(
        Array.from(
          inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g),
          ([, name = "", value = ""]) => [name, value] as const,
        ),
      ),
    }),
  );

/** Text of a page with tags taken out and entities read. */
export const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/gs, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
