import { createHmac, timingSafeEqual } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const stepMilliseconds = 30_000;
/** How many steps a device's clock may be off. */
const driftMax = 2;

/** The code that an authenticator shows at an instant: RFC 6238 with SHA-1, 30 seconds, six digits. */
export function codeAt(seed: string, at: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / stepMilliseconds)));
  const digest = createHmac("sha1", decodeBase32(seed)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

/** Whether a code is the device's about now; the step it belongs to, or undefined. */
export function stepOfCode(seed: string, code: string, now: number): number | undefined {
  for (let drift = -driftMax; drift <= driftMax; drift += 1) {
    const at = now + drift * stepMilliseconds;
    if (at >= 0 && isSame(codeAt(seed, at), code)) return Math.floor(at / stepMilliseconds);
  }
  return undefined;
}

function isSame(a: string, b: string): boolean {
  const [expected, given] = [Buffer.from(a), Buffer.from(b)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function decodeBase32(text: string): Buffer {
  let bits = 0n;
  for (const letter of text) bits = (bits << 5n) | BigInt(Math.max(0, base32.indexOf(letter)));
  const bytes = Math.floor((text.length * 5) / 8);
  bits >>= BigInt(text.length * 5 - bytes * 8);
  return Buffer.from(bits.toString(16).padStart(bytes * 2, "0"), "hex");
}
