// Vietnamese texts of signing in with Zalo.

import type { ZaloCopy } from "./zalo-copy.ts";

export const zaloVi: ZaloCopy = {
  title: "Đăng nhập bằng Zalo",
  why: "Zalo không mở được trong cửa sổ WiFi này. Hãy dùng trình duyệt của điện thoại, như Chrome hoặc Safari.",
  note: "Ghi nhớ hoặc chụp màn hình địa chỉ này:",
  openStep: "Bấm “Mở mạng 5 phút”. Cửa sổ này có thể tự đóng.",
  goStep: "Mở trình duyệt của điện thoại, vào địa chỉ trên và đăng nhập Zalo.",
  openNetwork: "Mở mạng 5 phút",
  openNetworkHint: "Mỗi thiết bị được mở một lần trong một giờ.",
  isOpen: "Mạng đã mở. Mở trình duyệt của điện thoại và vào địa chỉ:",
  go: "Mở Zalo",
  goHint: "Chỉ dùng nút này nếu bạn đang ở trong trình duyệt của điện thoại.",
  left: (wait) => `Còn ${wait}. Trang này tự cập nhật khi bạn đăng nhập xong.`,
  finishing: "Đang hoàn tất đăng nhập…",
  overTitle: "Địa chỉ này đã hết hạn",
  overText: "Địa chỉ để đăng nhập Zalo chỉ dùng được một lần trong 5 phút. Lựa chọn của bạn vẫn còn.",
  newAddress: "Lấy địa chỉ mới",
  confirmTitle: "Xác nhận đăng nhập WiFi",
  confirmText: (branch) =>
    `Bạn đang đăng nhập WiFi tại ${branch} bằng Zalo. Chỉ xác nhận nếu bạn đang ở cửa hàng này và chính bạn đã bắt đầu.`,
  confirmAnswers: "Lựa chọn của bạn",
  confirmWords: "Xem đầy đủ nội dung",
  confirmYes: "Đúng là tôi, vào mạng",
  confirmNo: "Không phải tôi",
  limitedTitle: "Chưa thể mở mạng thêm lần nữa",
  limitedText: (wait) =>
    `Mạng để đăng nhập Zalo chỉ mở một lần trong một giờ trên mỗi thiết bị. Thử lại sau ${wait}, hoặc đăng nhập bằng mã gửi tới số điện thoại.`,
  otherWay: "Cách khác để vào mạng",
  backToZalo: "Thử lại bằng Zalo",
  tryAgain: "Thử lại",
  troubles: {
    code_unknown: {
      title: "Địa chỉ chưa đúng",
      text: "Kiểm tra lại từng chữ và số của địa chỉ trên trang WiFi. Trong đó không có chữ O, chữ I, số 0 và số 1.",
    },
    code_expired: {
      title: "Địa chỉ đã hết hạn",
      text: "Địa chỉ chỉ dùng được trong 5 phút. Quay lại trang WiFi để lấy địa chỉ mới.",
    },
    code_used: {
      title: "Địa chỉ đã được dùng",
      text: "Mỗi địa chỉ chỉ dùng cho một lần đăng nhập. Quay lại trang WiFi để xem kết quả hoặc lấy địa chỉ mới.",
    },
    guesses: {
      title: "Nhập sai quá nhiều lần",
      text: "Chờ một phút, rồi nhập lại đúng địa chỉ trên trang WiFi.",
    },
    state_unknown: {
      title: "Không nhận ra lần đăng nhập này",
      text: "Yêu cầu không bắt đầu từ trang WiFi nên không được thực hiện. Mở lại trang WiFi và thử lần nữa.",
    },
    state_expired: {
      title: "Lần đăng nhập đã hết hạn",
      text: "Bạn quay lại từ Zalo quá muộn nên chưa có gì được lưu. Mở lại trang WiFi và thử lần nữa.",
    },
    state_used: {
      title: "Lần đăng nhập này đã dùng rồi",
      text: "Mỗi lần đăng nhập Zalo chỉ dùng được một lần. Mở lại trang WiFi để tiếp tục.",
    },
    denied: {
      title: "Bạn chưa cho phép trên Zalo",
      text: "Chưa có gì được lưu. Bạn có thể thử lại hoặc chọn cách khác.",
    },
    not_mine: {
      title: "Đã dừng đăng nhập",
      text: "Chưa có gì được lưu. Nếu bạn đang ở cửa hàng và muốn vào WiFi, hãy chọn cách khác.",
    },
    retry: {
      title: "Zalo chưa trả lời",
      text: "Chưa có gì được lưu. Chờ vài giây rồi thử lại.",
    },
    refused: {
      title: "Chưa đăng nhập được bằng Zalo",
      text: "Zalo không xác nhận lần đăng nhập này và chưa có gì được lưu. Thử lại, hoặc dùng số điện thoại.",
    },
    abroad: {
      title: "Zalo chưa dùng được ở cửa hàng này",
      text: "Lỗi ở phía chúng tôi, không phải ở bạn, và chưa có gì được lưu. Hãy dùng số điện thoại.",
    },
    session_over: {
      title: "Phiên đã hết hạn",
      text: "Bạn quay lại từ Zalo khi phiên đã đóng nên chưa có gì được lưu. Mở lại trang bạn đã bắt đầu; với WiFi, tắt rồi bật lại.",
    },
    ledger_retry: {
      title: "Chưa lưu được lựa chọn của bạn",
      text: "Zalo đã xác nhận, nhưng hệ thống đang bận nên chưa có gì được lưu. Hãy thử lại bằng Zalo.",
    },
  },
};
