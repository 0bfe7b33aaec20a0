// CRC-32C (Castagnoli, RFC 3720 appendix B.4). Node has a CRC-32 only from 20.15 on, and routers run older ones.

const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

export const crc32c = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  // By index: an iterator is several times slower here, and every byte on disk passes.
  for (let at = 0; at < bytes.length; at += 1)
    crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
};
