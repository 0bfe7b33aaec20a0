// Every channel that Quen has a connector for: a new one is its file and its line here.

import type { Connector } from "./connector.ts";
import { facebook } from "./facebook.ts";
import { haravan } from "./haravan.ts";
import { kiotviet } from "./kiotviet.ts";
import { nhanh } from "./nhanh.ts";
import { pos } from "./pos.ts";
import { sapo } from "./sapo.ts";
import { shopee } from "./shopee.ts";
import { tiktokShop } from "./tiktok-shop.ts";
import { zaloMiniApp } from "./zalo-mini-app.ts";
import { zaloOa } from "./zalo-oa.ts";

export const connectors: readonly Connector[] = [
  pos,
  zaloOa,
  zaloMiniApp,
  facebook,
  kiotviet,
  haravan,
  sapo,
  nhanh,
  shopee,
  tiktokShop,
];
