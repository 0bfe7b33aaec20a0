// A receiver of webhooks as a CRM would have it: checks each signature with the `standardwebhooks` package and keeps what
// it took.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Lab } from "./lab.ts";

export interface TakenEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

export interface WebhookReceiver {
  url: string;
  /** Once the operator knows it. */
  secret: string;
  taken: TakenEvent[];
  /** Requests that were not signed by us. */
  forged: number;
}

export const startWebhookReceiver = async (lab: Lab): Promise<WebhookReceiver> => {
  const receiver: WebhookReceiver = { url: "", secret: "", taken: [], forged: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const header = (name: string): string => String(request.headers[name] ?? "");
      try {
        const event = new Webhook(receiver.secret).verify(Buffer.concat(chunks).toString("utf8"), {
          "webhook-id": header("webhook-id"),
          "webhook-timestamp": header("webhook-timestamp"),
          "webhook-signature": header("webhook-signature"),
        }) as Omit<TakenEvent, "id">;
        receiver.taken.push({ ...event, id: header("webhook-id") });
        response.writeHead(204).end();
      } catch {
        receiver.forged += 1;
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  lab.defer(async () => void server.close());
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/quen`;
  return receiver;
};
