// The fields that a file may have, with the words that its header may use for each, in Vietnamese and English. Upper case,
// diacritics, blanks and signs do not matter.

export interface Field {
  readonly name: string;
  /** What stands in `--help` and in the docs. */
  readonly about: string;
  readonly headers: readonly string[];
}

const CUSTOMER: readonly Field[] = [
  {
    name: "code",
    about: "the source's own code of the customer",
    headers: ["Mã khách hàng", "Mã KH", "Mã khách", "Customer code", "Customer ID", "code"],
  },
  {
    name: "phone",
    about: "phone number",
    headers: ["Số điện thoại", "SĐT", "Điện thoại", "Di động", "Phone", "Phone number", "Mobile"],
  },
  { name: "email", about: "e-mail", headers: ["Email", "Thư điện tử", "E-mail address"] },
  {
    name: "name",
    about: "name",
    headers: [
      "Tên khách hàng",
      "Họ tên",
      "Họ và tên",
      "Tên KH",
      "Tên khách",
      "Name",
      "Full name",
      "Customer name",
    ],
  },
  {
    name: "birthday",
    about: "birthday: dd/mm/yyyy, dd/mm or yyyy-mm-dd",
    headers: ["Ngày sinh", "Sinh nhật", "Birthday", "Date of birth", "Birth date"],
  },
  { name: "gender", about: "gender", headers: ["Giới tính", "Gender", "Sex"] },
];

const UPDATED_AT: Field = {
  name: "updatedAt",
  about: "when it was changed last",
  headers: ["Ngày cập nhật", "Cập nhật", "Cập nhật lần cuối", "Updated at", "Last updated"],
};

const ORDER: readonly Field[] = [
  {
    name: "id",
    about: "the source's own number of the order; rows of one order must stand together",
    headers: [
      "Mã hoá đơn",
      "Mã đơn hàng",
      "Mã đơn",
      "Số hoá đơn",
      "Số đơn hàng",
      "Order ID",
      "Order code",
      "Order number",
      "Invoice",
      "Invoice number",
      "id",
    ],
  },
  {
    name: "at",
    about: "when it was placed",
    headers: [
      "Thời gian",
      "Ngày",
      "Ngày giờ",
      "Ngày bán",
      "Ngày mua",
      "Ngày đặt",
      "Ngày đặt hàng",
      "Ngày tạo",
      "Thời gian tạo",
      "Ngày hoá đơn",
      "Date",
      "Order date",
      "Created at",
      "at",
    ],
  },
  UPDATED_AT,
  {
    name: "status",
    about: "what became of it; without the column: completed",
    headers: ["Trạng thái", "Trạng thái đơn hàng", "Status", "Order status"],
  },
  {
    name: "total",
    about: "what it is worth now, refunds taken off",
    headers: [
      "Tổng tiền",
      "Tổng cộng",
      "Tổng thanh toán",
      "Khách cần trả",
      "Giá trị đơn hàng",
      "Total",
      "Total amount",
      "Order total",
      "Amount",
    ],
  },
  {
    name: "currency",
    about: "ISO 4217; without the column: VND",
    headers: ["Tiền tệ", "Loại tiền", "Currency"],
  },
  {
    name: "branchId",
    about: "the branch's id, or a name that --branch gives one",
    headers: ["Chi nhánh", "Mã chi nhánh", "Cửa hàng", "Branch", "Branch ID", "Store"],
  },
  {
    name: "channel",
    about: "where it was sold; without the column: the source's kind",
    headers: ["Kênh bán", "Kênh bán hàng", "Channel", "Sales channel"],
  },
  {
    name: "item",
    about: "name of the item that the row is of",
    headers: [
      "Tên hàng",
      "Tên hàng hoá",
      "Tên sản phẩm",
      "Sản phẩm",
      "Item",
      "Item name",
      "Product",
      "Product name",
    ],
  },
  { name: "quantity", about: "how many of it", headers: ["Số lượng", "SL", "Quantity", "Qty"] },
  { name: "category", about: "its category", headers: ["Nhóm hàng", "Danh mục", "Loại hàng", "Category"] },
  {
    name: "sku",
    about: "its stock number",
    headers: ["Mã hàng", "Mã hàng hoá", "Mã sản phẩm", "SKU", "Product code"],
  },
  ...CUSTOMER,
];

export const KINDS = ["customers", "orders"] as const;
export type Kind = (typeof KINDS)[number];

export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  customers: [...CUSTOMER, UPDATED_AT],
  orders: ORDER,
};
