// Whether webhooks may be sent to an address: https, without credentials, and nothing that lies inside a network. It is
// given as a URL parser left it, which writes every spelling of an IPv4 address as four decimal numbers.

export interface Address {
  /** With its colon. */
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  /** IPv6 in brackets. */
  readonly hostname: string;
  readonly hash: string;
}

export type AddressTrouble = "not_https" | "credentials" | "fragment" | "private_address" | "local_name";

export const TROUBLES: Readonly<Record<AddressTrouble, string>> = {
  not_https: "must begin with https://",
  credentials: "must carry no user name or password",
  fragment: "must have no #",
  private_address: "must not be an address inside a network",
  local_name: "must be a public host name",
};

/** Null: webhooks may go there. In local mode receivers on the same machine are the normal case. */
export const addressTrouble = (address: Address, mode: "local" | "production"): AddressTrouble | null => {
  const { protocol, username, password, hash } = address;
  if (username !== "" || password !== "") return "credentials";
  if (hash !== "") return "fragment";
  if (mode === "local") return protocol === "https:" || protocol === "http:" ? null : "not_https";
  if (protocol !== "https:") return "not_https";
  // A name may end in a dot and still be the same name.
  return hostTrouble(address.hostname.toLowerCase().replace(/\.$/, ""));
};

const hostTrouble = (host: string): AddressTrouble | null => {
  if (host.startsWith("[")) return isPublicV6(host.slice(1, -1)) ? null : "private_address";
  const labels = host.split(".");
  // A last label that begins with a digit is a number and no name, in whatever spelling.
  if (/^\d/.test(labels.at(-1) ?? "")) return isPublicV4(labels) ? null : "private_address";
  const isLocal = labels.length < 2 || LOCAL_ENDINGS.some((ending) => `.${host}`.endsWith(ending));
  return isLocal ? "local_name" : null;
};

const LOCAL_ENDINGS = [
  ".localhost",
  ".local",
  ".localdomain",
  ".internal",
  ".intranet",
  ".lan",
  ".home",
  ".corp",
  ".private",
  ".home.arpa",
  ".in-addr.arpa",
  ".ip6.arpa",
  ".onion",
  ".test",
  ".invalid",
  ".example",
];

/** Everything that IANA's registry of special addresses does not call globally reachable; first address and prefix. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Where clouds keep their metadata, too.
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  // Multicast, reserved, broadcast.
  ["224.0.0.0", 3],
];

const v4 = (parts: readonly string[]): number | null => {
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : null;
};

/** False for what is not written plainly: no parser leaves that. */
const isPublicV4 = (parts: readonly string[]): boolean => {
  const number = v4(parts);
  if (number === null) return false;
  return !SPECIAL_V4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(number / size) === Math.floor((v4(first.split(".")) ?? 0) / size);
  });
};

/** Only 2000::/3 is given to the world; inside it, what carries an IPv4 address or is no place is refused as well. */
const isPublicV6 = (text: string): boolean => {
  const groups = v6(text);
  const [first = 0, second = 0] = groups ?? [];
  if (groups === null || first < 0x2000 || first > 0x3fff) return false;
  const isTeredoOrSpecial = first === 0x2001 && second < 0x200;
  const isDocumentation = (first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000);
  return !isTeredoOrSpecial && !isDocumentation && first !== 0x2002;
};

/** The eight groups; null for what is not an IPv6 address as a parser writes it. */
const v6 = (text: string): number[] | null => {
  const [before = "", after, ...more] = text.split("::");
  if (more.length > 0) return null;
  const left = before === "" ? [] : before.split(":");
  const right = after === undefined || after === "" ? [] : after.split(":");
  const missing = 8 - left.length - right.length;
  if (after === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16));
};
