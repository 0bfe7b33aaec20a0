// `0.0.0.0:1813`, `[::]:1813`, `1813` or `0.0.0.0` (accounting's usual port) to what a socket is bound to.
import { isIP } from "node:net";

export interface Listen {
  host: string;
  port: number;
  family: "udp4" | "udp6";
}

export const parseListen = (text: string): Listen | undefined => {
  const match = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d{1,5}))?$/.exec(
    /^\d{1,5}$/.test(text) ? `0.0.0.0:${text}` : text,
  );
  if (match === null) return undefined;
  const host = match[1] ?? (match[2] === "" ? "0.0.0.0" : match[2]) ?? "";
  const port = Number(match[3] ?? 1813);
  const version = isIP(host);
  if (version === 0 || port > 65_535) return undefined;
  return { host, port, family: version === 6 ? "udp6" : "udp4" };
};
