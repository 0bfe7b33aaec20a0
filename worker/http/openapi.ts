// How routes are declared: the same zod schemas validate and make /openapi.json.

import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { fieldErrors } from "../../schema/field-errors.ts";
import { type ProblemCode, PROBLEMS } from "../../schema/problems.ts";
import type { HttpEnv } from "./context.ts";
import { problem, type ProblemExtras } from "./problem.ts";

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [keyof typeof PROBLEMS]),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    limits: z.record(z.string(), z.number()).optional(),
  })
  .openapi("Problem");

/** A router whose failed validations are problems that name the field. */
export const router = () =>
  new OpenAPIHono<HttpEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const code = result.target === "json" ? "invalid_body" : "invalid_query";
      return problem(c, code, { errors: fieldErrors(result.error) });
    },
  });

export const problemReply = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ProblemSchema } },
});

export const jsonReply = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/**
 * A problem as the reply of a declared route. The declarations name problems by status and the body is made in one
 * place, so the handler's type need not repeat it.
 */
export const refuse = (c: Context<HttpEnv>, code: ProblemCode, extras: ProblemExtras = {}): never =>
  problem(c, code, extras) as never;

/** A body that must be there: one that may be absent would reach the handler as nothing, whatever its schema says. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
  required: true as const,
});
