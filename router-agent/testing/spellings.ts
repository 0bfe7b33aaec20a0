// Every way in which the tools and vendors that the agent meets write a MAC, for the tests of invariant 1.

type Spell = (octets: readonly string[]) => string;

const groups = (octets: readonly string[], size: number): string[] => {
  const hex = octets.join("");
  return Array.from({ length: hex.length / size }, (_, index) => hex.slice(index * size, (index + 1) * size));
};

export const SPELLINGS: [string, Spell][] = [
  ["aa:bb:cc:dd:ee:ff", (octets) => octets.join(":")],
  ["AA:BB:CC:DD:EE:FF", (octets) => octets.join(":").toUpperCase()],
  ["aa-bb-cc-dd-ee-ff", (octets) => octets.join("-")],
  ["AA-BB-CC-DD-EE-FF", (octets) => octets.join("-").toUpperCase()],
  ["aa.bb.cc.dd.ee.ff", (octets) => octets.join(".")],
  ["aa_bb_cc_dd_ee_ff", (octets) => octets.join("_")],
  ["aa bb cc dd ee ff", (octets) => octets.join(" ")],
  ["aa%3Abb%3A..", (octets) => octets.join("%3A")],
  ["aabb.ccdd.eeff", (octets) => groups(octets, 4).join(".")],
  ["aabb-ccdd-eeff", (octets) => groups(octets, 4).join("-")],
  ["aabbcc-ddeeff", (octets) => groups(octets, 6).join("-")],
  ["aabbccddeeff", (octets) => octets.join("")],
  ["AABBCCDDEEFF", (octets) => octets.join("").toUpperCase()],
  ["0xaabbccddeeff", (octets) => `0x${octets.join("")}`],
];
