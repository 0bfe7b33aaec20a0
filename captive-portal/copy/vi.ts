// Vietnamese, the language most shoppers read first.

import type { Copy } from "./copy.ts";
import { counterVi } from "./counter-vi.ts";
import { ownVi } from "./own-vi.ts";
import { zaloVi } from "./zalo-vi.ts";
import type { SentBy } from "../sent-by.ts";

const MINUTE = 60_000;

export const vi: Copy = {
  language: "vi",
  otherLanguage: { code: "en", name: "English" },
  localMode: "Chế độ chạy thử (local mode): để dùng thử, không dành cho khách thật.",
  errorTitle: "Vui lòng xem lại",
  errorPrefix: "Lỗi",
  choose: {
    title: (branch) => `WiFi miễn phí tại ${branch}`,
    intro: "Đăng nhập bằng số điện thoại và chọn những gì bạn cho phép.",
    introGuest: "Hoặc vào mạng không cần đăng nhập.",
    phone: "Số điện thoại",
    phoneHint: "Chúng tôi gửi mã 6 số tới số này.",
    phoneExample: "Ví dụ 0912 345 679",
    adult: "Tôi đủ 16 tuổi trở lên",
    legend: (brand) => `Bạn cho phép ${brand} làm gì?`,
    legendHint: "Không bắt buộc. Ô để trống nghĩa là bạn không đồng ý.",
    submit: "Gửi mã xác nhận",
    zalo: "Tiếp tục với Zalo",
    or: "hoặc",
    guest: "Vào WiFi không cần đăng nhập",
    guestHint: "Không hỏi số điện thoại, không lưu danh tính.",
  },
  phoneRefused: {
    empty: "Nhập số điện thoại của bạn.",
    not_a_number: "Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 679.",
    filler: "Nhập số điện thoại thật của bạn để nhận mã.",
    invalid: "Số này không đúng. Kiểm tra lại từng chữ số, ví dụ 0912 345 679.",
    not_mobile: "Số này không nhận được tin nhắn. Nhập một số di động.",
  },
  wordingChanged: "Nội dung đồng ý vừa thay đổi. Vui lòng đọc và chọn lại.",
  limited: (by, wait, or) =>
    ({
      phone: `Số này vừa được gửi mã. Thử lại sau ${wait}${or}.`,
      device: `Thiết bị này đã xin nhiều mã trong ngày. Thử lại sau ${wait}${or}.`,
      branch: `Đang có quá nhiều lượt xin mã. Thử lại sau ${wait}${or}.`,
    })[by],
  senderRetry: (or) => `Chưa gửi được mã lúc này. Thử lại sau ít phút${or}.`,
  senderRefused: (or) => `Không gửi được mã tới số này. Kiểm tra lại số${or}.`,
  orGuest: ", hoặc vào WiFi không cần đăng nhập",
  ledgerRetry: "Mã đúng, nhưng chưa lưu được lựa chọn của bạn. Nhập lại chính mã đó để tiếp tục.",
  wait: (ms) => {
    if (ms < MINUTE) return `${Math.max(1, Math.ceil(ms / 1_000))} giây`;
    if (ms < 60 * MINUTE) return `${Math.ceil(ms / MINUTE)} phút`;
    return `${Math.ceil(ms / (60 * MINUTE))} giờ`;
  },
  code: {
    title: "Nhập mã xác nhận",
    sent: (phone, by) => `Mã 6 số đã gửi ${way(by)} ${phone}.`,
    resumed: (phone, by) => `Mã gửi ${way(by)} ${phone} trước đó vẫn dùng được.`,
    valid: (minutes) => `Mã có hiệu lực thêm ${minutes} phút.`,
    label: "Mã 6 số",
    submit: "Xác nhận và vào mạng",
    localCode: "Mã chạy thử",
    localInLog: "Chế độ chạy thử: mã nằm trong nhật ký của máy chủ.",
    missing: "Chưa nhận được mã?",
    lookInZalo: "Mở ứng dụng Zalo để xem tin nhắn. Nếu không thấy, nhận mã bằng SMS.",
    bySms: "Gửi bằng SMS",
    smsFailed: (or) => `Chưa gửi được SMS. Hãy dùng mã đã gửi qua Zalo${or}.`,
    again: "Gửi mã mới",
    otherPhone: "Dùng số khác",
    wrong: (left) => `Mã chưa đúng. Bạn còn ${left} lần thử.`,
    trouble: {
      malformed: "Mã gồm đúng 6 chữ số.",
      expired: "Mã đã hết hạn. Bấm “Gửi mã mới” để nhận mã khác.",
      used: "Mã này đã được dùng. Bấm “Gửi mã mới” để nhận mã khác.",
      too_many: "Bạn đã nhập sai 5 lần nên mã này bị hủy. Bấm “Gửi mã mới” để nhận mã khác.",
      none: "Không có mã nào đang chờ. Bấm “Gửi mã mới” để nhận mã.",
    },
  },
  back: {
    title: "Chào mừng bạn quay lại",
    text: "Thiết bị này đã từng đăng nhập ở đây. Trang này không hiện và không thay đổi thông tin nào của bạn.",
    submit: "Vào WiFi",
    other: "Đăng nhập lại hoặc đổi lựa chọn",
  },
  connect: {
    title: "Đang kết nối",
    text: "Bộ phát WiFi của cửa hàng đang mở mạng cho thiết bị này. Chỉ mất vài giây.",
    submit: "Vào WiFi",
    tapTitle: "Còn một bước nữa",
    tapText: "Bấm “Vào WiFi” để bộ phát WiFi của cửa hàng mở mạng cho thiết bị này.",
    slowTitle: "Bộ phát WiFi chưa trả lời",
    slowText: "Hãy thử lại; nếu vẫn chưa được, tắt rồi bật lại WiFi hoặc hỏi nhân viên.",
    slowStored: "Lựa chọn của bạn đã được lưu.",
    retry: "Thử lại",
  },
  done: {
    title: "Bạn đã vào mạng",
    thanks: (brand) => `Cảm ơn bạn đã ghé ${brand}.`,
    guestTitle: "Bạn đã vào mạng với tư cách khách",
    guestText: "Chúng tôi không hỏi và không lưu danh tính của bạn.",
    not16Text: "Khi chưa xác nhận đủ 16 tuổi, bạn dùng WiFi không cần đăng nhập. Số vừa nhập không được lưu.",
    not16Back: "Tôi đủ 16 tuổi, quay lại",
    signIn: "Đăng nhập bằng số điện thoại",
    mine: "Dữ liệu của tôi: xem, sửa, xóa",
    uncount: "Không đếm điện thoại này",
    uncounted: "Điện thoại này không được đếm nữa, có hiệu lực trong vòng 1 phút.",
    returnedTitle: "Bạn đã vào mạng trở lại",
    returnedText: "Để xem hoặc đổi lựa chọn, hãy đăng nhập bằng mã.",
    goOn: "Tiếp tục",
    standing: "Bạn đang cho phép",
    standingNone: "Bạn chưa cho phép điều gì. WiFi vẫn dùng bình thường.",
    since: (day) => `từ ${day}`,
    withdraw: "Rút lại",
    withdrawn: (label) => `Đã rút lại: ${label}. Có hiệu lực ngay.`,
    receipt: "Xem và in biên nhận đồng ý",
  },
  zalo: zaloVi,
  staff: {
    link: "Dành cho nhân viên",
    title: "Điện thoại của nhân viên",
    text: "Điện thoại của nhân viên không được tính là khách ghé. Nhập mã do người quản lý cấp cho cửa hàng này.",
    code: "Mã nhân viên",
    submit: "Không đếm điện thoại này",
    done: "Xong. Điện thoại này không được đếm nữa, có hiệu lực trong vòng 1 phút.",
    back: "Quay lại trang WiFi",
    refused: {
      unknown: "Mã chưa đúng. Kiểm tra lại, hoặc hỏi người quản lý.",
      expired: "Mã đã hết hạn sau 24 giờ. Hỏi người quản lý để lấy mã mới.",
      no_device: "Không nhận ra điện thoại này. Tắt rồi bật lại WiFi và mở lại trang này.",
    },
  },
  own: ownVi,
  counter: counterVi,
  receipt: {
    title: "Biên nhận đồng ý",
    printHint: "Lưu hoặc in trang này bằng chức năng in của trình duyệt.",
    place: "Nơi",
    person: "Số điện thoại hoặc tài khoản",
    proof: "Xác minh",
    proofText: {
      otp: (id) => `mã một lần, tin ${id}`,
      zalo: (id) => `đăng nhập bằng Zalo, ${id}`,
      request: (id) => `yêu cầu của bạn, số ${id}`,
    },
    number: "Mã biên nhận",
    at: "Thời điểm",
    state: { granted: "Đồng ý", refused: "Không đồng ý", withdrawn: "Đã rút lại" },
    toldSensitive: "Đã được báo đây là dữ liệu nhạy cảm",
    wording: "Nội dung đã hiển thị",
    wordingHash: "SHA-256 của nội dung",
    hash: "SHA-256 của bản ghi",
    signature: "Chữ ký Ed25519",
    key: "Khóa",
    explain:
      "Mỗi bản ghi chứa mã băm của bản ghi trước và được ký. Ai có khóa công khai đều kiểm tra được rằng không bản ghi nào bị sửa.",
  },
  notices: {
    unknown_gateway: {
      title: "Không tìm thấy WiFi này",
      text: "Địa chỉ không thuộc cửa hàng nào. Tắt rồi bật lại WiFi để mở trang đăng nhập, hoặc hỏi nhân viên.",
    },
    session_gone: {
      title: "Phiên đã hết hạn",
      text: "Trang này chỉ được giữ 2 giờ. Hãy bắt đầu lại; nếu vẫn chưa vào được mạng, tắt rồi bật lại WiFi.",
    },
    elsewhere: {
      title: "Trang này đã xong",
      text: "Bước đăng nhập bắt đầu ở đây đã sang một trang khác. Nếu bạn chưa vào được mạng, hãy bắt đầu lại.",
    },
    own_gone: {
      title: "Trang này đã đóng",
      text: "Trang dữ liệu của bạn tự đóng sau 30 phút. Xác nhận lại để mở.",
    },
    foreign_form: {
      title: "Biểu mẫu không hợp lệ",
      text: "Yêu cầu không đến từ trang này nên không được thực hiện. Mở lại trang và thử lần nữa.",
    },
    receipt_unknown: {
      title: "Không tìm thấy biên nhận",
      text: "Kiểm tra lại địa chỉ, hoặc liên hệ cửa hàng nơi bạn đã đăng ký.",
    },
    not_found: {
      title: "Không có trang này",
      text: "Tắt rồi bật lại WiFi để mở trang đăng nhập.",
    },
    unavailable: {
      title: "Hệ thống đang bận",
      text: "Bước này chưa xong. Chờ một lát rồi thử lại.",
    },
  },
  startAgain: "Bắt đầu lại",
};

const way = (by: SentBy | null): string => {
  switch (by) {
    case "zalo":
      return "qua Zalo tới";
    case "sms":
      return "bằng SMS tới";
    case "other":
    case null:
      return "tới";
  }
};
