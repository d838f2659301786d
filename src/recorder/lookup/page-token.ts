import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Where a page ended: the last event's instant and number. */
export interface PagePlace {
  readonly at: number;
  readonly id: number;
}

const macBytes = 16;

/**
 * A token that says where a page ended. It belongs to the question that it was given for, and nobody without the key
 * makes one.
 */
export function sealToken(key: Uint8Array, question: unknown, place: PagePlace): string {
  const body = Buffer.alloc(16);
  body.writeDoubleBE(place.at, 0);
  body.writeDoubleBE(place.id, 8);
  return Buffer.concat([body, macOf(key, question, body)]).toString("base64url");
}

/** Where the page ended, or undefined for a token of another question or of nobody. */
export function openToken(key: Uint8Array, question: unknown, token: string): PagePlace | undefined {
  if (token.length > 100) return undefined;
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 16 + macBytes || bytes.toString("base64url") !== token) return undefined;
  const body = bytes.subarray(0, 16);
  if (!timingSafeEqual(macOf(key, question, body), bytes.subarray(16))) return undefined;
  return { at: body.readDoubleBE(0), id: body.readDoubleBE(8) };
}

function macOf(key: Uint8Array, question: unknown, body: Uint8Array): Buffer {
  const asked = createHash("sha256").update(JSON.stringify(question)).digest();
  return createHmac("sha256", key).update(asked).update(body).digest().subarray(0, macBytes);
}
