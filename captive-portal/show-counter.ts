// The counter's page for whoever was proven in the session at `path`: asked for by GET it only offers the button, by POST
// it makes a code, draws it and falls back to the button once the code is over.

import type { Context } from "hono";
import type { Brand } from "./brand.ts";
import type { Language } from "./language.ts";
import type { PortalEnv, PortalOptions } from "./options.ts";
import { CounterPage, type CounterPageProps } from "./pages/counter-page.tsx";
import { formatTime } from "./pages/format-at.ts";
import type { Person } from "./person.ts";
import { respond } from "./respond.ts";

export interface CounterVisit {
  readonly brand: Brand;
  readonly timezone: string;
  readonly language: Language;
  readonly now: number;
  /** Of the session. */
  readonly path: string;
  readonly back: string;
  readonly formToken: string;
}

export const offerCode = (
  c: Context<PortalEnv>,
  options: PortalOptions,
  visit: CounterVisit,
): Promise<Response> =>
  draw(c, options, visit, { kind: c.req.query("over") === undefined ? "none" : "over" }, null);

export const makeCode = async (
  c: Context<PortalEnv>,
  options: PortalOptions,
  visit: CounterVisit,
  person: Person,
): Promise<Response> => {
  const { now, timezone, language } = visit;
  const code = await options.ports.counter.issue(person, { origin: options.origin(c.req.raw), now });
  if (code === null) return draw(c, options, visit, { kind: "limited" }, null);
  const until = formatTime(code.expiresAt, timezone, language);
  return draw(c, options, visit, { kind: "code", code, until }, code.expiresAt);
};

const draw = (
  c: Context<PortalEnv>,
  options: PortalOptions,
  { brand, language, now, path, back, formToken }: CounterVisit,
  shown: CounterPageProps["shown"],
  until: number | null,
): Promise<Response> => {
  const here = `${path}/counter`;
  const seconds = until === null ? null : Math.ceil((until - now) / 1_000);
  return respond(
    c,
    options,
    {
      brand,
      language,
      here,
      status: shown.kind === "limited" ? 429 : 200,
      ...(shown.kind === "limited" ? { retryAfterMs: 120_000 } : {}),
      refresh: seconds === null ? null : `${seconds}; url=${here}?over`,
    },
    (frame) => CounterPage({ frame, session: path, formToken, back, shown }),
  );
};
