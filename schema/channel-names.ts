// What people call the channels that we know by a word of ours; any other is called by its word.

const NAMES: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  web: { vi: "Website", en: "Website" },
  app: { vi: "Ứng dụng", en: "App" },
  pos: { vi: "Quầy", en: "Till" },
  zalo: { vi: "Zalo", en: "Zalo" },
  zalo_oa: { vi: "Zalo OA", en: "Zalo OA" },
  mini_app: { vi: "Zalo Mini App", en: "Zalo Mini App" },
  facebook: { vi: "Facebook", en: "Facebook" },
  instagram: { vi: "Instagram", en: "Instagram" },
  shopee: { vi: "Shopee", en: "Shopee" },
  lazada: { vi: "Lazada", en: "Lazada" },
  tiki: { vi: "Tiki", en: "Tiki" },
  sendo: { vi: "Sendo", en: "Sendo" },
  tiktok_shop: { vi: "TikTok Shop", en: "TikTok Shop" },
};

export const channelName = (channel: string, language: "vi" | "en"): string =>
  (Object.hasOwn(NAMES, channel) ? NAMES[channel]?.[language] : undefined) ?? channel;
