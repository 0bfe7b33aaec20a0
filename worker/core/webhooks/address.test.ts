import { describe, expect, test } from "vitest";
import { addressTrouble } from "./address.ts";

const judged = (url: string, mode: "local" | "production" = "production") =>
  addressTrouble(new URL(url), mode);

describe("outside local mode webhooks go to", () => {
  test.each([
    "https://hooks.shop.vn/quen",
    "https://hooks.shop.vn:8443/quen?x=1",
    "https://8.8.8.8/",
    "https://172.32.0.1/",
    "https://100.128.0.1/",
    "https://[2606:4700::1111]/",
    "https://xn--ca-hng-9jb.vn/",
    "https://local.shop.vn/",
    "https://10.shop.vn/",
  ])("%s", (url) => expect(judged(url)).toBeNull());
});

describe("outside local mode webhooks never go to", () => {
  test.each([
    ["http://hooks.shop.vn/", "not_https"],
    ["ftp://hooks.shop.vn/", "not_https"],
    ["https://an:pass@hooks.shop.vn/", "credentials"],
    ["https://an@hooks.shop.vn/", "credentials"],
    ["https://hooks.shop.vn/#there", "fragment"],
    ["https://localhost/", "local_name"],
    ["https://LOCALHOST./", "local_name"],
    ["https://api.localhost/", "local_name"],
    ["https://printer.local/", "local_name"],
    ["https://metadata.google.internal/", "local_name"],
    ["https://router.home.arpa/", "local_name"],
    ["https://intranet/", "local_name"],
    ["https://127.0.0.1/", "private_address"],
    ["https://127.1/", "private_address"],
    ["https://2130706433/", "private_address"],
    ["https://0x7f000001/", "private_address"],
    ["https://0x7f.1/", "private_address"],
    ["https://0177.0.0.1/", "private_address"],
    ["https://017700000001/", "private_address"],
    ["https://127.0.0.1./", "private_address"],
    ["https://%31%32%37.0.0.1/", "private_address"],
    ["https://①②⑦.0.0.1/", "private_address"],
    ["https://127。0。0。1/", "private_address"],
    ["https://0.0.0.0/", "private_address"],
    ["https://10.1.2.3/", "private_address"],
    ["https://172.16.0.1/", "private_address"],
    ["https://172.31.255.255/", "private_address"],
    ["https://192.168.1.1/", "private_address"],
    ["https://192.0.0.192/", "private_address"],
    ["https://169.254.169.254/latest/meta-data/", "private_address"],
    ["https://100.64.0.1/", "private_address"],
    ["https://100.127.255.255/", "private_address"],
    ["https://100.100.100.200/", "private_address"],
    ["https://198.19.0.1/", "private_address"],
    ["https://203.0.113.7/", "private_address"],
    ["https://224.0.0.1/", "private_address"],
    ["https://255.255.255.255/", "private_address"],
    ["https://[::1]/", "private_address"],
    ["https://[::]/", "private_address"],
    ["https://[::ffff:127.0.0.1]/", "private_address"],
    ["https://[::ffff:8.8.8.8]/", "private_address"],
    ["https://[::127.0.0.1]/", "private_address"],
    ["https://[64:ff9b::7f00:1]/", "private_address"],
    ["https://[2002:7f00:1::]/", "private_address"],
    ["https://[2001:0:7f00:1::]/", "private_address"],
    ["https://[2001:db8::1]/", "private_address"],
    ["https://[fe80::1]/", "private_address"],
    ["https://[fc00::1]/", "private_address"],
    ["https://[fd00:ec2::254]/", "private_address"],
    ["https://[fec0::1]/", "private_address"],
    ["https://[ff02::1]/", "private_address"],
  ] as const)("%s (%s)", (url, trouble) => expect(judged(url)).toBe(trouble));
});

test.each(["2130706433", "0x7f000001", "0177.0.0.1", "8.8.8", "8.8.8.256", "[1::2::3]", "[x]", ""])(
  "the hostname %j, which no parser has written plainly, is not believed",
  (hostname) => {
    const address = { protocol: "https:", username: "", password: "", hash: "", hostname };
    expect(addressTrouble(address, "production")).not.toBeNull();
  },
);

test("in local mode a receiver may be on the same machine, still without credentials", () => {
  expect(judged("http://127.0.0.1:9000/hook", "local")).toBeNull();
  expect(judged("http://an:pass@127.0.0.1/", "local")).toBe("credentials");
  expect(judged("file:///etc/passwd", "local")).toBe("not_https");
});
