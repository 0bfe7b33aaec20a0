// Fields as vendors write them: a number where another writes text, null where another leaves it out. What is not of the
// expected form is as good as absent, so that one odd field never loses the others.

import { z } from "zod";

/** More than any vendor's id of anything. */
const LONGEST_ID = 100;

/** One line of text, or a number as text; null for none. */
export const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim() || null)
  .nullable()
  .catch(null);

/** Of an order, a customer, a branch; `0` is how vendors write "none". */
export const id = text.transform((value) =>
  value === null || value === "0" || value.length > LONGEST_ID || /\p{C}/u.test(value) ? null : value,
);

/** An amount of money or pieces. Text must be a plain decimal: `85.000` is not guessed at. */
export const amount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d{1,15}(?:\.\d{1,6})?\s*$/)
      .refine((value) => !/^\s*-?\d{1,3}\.\d{3}\s*$/.test(value))
      .transform(Number),
  ])
  .nullable()
  .catch(null);

/** Read by whoever knows what it is; a time by vendor-time.ts. */
export const any = z.unknown().optional();

export const flag = z.boolean().nullable().catch(null);

/** Its entries are read one by one. */
export const list = z.array(z.unknown()).catch([]);

export const record = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject(shape).nullable().catch(null);
