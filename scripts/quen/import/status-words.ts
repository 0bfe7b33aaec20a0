// What files call the state of an order, in our words. A word that is none of these is an error: an order that was
// cancelled must not count as bought.

import { bareWord } from "../../../worker/core/intake/bare-word.ts";
import type { SaidOrder } from "../../../worker/core/intake/said.ts";

const WORDS: Readonly<Record<SaidOrder["status"], readonly string[]>> = {
  placed: [
    "placed",
    "pending",
    "processing",
    "new",
    "confirmed",
    "shipping",
    "Phiếu tạm",
    "Đơn mới",
    "Mới",
    "Chờ xác nhận",
    "Đã xác nhận",
    "Đang xử lý",
    "Đang giao hàng",
    "Đang giao",
  ],
  completed: [
    "completed",
    "complete",
    "paid",
    "delivered",
    "Hoàn thành",
    "Đã hoàn thành",
    "Đã thanh toán",
    "Đã giao",
    "Đã giao hàng",
    "Thành công",
  ],
  cancelled: ["cancelled", "canceled", "Huỷ", "Đã huỷ", "Huỷ đơn", "Không giao được"],
  refunded: ["refunded", "returned", "Hoàn tiền", "Đã hoàn tiền", "Trả hàng", "Đã trả hàng", "Đã hoàn trả"],
};

const known = new Map(
  Object.entries(WORDS).flatMap(([status, words]) =>
    words.map((word) => [bareWord(word), status as SaidOrder["status"]] as const),
  ),
);

export const statusOf = (cell: string): SaidOrder["status"] | null => known.get(bareWord(cell)) ?? null;
