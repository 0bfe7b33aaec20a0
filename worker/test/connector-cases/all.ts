// Every connector's row of the shared suite.

import type { ConnectorCase } from "./case.ts";
import { facebookCase } from "./facebook.ts";
import { haravanCase } from "./haravan.ts";
import { kiotvietCase } from "./kiotviet.ts";
import { nhanhCase } from "./nhanh.ts";
import { posCase } from "./pos.ts";
import { sapoCase } from "./sapo.ts";
import { shopeeCase } from "./shopee.ts";
import { tiktokShopCase } from "./tiktok-shop.ts";
import { zaloMiniAppCase } from "./zalo-mini-app.ts";
import { zaloOaCase } from "./zalo-oa.ts";

export const connectorCases: readonly ConnectorCase[] = [
  zaloOaCase,
  zaloMiniAppCase,
  facebookCase,
  kiotvietCase,
  haravanCase,
  sapoCase,
  nhanhCase,
  shopeeCase,
  tiktokShopCase,
  posCase,
];
