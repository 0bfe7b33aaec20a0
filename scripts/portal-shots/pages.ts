// How to get to each page of the portal, as a shopper would.

import type { Page } from "playwright-core";
import type { Demo } from "./load-portal.ts";

export interface Place {
  readonly base: string;
  readonly gateway: string;
  readonly demo: Demo;
}

export interface Shot {
  readonly name: string;
  readonly mode: "local" | "live";
  /** The portal does without; staff are kept signed in by one. */
  readonly cookies?: true;
  readonly go: (page: Page, place: Place) => Promise<void>;
}

const PHONE = "0912 345 679";
export const submit = (page: Page): Promise<void> => page.click("button.main");

const open = async (page: Page, { base, gateway }: Place): Promise<void> => {
  await page.goto(`${base}/w/${gateway}?mac=02:1a:2b:3c:4d:5e`);
};

const toCode = async (page: Page, place: Place): Promise<void> => {
  await open(page, place);
  await page.fill("#phone", PHONE);
  await page.check("#adult");
  await page.check("#allow-visit_recognition");
  await page.check("#allow-marketing_zalo");
  await submit(page);
};

const codeOf = ({ demo }: Place): string => demo.ports.sent.at(-1)?.code ?? "";
const wrongFor = (place: Place): string => (codeOf(place) === "000000" ? "111111" : "000000");

const typeCode = async (page: Page, code: string): Promise<void> => {
  await page.fill("#code", code);
  await submit(page);
};

/** A reload can meet a page that Chromium is just moving to another process. */
export const openAgain = async (page: Page): Promise<void> => {
  await page.goto(page.url());
};

export const toDone = async (page: Page, place: Place): Promise<void> => {
  await toCode(page, place);
  await typeCode(page, codeOf(place));
};

const comeBack = async (page: Page, place: Place): Promise<void> => {
  const { devices, returningDevices } = place.demo.ports;
  returningDevices.add(await devices.tokenOf("021a2b3c4d5e"));
  await open(page, place);
};

const toConnect = async (page: Page, place: Place): Promise<void> => {
  await page.goto(`${place.base}${place.demo.captive}`);
  await page.fill("#phone", PHONE);
  await page.check("#adult");
  await page.check("#allow-visit_recognition");
  await submit(page);
  // The page leaves for the gateway by itself; here there is none, and it is the page that is looked at.
  await page.route("http://192.168.66.1:2050/**", (route) => route.abort());
  await typeCode(page, codeOf(place));
};

export const PAGES: readonly Shot[] = [
  { name: "01-choose", mode: "live", go: open },
  { name: "02-choose-local", mode: "local", go: open },
  {
    name: "03-phone-refused",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      await page.fill("#phone", "0912 345");
      await page.check("#adult");
      await page.check("#allow-visit_recognition");
      await submit(page);
    },
  },
  { name: "04-code", mode: "live", go: toCode },
  { name: "05-code-local", mode: "local", go: toCode },
  {
    name: "06-code-wrong",
    mode: "live",
    go: async (page, place) => {
      await toCode(page, place);
      await typeCode(page, wrongFor(place));
    },
  },
  {
    name: "07-code-expired",
    mode: "live",
    go: async (page, place) => {
      await toCode(page, place);
      place.demo.later(6 * 60_000);
      await typeCode(page, codeOf(place));
    },
  },
  {
    name: "08-code-resumed",
    mode: "live",
    go: async (page, place) => {
      await toCode(page, place);
      await toCode(page, place);
    },
  },
  {
    name: "09-rate-limited",
    mode: "live",
    go: async (page, place) => {
      await toCode(page, place);
      await page.click(`form[action$="/again"] button`);
    },
  },
  {
    name: "10-sender-fails",
    mode: "live",
    go: async (page, place) => {
      place.demo.ports.answerSends({ kind: "retry", afterMs: 60_000 });
      await toCode(page, place);
    },
  },
  { name: "11-done", mode: "live", go: toDone },
  {
    name: "12-withdrawn",
    mode: "live",
    go: async (page, place) => {
      await toDone(page, place);
      await page.click(`button[value="marketing_zalo"]`);
    },
  },
  {
    name: "13-guest",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      await page.click(`form[action$="/guest"] button`);
    },
  },
  {
    name: "14-not-16",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      await page.fill("#phone", PHONE);
      await submit(page);
    },
  },
  {
    name: "15-receipt",
    mode: "live",
    go: async (page, place) => {
      await toDone(page, place);
      await page.click(`a[href^="/receipt/"]`);
    },
  },
  {
    name: "16-unknown-gateway",
    mode: "live",
    go: async (page, { base }) => {
      await page.goto(`${base}/w/gw_00000000`);
    },
  },
  {
    name: "17-session-gone",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      place.demo.later(3 * 3_600_000);
      await openAgain(page);
    },
  },
  {
    name: "18-welcome-back",
    mode: "live",
    go: async (page, place) => {
      await comeBack(page, place);
    },
  },
  {
    name: "19-online-again",
    mode: "live",
    go: async (page, place) => {
      await comeBack(page, place);
      await submit(page);
    },
  },
  { name: "20-connect", mode: "live", go: toConnect },
  {
    name: "21-connect-slow",
    mode: "live",
    go: async (page, place) => {
      await toConnect(page, place);
      place.demo.later(60_000);
      await page.goto(page.url());
    },
  },
  {
    name: "22-on",
    mode: "live",
    go: async (page, { base, gateway }) => {
      await page.goto(`${base}/w/${gateway}/on/gr_0`);
    },
  },
  {
    name: "32-staff-refused",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      await page.click(`a[href$="/staff"]`);
      await page.fill("#code", "wrong");
      await submit(page);
    },
  },
  {
    name: "33-guest-uncounted",
    mode: "live",
    go: async (page, place) => {
      await open(page, place);
      await page.click(`form[action$="/guest"] button`);
      await page.click(`form[action$="/uncount"] button`);
    },
  },
  {
    name: "34-connect-tap",
    mode: "live",
    go: async (page, { base, demo }) => {
      await page.goto(`${base}${demo.hotspot}`);
      await page.click(`form[action$="/guest"] button`);
    },
  },
];
