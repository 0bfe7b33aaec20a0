// An order as Nhanh.vn's webhooks have it: flat in version 2 of its API, in parts in version 3. One shape for both.

import { z } from "zod";
import { amount, id, list, record, text } from "./vendor-fields.ts";
import { vendorTime } from "./vendor-time.ts";

export interface NhanhOrder {
  readonly id: string | null;
  /** What kind of paper it is: 1 delivery, 2 at the counter, 14 goods given back, … */
  readonly type: number | null;
  /** A word in version 2, a number in version 3. */
  readonly status: string | null;
  readonly saleChannel: number | null;
  readonly depot: string | null;
  readonly at: number | null;
  readonly updatedAt: number | null;
  /** Null where it tells of no money, as an `orderUpdate` of version 2. */
  readonly total: number | null;
  /** The order whose goods came back. */
  readonly returnOf: string | null;
  readonly customer: {
    readonly code: string | null;
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
  readonly items: readonly {
    readonly name: string | null;
    readonly quantity: number | null;
    readonly sku: string | null;
  }[];
}

const Flat = z.looseObject({
  orderId: id,
  typeId: amount,
  type: text,
  status: text,
  saleChannel: amount,
  depotId: id,
  createdDateTime: text,
  calcTotalMoney: amount,
  returnFromOrderId: id,
  customerId: id,
  customerName: text,
  customerMobile: text,
  customerEmail: text,
  products: list,
});

const Parts = z.looseObject({
  info: z.looseObject({
    id,
    type: amount,
    status: text,
    createdAt: amount,
    updatedAt: amount,
    returnFromId: id,
    idReturn: id,
  }),
  channel: record({ saleChannel: amount }),
  depot: record({ id }),
  shippingAddress: record({ id, name: text, mobile: text, email: text }),
  carrier: record({ customerShipFee: amount }),
  payment: record({ discount: record({ amount }) }),
  products: list,
});

const Product = z.looseObject({
  id,
  name: text,
  productName: text,
  code: text,
  productCode: text,
  quantity: amount,
  price: amount,
  discount: amount,
});

const AT_THE_COUNTER = 2;

const productsOf = (raw: readonly unknown[]) =>
  raw.flatMap((one) => {
    const { data } = Product.safeParse(one);
    return data ? [data] : [];
  });

const itemsOf = (products: readonly z.infer<typeof Product>[]): NhanhOrder["items"] =>
  products.map((one) => ({
    name: one.name ?? one.productName,
    quantity: one.quantity,
    sku: one.code ?? one.productCode ?? one.id,
  }));

const flat = (order: z.infer<typeof Flat>): NhanhOrder => ({
  id: order.orderId,
  type: order.typeId ?? (order.type === "Shopping" ? AT_THE_COUNTER : null),
  status: order.status,
  saleChannel: order.saleChannel,
  depot: order.depotId,
  at: vendorTime(order.createdDateTime),
  updatedAt: null,
  total: order.calcTotalMoney,
  returnOf: order.returnFromOrderId,
  customer: {
    code: order.customerId,
    name: order.customerName,
    phone: order.customerMobile,
    email: order.customerEmail,
  },
  items: itemsOf(productsOf(order.products)),
});

/** Version 3 tells no total: the goods at their prices, less what is taken off, and what the buyer pays for the way. */
const totalOf = (order: z.infer<typeof Parts>): number | null => {
  const products = productsOf(order.products);
  if (products.length === 0 || products.some(({ price, quantity }) => price === null || quantity === null))
    return null;
  const goods = products.reduce(
    (sum, { price, discount, quantity }) => sum + ((price ?? 0) - (discount ?? 0)) * (quantity ?? 1),
    0,
  );
  const off = order.payment?.discount?.amount ?? 0;
  return goods - off + (order.carrier?.customerShipFee ?? 0);
};

const inParts = (order: z.infer<typeof Parts>): NhanhOrder => {
  const { info, shippingAddress: buyer } = order;
  return {
    id: info.id,
    type: info.type,
    status: info.status,
    saleChannel: order.channel?.saleChannel ?? null,
    depot: order.depot?.id ?? null,
    at: vendorTime(info.createdAt),
    updatedAt: vendorTime(info.updatedAt),
    total: totalOf(order),
    returnOf: info.idReturn ?? info.returnFromId,
    customer: {
      code: buyer?.id ?? null,
      name: buyer?.name ?? null,
      phone: buyer?.mobile ?? null,
      email: buyer?.email ?? null,
    },
    items: itemsOf(productsOf(order.products)),
  };
};

/** Null for what is no order. */
export const nhanhOrder = (raw: unknown): NhanhOrder | null => {
  const parts = Parts.safeParse(raw);
  if (parts.success) return inParts(parts.data);
  const { data } = Flat.safeParse(raw);
  return data ? flat(data) : null;
};
