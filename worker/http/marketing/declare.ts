// What every marketing route has in common in its declaration.

import { z } from "@hono/zod-openapi";
import { jsonReply, problemReply } from "../openapi.ts";

export const BranchPath = z.object({ id: z.string() });

export const marketing = { tags: ["Marketing"] };

const refusals = {
  400: problemReply("A query parameter is not valid; `errors` names it"),
  401: problemReply("No accepted credential"),
  403: problemReply("The credential lacks the scope marketing:read"),
};

export const answers = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: jsonReply(schema, description),
  ...refusals,
  404: problemReply("No such branch"),
});

export const answersOrCsv = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...answers(schema, description),
  200: {
    description,
    content: { "application/json": { schema }, "text/csv": { schema: z.string() } },
  },
});
