// One shopper at the portal, over HTTP and without script: open the page the gateway hands over to, give a phone
// number, tick boxes, read the code (local mode shows it), type it. Each request carries the shopper's own time.

import { formWith } from "./forms.ts";
import type { SignIn } from "./world/day.ts";

export type SignInOutcome = { ok: true } | { ok: false; problem: string };

interface Page {
  url: string;
  status: number;
  html: string;
}
export interface Visit {
  gatewayUrl: string;
  signIn: SignIn;
}

const MAX_REDIRECTS = 6;
const SECONDS = { toPhone: 9_000, toCode: 14_000 };

const browser = (send: typeof fetch) => {
  const open = async (url: string, now: number, body: URLSearchParams | null): Promise<Page> => {
    let [address, form] = [url, body];
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      // Each hop depends on the one before.
      const response = await send(address, {
        method: form === null ? "GET" : "POST",
        redirect: "manual",
        headers: { "x-quen-now": String(now), "accept-language": "vi", origin: new URL(address).origin },
        ...(form === null ? {} : { body: form }),
      });
      const location = response.headers.get("location");
      const html = await response.text();
      if (location === null || response.status < 300 || response.status > 399)
        return { url: address, status: response.status, html };
      [address, form] = [new URL(location, address).href, null];
    }
    throw new Error(`${url} redirects more than ${MAX_REDIRECTS} times.`);
  };
  return open;
};

const failed = (step: string, page: Page): SignInOutcome => ({
  ok: false,
  problem: `The portal did not let the shopper past ${step} (status ${page.status}).`,
});

export const signInAtPortal = async (
  { gatewayUrl, signIn }: Visit,
  send: typeof fetch = fetch,
): Promise<SignInOutcome> => {
  const open = browser(send);
  const address = new URL(gatewayUrl);
  address.searchParams.set("mac", signIn.mac);

  const choose = await open(address.href, signIn.at, null);
  const choices = formWith(choose.html, "phone");
  if (choices === null) return failed("the first page", choose);
  const fields = new URLSearchParams(choices.values);
  fields.set("phone", signIn.phone);
  fields.set("adult", "yes");
  for (const purpose of signIn.allows) fields.append("allow", purpose);
  const phoneAt = signIn.at + SECONDS.toPhone;
  const ask = await open(new URL(choices.action, choose.url).href, phoneAt, fields);

  const code = /id="local-code"[^>]*>\s*(\d{6})\s*</.exec(ask.html)?.[1];
  const proof = formWith(ask.html, "code");
  if (code === undefined || proof === null) return failed("the phone number", ask);
  const proved = new URLSearchParams({ ...proof.values, code });
  const done = await open(new URL(proof.action, ask.url).href, phoneAt + SECONDS.toCode, proved);
  if (done.status !== 200 || formWith(done.html, "code") !== null) return failed("the code", done);
  return { ok: true };
};
