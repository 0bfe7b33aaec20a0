// The texts of wording.ts in both languages. `{brand}`, `{controller}` and `{contact}` come from the brand's settings.

import type { Purpose } from "../schema/consent.ts";
import type { Language } from "./language.ts";

interface Words {
  readonly boxes: Readonly<Record<Purpose, { readonly label: string; readonly body: string }>>;
  readonly sensitive: string;
  readonly notice: string;
  /** Above the withdraw buttons, each beside the label of its box. */
  readonly withdrawal: string;
}

const vi: Words = {
  boxes: {
    visit_recognition: {
      label: "Nhận ra tôi khi tôi quay lại",
      body: "Từ lúc bạn đồng ý, {brand} ghi lại ngày, giờ và thời lượng điện thoại của bạn kết nối WiFi tại từng cửa hàng, để biết bạn ghé bao lâu một lần và phục vụ khách quen tốt hơn. Lưu tối đa 13 tháng; riêng thời điểm ghé lần đầu được giữ đến khi bạn yêu cầu xóa.",
    },
    profile_linking: {
      label: "Nối lượt ghé với đơn hàng của tôi",
      body: "{brand} gộp lượt ghé cửa hàng với đơn hàng, mã khách hàng và tài khoản trực tuyến của bạn (cùng số điện thoại hoặc cùng tài khoản Zalo) thành một hồ sơ.",
    },
    marketing_zalo: {
      label: "Nhận ưu đãi qua Zalo",
      body: "{brand} gửi bạn tin khuyến mãi và tin về sản phẩm qua Zalo, tối đa 3 tin một ngày, không gửi từ 22:00 đến 07:00.",
    },
    marketing_sms: {
      label: "Nhận ưu đãi qua SMS",
      body: "{brand} gửi tin khuyến mãi và tin về sản phẩm bằng SMS tới số điện thoại của bạn, tối đa 3 tin một ngày, không gửi từ 22:00 đến 07:00.",
    },
    marketing_email: {
      label: "Nhận ưu đãi qua email",
      body: "{brand} gửi tin khuyến mãi và tin về sản phẩm tới email của bạn, tối đa 3 thư một ngày, không gửi từ 22:00 đến 07:00.",
    },
  },
  sensitive: "Dữ liệu nhạy cảm: cho biết bạn đã ở đâu và lúc nào.",
  notice:
    "Bên kiểm soát dữ liệu: {controller} ({contact}). Bạn có quyền xem, sửa, nhận bản sao, rút lại đồng ý và yêu cầu xóa bất cứ lúc nào. Không chọn ô nào bạn vẫn dùng được WiFi.",
  withdrawal:
    "Bấm “Rút lại” là bạn rút lại sự đồng ý đó đã cho {controller}. Có hiệu lực ngay; WiFi không bị ảnh hưởng.",
};

const en: Words = {
  boxes: {
    visit_recognition: {
      label: "Recognise me when I come back",
      body: "From the moment you agree, {brand} records on which days, when and how long your phone is on the WiFi of each store, to know how often you visit and to serve regulars better. Kept for 13 months at most; only the time of your first visit is kept until you ask for erasure.",
    },
    profile_linking: {
      label: "Link my visits with my orders",
      body: "{brand} joins your store visits with orders, customer codes and online accounts of yours (same phone number or same Zalo account) into one profile.",
    },
    marketing_zalo: {
      label: "Offers on Zalo",
      body: "{brand} sends you offers and product news on Zalo, at most 3 messages a day, never between 22:00 and 07:00.",
    },
    marketing_sms: {
      label: "Offers by SMS",
      body: "{brand} sends offers and product news by SMS to your phone number, at most 3 messages a day, never between 22:00 and 07:00.",
    },
    marketing_email: {
      label: "Offers by email",
      body: "{brand} sends offers and product news to your email address, at most 3 messages a day, never between 22:00 and 07:00.",
    },
  },
  sensitive: "Sensitive data: it tells where you were and when.",
  notice:
    "Data controller: {controller} ({contact}). You may see, correct and copy your data, withdraw your consent and ask for erasure at any time. The WiFi works even if you tick nothing.",
  withdrawal:
    "“Withdraw” takes that consent back from {controller}. It takes effect at once; the WiFi stays on.",
};

export const WORDS: Readonly<Record<Language, Words>> = { vi, en };
