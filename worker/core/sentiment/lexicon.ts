// Words and phrases that say how a customer feels, with their weights. Whoever writes without diacritics writes other words
// alike (đắt and đặt, hôi and hỏi), so what would be mistaken then is listed apart.

export interface Phrase {
  readonly text: string;
  readonly weight: number;
  /** Only where the writer marks tones. */
  readonly markedOnly: boolean;
}

const listOf = (weight: number, text: string, markedOnly = false): readonly Phrase[] =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => ({ text: one, weight, markedOnly }));

const STRONG_GOOD = `
  tuyệt vời, hoàn hảo, xuất sắc, hài lòng, ưng ý, ưng cái bụng, đáng tiền, đáng mua, đáng đồng tiền, mê mẩn, mê ly,
  không có gì để chê, không chê vào đâu được, không chê, miễn chê, không điểm chê, hết ý, hết sảy, xịn sò, đỉnh của chóp,
  5 sao, năm sao, 10 điểm, mười điểm, 100 điểm, bá cháy, sẽ quay lại, sẽ ghé lại, sẽ ủng hộ, ủng hộ tiếp, ủng hộ dài dài,
  sẽ mua tiếp, mua tiếp, lại ghé, sẽ mua lại, giới thiệu cho bạn, giới thiệu bạn bè, nên mua, khách quen, khách ruột,
  perfect, excellent, amazing, best`;

const GOOD = `
  đẹp, xinh, tốt, ngon, thơm, xịn, bền, mịn, mượt, gọn gàng, sạch sẽ, hợp lý, ưng, thích, mê, yêu, tuyệt, đỉnh, uy tín,
  nhiệt tình, tận tình, tận tâm, chu đáo, dễ thương, đáng yêu, thân thiện, lịch sự, vui vẻ, chuyên nghiệp, cẩn thận,
  đóng gói kỹ, gói kỹ, tư vấn kỹ, tư vấn nhiệt tình, cảm ơn, biết ơn, hiệu quả, khen, chính hãng, dễ chịu, thoải mái,
  yên tĩnh, đúng hẹn, giao đúng, y hình, giống hình, như hình, đúng mô tả, vừa vặn, vừa in, vừa như in, mặc vừa,
  giao hàng nhanh, giao nhanh, ship nhanh, ship hàng nhanh, rep nhanh, trả lời nhanh, phản hồi nhanh, phục vụ nhanh,
  được tặng, quà tặng xinh, mlem, good, nice, great, love, wow, đậm đà, tiện lợi, hữu ích, quá ok, hàng ok, ok lắm,
  sản phẩm ok, quán ok, ngon bổ rẻ, giá rẻ, giá tốt, giá mềm, chất lượng tốt, chất lượng cao, chất lượng ổn, ổn áp,
  khá ổn, mua hoài, lần nào mua cũng, hạnh phúc, tự hào, may mắn, bất ngờ`;

const GOOD_MARKED = "mát, êm, rẻ, chuẩn, nhạc hay, hay quá, hay lắm, trâu, ruột, sướng";

const STRONG_BAD = `
  thất vọng, lừa đảo, tệ hại, quá tệ, tệ lắm, kém chất lượng, dở ẹc, dở tệ, bực mình, phẫn nộ, kinh khủng khiếp,
  không giống hình, không giống ảnh, không như hình, không giống mô tả, không đúng mô tả, khác hình, khác mô tả,
  không như mong đợi, không như quảng cáo, không chịu nổi, không chấp nhận được, đừng mua, đừng ai mua, không nên mua,
  không bao giờ quay lại, không bao giờ mua, không mua nữa, không quay lại, không ủng hộ nữa, cạch, tẩy chay, tránh xa,
  1 sao, một sao, 0 sao, 2 sao, khiếu nại, tố cáo, bóc phốt, hàng giả, hàng nhái, hàng fake, phí tiền, tốn tiền, tiếc tiền,
  mất tiền oan, vô trách nhiệm, thiếu chuyên nghiệp, lồi lõm, làm ăn chán, làm ăn gì, làm ăn kiểu gì, làm ăn vậy,
  không trả lời, không thèm, không rep, chưa thấy giao, chưa nhận được hàng, chưa nhận được, chưa giao nữa, không thấy giao,
  chờ mãi, đợi mãi, chờ hoài, đợi hoài, không lên nguồn, không hoạt động, không dùng được, không xài được, đau bụng, ngộ độc,
  dị ứng, nổi mụn, chặt chém, cắt cổ, treo đầu dê, thất hứa, mất dạy, hỗn láo, hoàn tiền lại, trả hàng hoàn tiền`;

const BAD = `
  tệ, kém, chán, xấu, fake, rách, hỏng, bị lỗi, bị hư, hư luôn, hư rồi, móp, bể, bung, tróc, phai màu, ra màu, lem màu, lem,
  bị xù, bị ố, mốc, hết hạn, thiu, khét, tanh, bẩn, trễ, giao chậm, giao hàng chậm, rep chậm, chậm quá, chậm trễ,
  phục vụ chậm, lâu quá, lâu lắm, chờ lâu, đợi lâu, giao sai, giao nhầm, nhầm hàng, sai màu, sai size, sai hàng, giao thiếu,
  thiếu hàng, mỏng dính, mỏng quá, nhạt nhẽo, khó chịu, bực, ghét, ngứa, rát, kích ứng, cẩu thả, ẩu, vô lý, quăng hàng,
  nhanh hư, nhanh hỏng, tụt nhanh, tụt pin, hao pin, lag, ồn ào, ruồi, gián, huhu, hic, haiz, vl, vcl, đáng ghét, lừa,
  thái độ, nói chuyện cộc, hoàn tiền, mất hàng, thất lạc, không bắt máy, ai bắt máy, không nghe máy, không có đơn, tính sai,
  tính nhầm, trừ tiền rồi, tiền nào của nấy, trên trời, chật quá, rộng quá, nguội ngắt, đầy mụn, tởm, ớn, kinh quá, ngán, dở hơi`;

const BAD_MARKED = `
  dở, dơ, hôi, hư, lỗi, vỡ, đắt, mắc, giả, chậm, khô, lạt, nhạt, nguội, méo, kỳ, tức, buồn, đứt, cộc, cọc, láo, sai, thiếu,
  cứng, tồi, sến, đổ hết, nóng quá, cáu, chửi, quát, mệt`;

export const PHRASES: readonly Phrase[] = [
  ...listOf(2, STRONG_GOOD),
  ...listOf(1, GOOD),
  ...listOf(1, GOOD_MARKED, true),
  ...listOf(-2, STRONG_BAD),
  ...listOf(-1, BAD),
  ...listOf(-1, BAD_MARKED, true),
];

export const NEGATORS: readonly string[] = ["không", "chưa", "chẳng", "chả", "đừng"];

export const INTENSIFIERS: readonly string[] = [
  "quá",
  "lắm",
  "rất",
  "cực",
  "siêu",
  "ghê",
  "luôn",
  "thiệt",
  "xỉu",
  "hẳn",
];

/** What stands behind them is what is meant. */
export const TURNS: readonly string[] = ["nhưng", "tuy nhiên"];

export const GOOD_SIGNS = /[❤💕💖💗💓💞💘🥰😍😘🤩😋😊☺😁🎉💯👏🌹🤗]|:\)|<3|=\)/gu;
export const BAD_SIGNS = /[😡🤬😠😤😞😒🙄😭😢👎💔😣😖😩🤮🤢]|:\(|=\(/gu;
