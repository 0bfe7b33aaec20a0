// The counter in Vietnamese, the original.

import { channelName } from "../../schema/channel-names.ts";
import type { CounterCopy } from "./copy.ts";

export const counterVi: CounterCopy = {
  language: "vi",
  other: { code: "en", name: "English" },
  title: "Quầy",
  localMode: "Chế độ cục bộ: dữ liệu thử, không dùng cho cửa hàng thật.",
  signOut: "Đăng xuất",
  signIn: {
    title: "Đăng nhập quầy",
    lead: "Nhập khóa của quầy một lần. Máy này giữ đăng nhập trong 12 giờ.",
    key: "Khóa của quầy",
    hint: "Bắt đầu bằng qk_. Người vận hành tạo khóa với quyền counter.",
    submit: "Đăng nhập",
  },
  find: {
    title: "Tìm khách",
    phone: "Số điện thoại của khách",
    phoneHint: "Viết kiểu nào cũng được: 0912 345 679, +84…, số 11 chữ số cũ.",
    branch: "Quầy này ở",
    noBranch: "Chưa chọn cửa hàng",
    submit: "Tìm",
    scan: "Hoặc dùng camera của điện thoại quét mã QR mà khách mở trên trang WiFi.",
    next: "Khách tiếp theo",
  },
  open: {
    title: "Mở hồ sơ khách",
    lead: "Mã chỉ dùng được một lần, trong 2 phút. Bấm nút khi khách đang đứng ở quầy.",
    submit: "Mở hồ sơ",
  },
  phoneRefused: {
    empty: "Nhập số điện thoại của khách.",
    not_a_number: "Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 679.",
    filler: "Đây không phải số thật. Hỏi lại khách.",
    invalid: "Số này không đúng. Kiểm tra lại từng chữ số.",
    not_mobile: "Đây không phải số di động. Hỏi số di động của khách.",
  },
  notices: {
    none: {
      title: "Không tìm thấy hồ sơ",
      text: "Chưa có khách nào với số này, hoặc khách không cho phép dùng dữ liệu. Khách có thể đăng nhập WiFi và chọn điều mình cho phép.",
    },
    restricted: {
      title: "Không được xem hồ sơ này",
      text: "Khách đã yêu cầu hạn chế sử dụng dữ liệu của mình. Phục vụ như mọi khách khác.",
    },
    code_used: {
      title: "Mã này đã được dùng",
      text: "Mỗi mã mở hồ sơ một lần. Nhờ khách bấm “Tạo mã mới” rồi quét lại.",
    },
    code_expired: {
      title: "Mã đã hết hạn",
      text: "Mã chỉ sống 2 phút. Nhờ khách bấm “Tạo mã mới” rồi quét lại.",
    },
    code_unknown: {
      title: "Mã không đúng",
      text: "Mã đã quá cũ hoặc bị đọc thiếu. Nhờ khách bấm “Tạo mã mới” rồi quét lại.",
    },
    limited: {
      title: "Tra cứu quá nhiều",
      text: "Khóa này đã tra cứu quá giới hạn. Chờ một lát rồi thử lại; nếu vẫn vậy, báo người vận hành.",
    },
    wrong_key: {
      title: "Khóa không dùng được",
      text: "Khóa bị gõ sai, đã bị thu hồi, hoặc không có quyền counter. Hỏi người vận hành.",
    },
    foreign_form: {
      title: "Chưa thực hiện",
      text: "Yêu cầu không đến từ trang này hoặc trang đã mở quá lâu. Thử lại.",
    },
    unavailable: {
      title: "Chưa tra cứu được",
      text: "Hệ thống chưa trả lời và không có gì bị mất. Kiểm tra mạng của quầy rồi thử lại sau ít giây.",
    },
  },
  person: {
    title: "Hồ sơ khách",
    two: "Số này có hai hồ sơ",
    twoText: "Khách chưa cho phép nối lượt ghé cửa hàng với đơn hàng, nên hai bên đứng riêng.",
    store: "Tại cửa hàng",
    shop: "Mua hàng",
    noName: "Khách chưa cho biết tên",
    phone: "Điện thoại",
    stage: {
      stranger: "Chưa ghé lần nào",
      new: "Khách mới",
      active: "Đang quay lại",
      regular: "Khách quen",
      lapsing: "Lâu chưa ghé",
      lost: "Rất lâu chưa ghé",
    },
    interests: "Sở thích",
    buys: "Hay mua",
    visits: "Lượt ghé",
    total: "Tất cả",
    here: "Ở đây",
    elsewhere: "Nơi khác",
    noVisits: "Chưa có lượt ghé nào.",
    visitsLeftOut: {
      no_consent: "Khách không cho phép nhận ra lượt ghé.",
      withdrawn: "Khách đã rút lại việc cho phép nhận ra lượt ghé.",
      not_linked: "Khách chưa cho phép nối đơn hàng với lượt ghé cửa hàng.",
    },
    orders: (count) => (count === 0 ? "Đơn hàng" : `Đơn hàng (${count})`),
    noOrders: "Chưa có đơn hàng nào.",
    ordersLeftOut: {
      no_consent: "Khách không cho phép xem đơn hàng.",
      withdrawn: "Khách đã rút lại việc cho phép xem đơn hàng.",
      not_linked: "Khách chưa cho phép nối lượt ghé với đơn hàng.",
    },
    online: "Trên các kênh trực tuyến",
    refunded: "đã hoàn tiền",
    channel: (channel) =>
      ({ pos: "tại quầy", web: "trên web", app: "trong ứng dụng", zalo: "qua Zalo" })[channel] ??
      channelName(channel, "vi"),
    contact: "Gửi ưu đãi",
    may: (channels) => `Được gửi qua ${channels}.`,
    mayNot: "Không được gửi ưu đãi cho khách này.",
    logged: "Lần xem này được ghi lại. Chỉ xem khi phục vụ khách.",
  },
};
