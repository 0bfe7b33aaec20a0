// The reply of a server that does not open the stream: its status, our problem code if it is our server, its time.

import type { IncomingMessage } from "node:http";
import { parseObject } from "../sources/json.ts";

export interface Refusal {
  status: number;
  /** Empty when it is none of ours. */
  code: string;
  date: string | undefined;
}

const MAX_CHARS = 16_384;
const TIMEOUT_MS = 5_000;

/** Never rejects: a body that does not come is an empty one. */
export const readRefusal = (response: IncomingMessage): Promise<Refusal> =>
  new Promise((resolve) => {
    let text = "";
    const done = (): void => {
      clearTimeout(timer);
      response.destroy();
      const code = parseObject(text)?.["code"];
      const { date } = response.headers;
      resolve({
        status: response.statusCode ?? 0,
        code: typeof code === "string" && /^\w{1,40}$/.test(code) ? code : "",
        date,
      });
    };
    const timer = setTimeout(done, TIMEOUT_MS);
    response.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.length > MAX_CHARS) done();
    });
    response.on("end", done);
    response.on("error", done);
  });
