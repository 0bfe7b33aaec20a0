// The titles, hints and control labels of the board, in both languages; the client's own sentences are in board.ts.
import type { Language } from "../language.ts";

export const CARD_IDS = ["visits", "heatmap", "frequency", "regulars", "recency", "retention"] as const;
export type CardId = (typeof CARD_IDS)[number];

export interface CardCopy {
  strip: string;
  tiles: string;
  quality: string;
  cards: Record<CardId, { title: string; hint: string }>;
  controls: {
    label: string;
    branch: string;
    range: string;
    lastDays: (days: number) => string;
    custom: string;
    from: string;
    to: string;
  };
}

const vi: CardCopy = {
  strip: "So sánh các chi nhánh",
  tiles: "Số chính",
  quality: "Số liệu này chắc đến đâu",
  cards: {
    visits: {
      title: "Lượt ghé theo ngày",
      hint: "Mọi thiết bị, chỉ đếm số. Ở lại dưới 5 phút là lượt đi ngang.",
    },
    heatmap: { title: "Khi nào đông", hint: "Lượt ghé trung bình theo thứ và giờ bắt đầu." },
    frequency: { title: "Một khách ghé mấy lần", hint: "Khách đã đồng ý nhận ra, theo số lần ghé trong kỳ." },
    regulars: {
      title: "Khách mới và khách quay lại",
      hint: "Khách mới là khách lần đầu được nhận ra trong kỳ.",
    },
    recency: { title: "Lần ghé gần nhất", hint: "Tính đến hết kỳ, khách ghé lần cuối cách đây bao lâu." },
    retention: { title: "Khách mới có quay lại không", hint: "Theo tuần đầu tiên được nhận ra." },
  },
  controls: {
    label: "Chi nhánh và khoảng ngày",
    branch: "Chi nhánh",
    range: "Khoảng ngày",
    lastDays: (days) => `${days} ngày`,
    custom: "Tự chọn",
    from: "Từ ngày",
    to: "Đến ngày",
  },
};

const en: CardCopy = {
  strip: "Compare branches",
  tiles: "Key numbers",
  quality: "How sure these numbers are",
  cards: {
    visits: {
      title: "Visits per day",
      hint: "All devices, counted only. A stay under 5 minutes is a passer-by.",
    },
    heatmap: { title: "When it is busy", hint: "Average visits by weekday and starting hour." },
    frequency: {
      title: "How often one visitor comes",
      hint: "Visitors who agreed to be recognised, by visits in the period.",
    },
    regulars: {
      title: "New and returning",
      hint: "A new visitor was recognised for the first time in the period.",
    },
    recency: {
      title: "Most recent visit",
      hint: "How long before the end of the period each visitor last came.",
    },
    retention: {
      title: "Do new visitors come back",
      hint: "By the week in which they were first recognised.",
    },
  },
  controls: {
    label: "Branch and dates",
    branch: "Branch",
    range: "Dates",
    lastDays: (days) => `${days} days`,
    custom: "Custom",
    from: "From",
    to: "To",
  },
};

export const cardCopy = (language: Language): CardCopy => (language === "vi" ? vi : en);
