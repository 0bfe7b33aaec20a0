// In which channel an SDK's event happened: the source's kind says it where it is one of these, an app's own SDK says that
// it is one, and else it is the web.

import { type Loose, looseOf, textOf } from "./loose.ts";

const OF_KIND: Readonly<Record<string, string>> = {
  app: "app",
  mobile: "app",
  mini_app: "mini_app",
  "mini-app": "mini_app",
  pos: "pos",
};

const APP_LIBRARY = /(?:android|ios|swift|kotlin|react[-_.]native|flutter|unity|xamarin)/i;

/** What Segment's and RudderStack's mobile SDKs fill in by themselves. */
const isApp = (event: Loose, context: Loose): boolean =>
  event["channel"] === "mobile" ||
  APP_LIBRARY.test(textOf(looseOf(context["library"])["name"]) ?? "") ||
  /^(?:ios|android)$/i.test(textOf(looseOf(context["device"])["type"]) ?? "");

export const channelOf = (kind: string, event: Loose, context: Loose): string =>
  OF_KIND[kind] ?? (isApp(event, context) ? "app" : "web");
