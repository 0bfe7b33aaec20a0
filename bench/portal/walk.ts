// One shopper's way through the portal without a browser: every step as one request, its body read to the end, timed
// from outside. Forms are sent with what their page holds.

export interface Walker {
  /** Base address of the Worker. */
  url: string;
  /** Path and query of the hand-off. */
  handOff: string;
  number: string;
}

/** In the order in which a shopper meets them. */
export const STEPS = ["hand-off", "first page", "phone", "code page", "code", "connect page"] as const;
export type Step = (typeof STEPS)[number];

export interface Answer {
  status: number;
  location: string | null;
  html: string;
  ms: number;
}

export const ask = async (url: string, form?: Record<string, string>): Promise<Answer> => {
  const begun = performance.now();
  const post = form && {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: new URL(url).origin },
  };
  const response = await fetch(url, { redirect: "manual", ...post });
  const html = await response.text();
  return {
    status: response.status,
    location: response.headers.get("location"),
    html,
    ms: performance.now() - begun,
  };
};

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** Milliseconds of each step; throws where one did not lead on. */
export const walk = async ({ url, handOff, number }: Walker): Promise<Record<Step, number>> => {
  const times = new Map<Step, number>();
  const step = async (name: Step, path: string, form?: Record<string, string>): Promise<Answer> => {
    const answer = await ask(new URL(path, url).href, form);
    times.set(name, answer.ms);
    const wanted = form === undefined && name !== "hand-off" ? 200 : 303;
    if (answer.status !== wanted) throw new Error(`${name} was answered ${answer.status}: ${answer.html}`);
    return answer;
  };
  const { location: first } = await step("hand-off", handOff);
  const choose = await step("first page", first ?? "");
  const both = { token: hidden(choose.html, "token"), shown: hidden(choose.html, "shown") };
  const phone = { ...both, phone: number, adult: "yes", allow: "visit_recognition" };
  const { location: codeAt } = await step("phone", first ?? "", phone);
  const codePage = await step("code page", codeAt ?? "");
  const code = /id="local-code">(\d{6})</.exec(codePage.html)?.[1] ?? "";
  const typed = { token: hidden(codePage.html, "token"), code };
  const { location: connectAt } = await step("code", codeAt ?? "", typed);
  await step("connect page", connectAt ?? "");
  return Object.fromEntries(STEPS.map((name) => [name, times.get(name) ?? Number.NaN])) as Record<
    Step,
    number
  >;
};
