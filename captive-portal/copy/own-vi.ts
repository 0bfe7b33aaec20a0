// The shopper's own page in Vietnamese.

import type { OwnCopy } from "./own-copy.ts";
import { PURCHASES_VI } from "./purchases-words.ts";

export const ownVi: OwnCopy = {
  askTitle: "Dữ liệu của tôi",
  askText: "Xác nhận số điện thoại để xem, sửa, rút lại đồng ý hoặc xóa dữ liệu của bạn.",
  zalo: "Xác nhận bằng Zalo",
  confirm: "Xác nhận",
  title: "Dữ liệu của tôi",
  intro: "Đây là tất cả những gì chúng tôi lưu về bạn. Trang này tự đóng sau 30 phút.",
  nothing: "Chúng tôi chưa lưu gì về bạn, hoặc đã xóa theo yêu cầu của bạn.",
  none: "Không có.",
  standingNone: "Bạn chưa cho phép điều gì.",
  identifiers: "Chúng tôi biết bạn qua",
  identifier: (kind) =>
    kind === "phone"
      ? "Số điện thoại"
      : kind === "email"
        ? "Email"
        : kind.startsWith("zalo")
          ? "Mã Zalo"
          : kind.startsWith("customer:")
            ? "Mã khách hàng"
            : kind,
  seen: (first, last) => (first === last ? `ngày ${first}` : `từ ${first} đến ${last}`),
  details: "Tên và email",
  detailsText: "Không bắt buộc. Xóa nội dung trong ô rồi lưu để bỏ.",
  name: "Tên",
  email: "Email",
  emailWaits:
    "Chưa xác minh: mở liên kết trong thư chúng tôi đã gửi. Khi chưa xác minh, email không được dùng.",
  emailVerified: "Email đã được xác minh.",
  localLink: "Liên kết chạy thử",
  localLinkText: "mở liên kết xác minh",
  save: "Lưu",
  saved: "Đã lưu.",
  emailSent: "Đã lưu. Mở liên kết trong thư vừa gửi để xác minh email.",
  emailNotSent: "Đã lưu, nhưng chưa gửi được thư xác minh. Bấm Lưu lần nữa sau ít phút.",
  emailLimited: "Đã lưu, nhưng hôm nay đã gửi quá nhiều thư xác minh. Thử lại vào ngày mai.",
  invalid: {
    name: "Tên dài tối đa 80 ký tự và chỉ gồm một dòng.",
    email: "Email không đúng. Ví dụ ten@example.vn.",
  },
  unknown:
    "Chưa có dữ liệu nào của bạn nên chưa thể thêm tên hoặc email. Hãy đăng nhập WiFi tại cửa hàng trước.",
  retry: "Chưa thực hiện được và chưa có gì thay đổi. Thử lại sau ít giây.",
  devices: "Thiết bị của tôi",
  devicesText: "Chúng tôi không lưu địa chỉ máy, chỉ lưu một mã không đọc ngược lại được.",
  devicesNone: "Chưa có thiết bị nào gắn với bạn.",
  device: (number) => `Thiết bị ${number}`,
  notCounted: "không được đếm",
  uncount: "Không đếm điện thoại của tôi",
  count: "Đếm lại điện thoại của tôi",
  uncounted: (devices) => `Đã ngừng đếm ${devices} thiết bị. Có hiệu lực trong vòng 1 phút.`,
  counted: (devices) => `Đã đếm lại ${devices} thiết bị.`,
  visits: "Các lượt ghé",
  visitsNone: "Không có lượt ghé nào.",
  visitsMore: (rest) => `Và ${rest} lượt cũ hơn, có trong bản sao.`,
  firstVisit: (branch, day) => `Lần đầu tại ${branch}: ${day}`,
  minutes: (minutes) => `${minutes} phút`,
  passer: "ghé qua, không tính là lượt ghé",
  shopping: PURCHASES_VI,
  history: "Mọi lựa chọn của tôi",
  receipt: (sequence) => `biên nhận số ${sequence}`,
  ownPage: "trên trang này",
  keptTitle: "Lưu bao lâu và ai nhận được",
  things: {
    identifiers: "Số điện thoại, mã Zalo, email",
    details: "Tên",
    consents: "Lựa chọn và bằng chứng đồng ý",
    devices: "Mã thiết bị",
    visits: "Lượt ghé",
    first_visits: "Ngày ghé đầu tiên",
    purchases: "Đơn hàng",
    sessions: "Phiên trang WiFi",
    codes: "Mã một lần",
  },
  untilErased: "đến khi bạn xóa",
  days: (days) => `${days} ngày`,
  recipientsTitle: "Bên nhận dữ liệu:",
  recipients: {
    hosting: "Cloudflare, nơi chạy hệ thống này",
    code_sender: "Đơn vị gửi mã một lần (chỉ số điện thoại và mã)",
    email_sender: "Đơn vị gửi thư xác minh (chỉ email và liên kết)",
  },
  copyTitle: "Bản sao",
  copyText: "Toàn bộ dữ liệu ở trên, dạng tệp JSON.",
  copy: "Tải bản sao",
  eraseTitle: "Xóa dữ liệu của tôi",
  eraseText: "Xóa mọi thứ ở trên và rút lại mọi đồng ý. Không thể hoàn tác.",
  eraseStart: "Xóa dữ liệu của tôi",
  eraseWording: (controller) =>
    `Tôi yêu cầu ${controller} xóa toàn bộ dữ liệu cá nhân của tôi, và tôi rút lại mọi sự đồng ý. Chỉ giữ lại: dấu vết không đọc được để dữ liệu cũ không quay lại, và bằng chứng đồng ý đã niêm phong mà luật cho phép giữ để tự bảo vệ. Tôi vẫn dùng được WiFi.`,
  eraseSure: "Tôi chắc chắn muốn xóa",
  eraseUnsure: "Đánh dấu ô “Tôi chắc chắn muốn xóa” rồi bấm lại.",
  erase: "Xóa vĩnh viễn",
  back: "Quay lại, không xóa",
  erasedTitle: "Đã xóa dữ liệu",
  erasedText:
    "Đây là giấy xác nhận. Giấy này không chứa tên hay số điện thoại của bạn; hãy lưu địa chỉ trang hoặc in lại.",
  removed: {
    identifiers: "Số điện thoại, mã Zalo, email đã xóa",
    details: "Tên và email đã xóa",
    devices: "Thiết bị đã gỡ",
    visits: "Lượt ghé đã xóa",
    first_visits: "Ngày ghé đầu tiên đã xóa",
    dead_letters: "Tin lỗi đã xóa",
    orders: "Đơn mua hàng đã xóa",
    traits: "Thông tin nơi khác cung cấp đã xóa",
    evidence: "Liên kết giữa các số và địa chỉ của bạn đã xóa",
    changes: "Ghi chú gửi hệ thống khác đã xóa",
  },
  sealedProofs: "Bằng chứng đồng ý còn giữ, đã niêm phong",
  purchases: (day) =>
    `Cửa hàng còn giữ đơn mua hàng dưới cùng số điện thoại hoặc email, chưa liên kết với bạn. Chúng tôi đã yêu cầu xóa các đơn đó trước hết ngày ${day}.`,
  certificate: "Số giấy xác nhận",
  leave: "Đóng trang này",
  verifyTitle: "Xác minh email",
  verifyText: "Bấm nút để xác nhận email này là của bạn.",
  verify: "Xác minh email",
  verifiedTitle: "Email đã được xác minh",
  verifiedText: "Cảm ơn bạn.",
  verifyRefusedTitle: "Liên kết không dùng được",
  verifyRefused: {
    unknown: "Liên kết này không đúng. Mở lại thư và bấm đúng liên kết.",
    expired: "Liên kết đã hết hạn sau 24 giờ. Lưu lại email trên trang Dữ liệu của tôi để nhận liên kết mới.",
    used: "Liên kết này đã được dùng.",
    stale: "Bạn đã đổi sang email khác sau khi thư này được gửi.",
  },
};
