// The titles, hints and control labels of the board, in both languages; the client's own sentences are in board.ts.
import type { Language } from "../language.ts";

export const CARD_IDS = [
  "visits",
  "heatmap",
  "frequency",
  "regulars",
  "recency",
  "retention",
  "funnel",
  "touches",
  "value",
  "campaigns",
  "closing",
] as const;
export type CardId = (typeof CARD_IDS)[number];

export interface CardCopy {
  strip: string;
  tiles: string;
  quality: string;
  journeys: { title: string; hint: string };
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
  journeys: {
    title: "Hành trình từ online đến cửa hàng",
    hint: "Tất cả chi nhánh. Chỉ tính khách đã đồng ý.",
  },
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
    funnel: {
      title: "Khách dừng lại ở đâu",
      hint: "Mỗi khách tính ở bước xa nhất đã tới: thanh là số khách tới bước đó hoặc xa hơn.",
    },
    touches: {
      title: "Kênh nào mở đầu, kênh nào chốt",
      hint: "Lượt ghé và đơn hàng, theo kênh chạm đầu tiên và cuối cùng trước đó.",
    },
    value: {
      title: "Kênh góp phần vào doanh thu",
      hint: "Phần giá trị đơn hàng mà kênh có mặt trên đường đi. Một đơn có thể qua nhiều kênh.",
    },
    campaigns: {
      title: "Chiến dịch",
      hint: "Lượt ghé và đơn hàng. Chiến dịch dưới 10 khách được gộp chung, không nêu tên.",
    },
    closing: {
      title: "Chi nhánh nào chốt tốt nhất",
      hint: "Khách đã chạm online rồi ghé: bao nhiêu người mua ngay trong ngày.",
    },
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
  journeys: {
    title: "Journeys from online to the store",
    hint: "All branches. Only people who agreed are counted.",
  },
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
    funnel: {
      title: "Where people stop",
      hint: "Each person counts at the furthest step: a bar is who came so far or further.",
    },
    touches: {
      title: "Which channel opens, which closes",
      hint: "Visits and orders, by the first and the last channel that touched them before.",
    },
    value: {
      title: "What channels contribute to value",
      hint: "Share of the value of orders that a channel had a part in. An order may pass several.",
    },
    campaigns: {
      title: "Campaigns",
      hint: "Visits and orders. Campaigns of fewer than 10 people are put together, unnamed.",
    },
    closing: {
      title: "Which branch closes best",
      hint: "Of people touched online who came: how many bought on the same day.",
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
