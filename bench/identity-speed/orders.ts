// Orders as a till tells them, of new customers and of those it told of before, in bodies of `POST /v1/orders`.

const DAY = 86_400_000;

export interface Customer {
  readonly code: string;
  readonly phone: string;
  readonly email: string;
}

export const customer = (run: string, index: number): Customer => ({
  code: `${run}-${index}`,
  phone: `+8490${String(1_000_000 + index).padStart(7, "0")}`,
  email: `${run}.${index}@mail.bench`,
});

/** Each order of a day tells anew that the three belong together. */
export const ordersOf = (customers: readonly Customer[], run: string, day: number, now: number): object[] =>
  customers.map((one, index) => ({
    id: `${run}-${day}-${index}`,
    at: new Date(now - day * DAY).toISOString(),
    status: "completed",
    total: 45_000,
    customer: one,
  }));
