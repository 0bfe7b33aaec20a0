// The counter's code in Vietnamese.

import type { CounterCopy } from "./counter-copy.ts";

export const counterVi: CounterCopy = {
  title: "Mã cho quầy",
  offer: "Cho nhân viên quét để được phục vụ như khách quen.",
  text: "Nhân viên quét mã để biết bạn là khách quen: thấy tên, sở thích, lượt ghé và đơn hàng gần đây mà bạn đã cho phép. Không thấy email, không thấy đủ số điện thoại.",
  show: "Hiện mã cho quầy",
  valid: (time) => `Dùng được một lần, trong 2 phút, đến ${time}.`,
  picture: "Mã QR để nhân viên quầy quét",
  again: "Tạo mã mới",
  over: "Mã đã hết hạn. Tạo mã mới khi nhân viên sẵn sàng quét.",
  limited: "Bạn vừa tạo nhiều mã. Chờ 2 phút rồi thử lại, hoặc đọc số điện thoại cho nhân viên.",
  back: "Quay lại",
};
