// The words for purchases on the shopper's own page, in both languages.

import type { PurchasesCopy } from "./own-copy.ts";

const vi = {
  traits: { name: "Tên", birthday: "Ngày sinh", gender: "Giới tính", address: "Địa chỉ" },
  status: { placed: "đã đặt", completed: "hoàn tất", cancelled: "đã hủy", refunded: "đã hoàn tiền" },
} as const;

const en = {
  traits: { name: "Name", birthday: "Birthday", gender: "Gender", address: "Address" },
  status: { placed: "placed", completed: "completed", cancelled: "cancelled", refunded: "refunded" },
} as const;

const word = (table: Readonly<Record<string, string>>, key: string): string => table[key] ?? key;

export const PURCHASES_VI: PurchasesCopy = {
  title: "Mua hàng",
  text: "Do quầy và cửa hàng trực tuyến ghi, nối với bạn theo lựa chọn của bạn.",
  trait: (name) => word(vi.traits, name),
  status: (status) => word(vi.status, status),
  more: (rest) => `Và ${rest} đơn cũ hơn, có trong bản sao.`,
  left: (amount) => `còn ${amount} sau hoàn tiền`,
  events: (n) => `${n} hoạt động`,
  between: (first, last) => (first === last ? first : `từ ${first} đến ${last}`),
  each: "Từng hoạt động trực tuyến có trong bản sao của bạn.",
};

export const PURCHASES_EN: PurchasesCopy = {
  title: "Purchases",
  text: "Recorded by tills and online shops, joined with you as you chose.",
  trait: (name) => word(en.traits, name),
  status: (status) => word(en.status, status),
  more: (rest) => `And ${rest} older orders, in the copy.`,
  left: (amount) => `${amount} left after refunds`,
  events: (n) => `${n} ${n === 1 ? "activity" : "activities"}`,
  between: (first, last) => (first === last ? first : `${first} to ${last}`),
  each: "Your copy has each online activity.",
};
