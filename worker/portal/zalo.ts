// Login with Zalo as the settings name it: the brand's app, and where Zalo, or a relay in Vietnam, is reached.

import { zaloOauth } from "../../captive-portal/zalo/oauth.ts";
import type { ZaloLogin } from "../../captive-portal/zalo/ports.ts";
import type { Settings } from "../env.ts";

/** Null where no app is configured: the portal then offers no login with Zalo. */
export const zaloOf = (settings: Settings): ZaloLogin | null => {
  const { ZALO_APP_ID: appId, ZALO_APP_SECRET: appSecret } = settings;
  if (appId === undefined || appSecret === undefined) return null;
  return zaloOauth({
    appId,
    appSecret,
    oauthUrl: settings.ZALO_OAUTH_URL,
    graphUrl: settings.ZALO_GRAPH_URL,
    appSecretProof: settings.ZALO_APPSECRET_PROOF === "on",
    fetch: async (request) => fetch(request),
    log: (sentence, fields) => console.error(sentence, fields),
  });
};
