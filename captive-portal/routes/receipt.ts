// `/receipt/{id}`: what was answered, to which words, signed. Its unguessable address is all that opens it.

import type { Hono } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { ReceiptPage } from "../pages/receipt-page.tsx";
import { languageOf, respond, respondNotice } from "../respond.ts";

export const receiptRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;
  app.get("/receipt/:id", async (c) => {
    const receipt = await ports.receipts.find(c.req.param("id"));
    if (receipt === null) {
      ports.refusals.count("receipt_unknown", null);
      return respondNotice(c, options, { kind: "receipt_unknown", status: 404 });
    }
    const page = { brand: receipt.gateway.brand, language: languageOf(c), here: `/receipt/${receipt.id}` };
    return respond(c, options, page, (frame) => ReceiptPage({ frame, receipt }));
  });
};
