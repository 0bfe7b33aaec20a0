// The data protection officer's pages in Vietnamese, the original.

import type { PrivacyCopy } from "./copy.ts";
import { noticesOfVi } from "./notices-vi.ts";

const COMMAND = "npm run quen --";

export const privacyVi: PrivacyCopy = {
  language: "vi",
  other: { code: "en", name: "English" },
  title: "Yêu cầu về dữ liệu cá nhân",
  localMode: "Chế độ cục bộ: dữ liệu thử, không dùng cho cửa hàng thật.",
  skip: "Đến nội dung",
  nav: { label: "Quen", board: "Lượt ghé và khách quen", signOut: "Đăng xuất" },
  kinds: {
    view: "Xem dữ liệu về mình",
    copy: "Nhận bản sao dữ liệu",
    correct: "Sửa dữ liệu sai",
    withdraw: "Rút lại mọi sự đồng ý",
    object: "Phản đối tiếp thị",
    restrict: "Hạn chế sử dụng dữ liệu",
    erase: "Xóa dữ liệu",
    other: "Yêu cầu khác",
  },
  origins: {
    me: "Khách tự gửi trên trang của mình",
    operator: "Nhân viên ghi lại thay khách",
    channel: "Gửi qua một kênh khác",
  },
  askedBy: {
    in_person: "Trực tiếp tại cửa hàng",
    phone: "Qua điện thoại",
    email: "Qua e-mail",
    letter: "Bằng thư",
    channel: "Qua Zalo hoặc kênh nhắn tin, hoặc trên trang của mình",
  },
  distance: ({ kind, days }) => {
    switch (kind) {
      case "late":
        return `Quá hạn ${days} ngày`;
      case "today":
        return "Hạn chót hôm nay";
      case "tomorrow":
        return "Hạn chót ngày mai";
      case "later":
        return `Còn ${days} ngày`;
    }
  },
  list: {
    title: "Yêu cầu về dữ liệu cá nhân",
    counts: (open, late) => `${open} yêu cầu đang mở, ${late === 0 ? "không yêu cầu nào" : late} quá hạn.`,
    none: "Không có yêu cầu nào đang mở.",
    filter: "Lọc yêu cầu",
    open: "Đang mở",
    closed: "Đã đóng",
    new: "Ghi yêu cầu mới",
    request: "Điều được yêu cầu",
    received: "Nhận ngày",
    replyDue: "Trả lời",
    due: "Xử lý xong",
    replied: "Đã trả lời",
    closedAt: "Đóng ngày",
    outcome: "Kết quả",
    outcomes: { done: "Đã thực hiện", refused: "Từ chối" },
    first: "Về trang đầu",
    next: "Trang sau",
    pages: "Trang",
    empty: {
      open: {
        title: "Không có yêu cầu nào đang chờ",
        text: "Yêu cầu khách viết trên trang của mình (/me) và yêu cầu bạn ghi lại thay khách sẽ hiện ở đây, hạn gần nhất đứng trước. Việc khách tự làm xong trên /me nằm ngay trong phần đã đóng.",
      },
      closed: {
        title: "Chưa có yêu cầu nào được đóng",
        text: "Yêu cầu đã thực hiện hoặc bị từ chối sẽ hiện ở đây cùng bằng chứng, mới nhất đứng trước.",
      },
    },
  },
  one: {
    back: "Tất cả yêu cầu",
    id: "Mã yêu cầu",
    origin: "Nguồn",
    profile: "Hồ sơ",
    noProfile: "Không có hồ sơ nào (không lưu gì về người này, hoặc đã xóa)",
    note: "Lời của người yêu cầu",
    noNote: "Người yêu cầu không viết thêm gì.",
    wordsGone: "Lời của người yêu cầu đã được xóa khi đóng yêu cầu.",
    answerTo: "Trả lời về",
    logged: "Lần xem này đã được ghi vào nhật ký truy cập.",
    history: "Diễn biến",
    events: {
      received: "Nhận yêu cầu",
      replied: "Đã trả lời người yêu cầu",
      extended: "Gia hạn",
      done: "Đóng: đã thực hiện",
      refused: "Đóng: từ chối",
      lifted: "Dừng việc hạn chế sử dụng",
    },
    by: (actor) => `bởi ${actor}`,
    owed: (day) => `hạn ${day}`,
    dates: "Thời hạn",
    extended: "đã gia hạn",
    howTo: "Cách thực hiện",
    how: {
      view: "Chắc chắn đúng là người đó, rồi cho họ xem hồ sơ:",
      copy: "Chắc chắn đúng là người đó, rồi gửi cho họ nội dung hồ sơ:",
      correct: "Sửa ở nơi dữ liệu được nhập (quầy, đơn hàng, /me). Xem dữ liệu đến từ đâu:",
      withdraw: "Đóng yêu cầu là rút lại mọi sự đồng ý của người này.",
      object: "Đóng yêu cầu là rút lại mọi sự đồng ý nhận tiếp thị.",
      restrict: "Đóng yêu cầu là giữ dữ liệu lại và không dùng nữa, cho đến khi bạn dừng việc hạn chế.",
      erase:
        "Chắc chắn đúng là người đó, rồi xóa hồ sơ bằng mẫu bên dưới: yêu cầu được đóng cùng lúc. Cả hồ sơ bị xóa, nên hãy xem trước: nếu trong đó có số hay mã của người khác (số đổi chủ, mã khách dùng chung), tách ra rồi mới xóa.",
      other: "Làm điều cần làm, trả lời người yêu cầu, rồi đóng kèm bằng chứng.",
    },
    command: (kind, id) => {
      if (kind === "correct") return `${COMMAND} profile explain ${id} --evidence`;
      return kind === "view" || kind === "copy" || kind === "erase" ? `${COMMAND} profile show ${id}` : null;
    },
    print: "In trang này (Ctrl+P) để giữ làm bằng chứng: bản in không có các mẫu nhập.",
    printed: (moment) => `Trạng thái vào lúc ${moment}`,
  },
  acts: {
    title: "Việc cần làm",
    reply: {
      title: "Trả lời người yêu cầu",
      text: "Báo cho họ biết yêu cầu đã được nhận và khi nào xong, rồi ghi lại ở đây.",
      submit: "Đã trả lời họ",
    },
    extend: {
      title: "Gia hạn (chỉ một lần)",
      text: "Trước khi hết hạn, và phải báo lý do cho người yêu cầu.",
      submit: "Gia hạn",
    },
    extendTo: (day) => `Hạn mới: ${day}`,
    done: {
      title: "Đóng: đã thực hiện",
      text: "Sau khi đã làm xong điều được yêu cầu.",
      submit: "Đóng: đã thực hiện",
    },
    doneByClosing: {
      title: "Thực hiện và đóng",
      text: "Quen thực hiện ngay khi bạn bấm nút.",
      submit: "Thực hiện và đóng",
    },
    refuse: {
      title: "Từ chối",
      text: "Chỉ khi luật cho phép (Điều 19 hoặc khoản 3 Điều 4). Bước sau sẽ hỏi lại.",
      submit: "Tiếp tục từ chối",
    },
    erase: {
      title: "Xóa hồ sơ và đóng",
      text: "Xóa mọi dữ liệu của hồ sơ này, tại cửa hàng và mua hàng. Bước sau sẽ hỏi lại.",
      submit: "Tiếp tục xóa",
    },
    proof: "Bằng chứng",
    proofOptional: "Bằng chứng (không bắt buộc)",
    proofHint: "Ví dụ: số thư, mã e-mail. Lưu mãi mãi nên không ghi tên hay số của ai.",
    reason: "Lý do",
    reasonHint: "Người yêu cầu sẽ được biết. Lưu mãi mãi nên không ghi tên hay số của ai.",
    askedBy: "Họ đã yêu cầu bằng cách nào",
    choose: "Chọn một",
    restrictedHint: (id) => `Để dùng lại dữ liệu: ${COMMAND} request lift ${id} --reason "…"`,
  },
  confirm: {
    back: "Không, quay lại",
    refuse: {
      title: "Từ chối yêu cầu này?",
      text: "Yêu cầu được đóng, lời của người yêu cầu bị xóa, và không mở lại được. Họ có thể khiếu nại, nên lý do phải đứng vững.",
      submit: "Từ chối yêu cầu",
    },
    erase: {
      title: "Xóa hồ sơ này?",
      text: "Mọi định danh, lượt ghé, đơn hàng và sự đồng ý của hồ sơ bị xóa ở cả cửa hàng và mua hàng. Không khôi phục được. Còn lại chứng nhận xóa và bằng chứng niêm phong theo luật.",
      submit: "Xóa vĩnh viễn",
    },
    reason: "Lý do",
    profile: "Hồ sơ",
    askedBy: "Cách yêu cầu",
    others: "Chưa chắc? Xem hồ sơ trước:",
  },
  new: {
    title: "Ghi yêu cầu mới",
    lead: "Khi ai đó yêu cầu tại quầy, qua điện thoại hay thư. Hãy chắc chắn đúng là người đó: một mã gửi đến số của họ, hoặc biên nhận đồng ý.",
    kind: "Họ yêu cầu điều gì",
    by: "Họ được biết đến bằng",
    byKind: (kind, name) => {
      if (kind === "phone") return "Số điện thoại";
      if (kind === "email") return "E-mail";
      if (kind.startsWith("zalo_app:")) return `Mã Zalo (ứng dụng ${kind.slice(9)})`;
      return `Mã khách của ${name ?? kind.replace(/^customer:/, "")}`;
    },
    value: "Số, địa chỉ hoặc mã",
    valueHint:
      "Chỉ dùng để tìm hồ sơ: được biến thành khóa, không lưu nguyên văn và không hiện trong địa chỉ trang.",
    text: "Lời của họ (không bắt buộc)",
    textHint: "Được niêm phong và xóa khi đóng yêu cầu. Tối đa 1.000 ký tự.",
    answerTo: "Trả lời về đâu, nếu khác (không bắt buộc)",
    answerToHint: "Ví dụ một e-mail khác. Được niêm phong.",
    received: "Nhận ngày",
    receivedHint: "Thời hạn tính từ ngày này.",
    others: "Bên khác xử lý dữ liệu cho thương hiệu cũng phải làm (thời hạn dài hơn)",
    submit: "Ghi yêu cầu",
  },
  tools: {
    title: "Công cụ khác",
    consents: "Bằng chứng đồng ý của một người, kiểm tra được mà không cần Quen",
    breach: "Ai bị ảnh hưởng bởi một sự cố, để thông báo trong 72 giờ",
    erasures: "Danh sách ai đã bị xóa, giữ bên ngoài cho lúc khôi phục",
    holidays: "Ngày nghỉ thêm, tính vào hạn trả lời",
    docs: "Hướng dẫn: docs/operations.md, docs/breach.md, docs/consent-evidence.md trong mã nguồn.",
    apiDocs: "Tài liệu API",
  },
  ...noticesOfVi,
};
