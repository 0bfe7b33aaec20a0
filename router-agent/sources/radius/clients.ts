// Which address may report with which shared secret: CIDR ranges, of which the narrowest wins, and a secret for the rest.
import { BlockList, isIP } from "node:net";

export interface ClientRange {
  from: string;
  secret: string;
}

export type SecretOf = (address: string) => string | undefined;
export type ClientsResult = { ok: true; secretOf: SecretOf } | { ok: false; problem: string };

interface Range {
  prefix: number;
  list: BlockList;
  secret: string;
}

export const readClients = (
  clients: readonly ClientRange[],
  otherwise: string | undefined,
): ClientsResult => {
  const ranges: Range[] = [];
  for (const { from, secret } of clients) {
    const range = parseRange(from);
    if (range === undefined)
      return { ok: false, problem: `"${from}" is neither an address nor a range like 192.168.1.0/24` };
    ranges.push({ ...range, secret });
  }
  ranges.sort((a, b) => b.prefix - a.prefix);
  const secretOf: SecretOf = (address) => {
    const plain = withoutMapping(address);
    const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
    return ranges.find(({ list }) => list.check(plain, family))?.secret ?? otherwise;
  };
  return { ok: true, secretOf };
};

const parseRange = (text: string): Omit<Range, "secret"> | undefined => {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  const widest = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : Number(bits);
  if (bits === "" || !Number.isInteger(prefix) || prefix < 0 || prefix > widest) return undefined;
  const list = new BlockList();
  list.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
  return { prefix, list };
};

/** A socket for both families writes IPv4 peers as `::ffff:192.0.2.1`. */
export const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");
