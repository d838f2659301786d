/** The polynomial of NVM Express, turned round (NVM Command Set Specification, 64b CRC; S3 names it CRC64NVME). */
const polynomial = 0x9a6c_9329_ac4b_c9b5n;

const [lowTable, highTable] = makeTables();

/** A CRC-64 in two halves of 32 bits, as JavaScript reckons quickly with them. */
export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

export const crc64Start: Crc64 = { high: 0, low: 0 };

/** NVMe's CRC-64, going on from an earlier one. */
export function crc64nvme(bytes: Uint8Array, before: Crc64 = crc64Start): Crc64 {
  let high = ~before.high;
  let low = ~before.low;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
    high = (high >>> 8) ^ (highTable[index] ?? 0);
  }
  return { high: ~high >>> 0, low: ~low >>> 0 };
}

function makeTables(): readonly [Int32Array, Int32Array] {
  const entries = Array.from({ length: 256 }, (_, byte) => {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1n) === 0n ? crc >> 1n : (crc >> 1n) ^ polynomial;
    return crc;
  });
  return [
    Int32Array.from(entries, (entry) => Number(BigInt.asIntN(32, entry))),
    Int32Array.from(entries, (entry) => Number(BigInt.asIntN(32, entry >> 32n))),
  ];
}
