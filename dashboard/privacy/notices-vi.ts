// What the officer's pages say after something was done, or was not, in Vietnamese.

import type { PrivacyCopy } from "./copy.ts";

export const noticesOfVi: Pick<PrivacyCopy, "faults" | "faultsTitle" | "said" | "troubles"> = {
  faults: {
    kind: "Chọn điều được yêu cầu.",
    value: "Giá trị này không đúng loại đã chọn. Kiểm tra từng ký tự.",
    text: "Viết tối đa 1.000 ký tự.",
    answerTo: "Viết tối đa 200 ký tự.",
    received: "Chọn một ngày, không muộn hơn hôm nay.",
    reason: "Viết lý do, tối đa 300 ký tự.",
    proof: "Viết bằng chứng, tối đa 300 ký tự.",
    askedBy: "Chọn cách họ đã yêu cầu.",
  },
  faultsTitle: "Chưa ghi được",
  said: {
    opened: "Đã ghi yêu cầu. Thời hạn ở bên dưới.",
    opened_two: "Đã ghi hai yêu cầu: dữ liệu tại cửa hàng và dữ liệu mua hàng của người này đứng riêng.",
    replied: "Đã ghi: người yêu cầu được trả lời.",
    extended: "Đã gia hạn. Nhớ báo lý do cho người yêu cầu.",
    closed: "Đã thực hiện và đóng yêu cầu.",
    refused: "Đã từ chối và đóng yêu cầu. Nhớ báo lý do cho người yêu cầu.",
    erased: "Đã xóa hồ sơ và đóng yêu cầu. Mã chứng nhận nằm trong diễn biến.",
  },
  troubles: {
    not_so: {
      title: "Không làm gì cả: yêu cầu đã đổi",
      text: "Có người vừa xử lý yêu cầu này, hoặc đã quá hạn. Trang này cho thấy trạng thái hiện tại.",
    },
    needs_proof: { title: "Cần bằng chứng", text: "Ghi làm sao chứng minh được việc này đã xong." },
    needs_erasure: {
      title: "Dữ liệu vẫn còn",
      text: "Yêu cầu này chỉ được đóng bằng việc xóa hồ sơ. Nếu hồ sơ chưa hiện, đợi một phút rồi tải lại trang.",
    },
    other_profile: {
      title: "Không xóa gì cả: hồ sơ đã đổi",
      text: "Từ lúc trang được mở, hồ sơ đã được ghép, tách hoặc xóa. Xem lại rồi quyết định.",
    },
    busy: {
      title: "Không làm gì cả: dữ liệu đang bận",
      text: "Có thay đổi khác cùng lúc. Hãy thử lại sau vài giây.",
    },
    foreign_form: {
      title: "Không làm gì cả",
      text: "Yêu cầu không đến từ trang này, quá dài, hoặc trang đã mở quá lâu. Hãy mở lại trang và thử lại.",
    },
    unavailable: {
      title: "Chưa thể trả lời",
      text: "Hệ thống không phản hồi. Không biết chắc việc đã xong hay chưa: mở lại yêu cầu để xem trạng thái.",
    },
    unknown: { title: "Không có yêu cầu này", text: "Địa chỉ bị gõ sai hoặc bị cắt mất một phần." },
  },
};
