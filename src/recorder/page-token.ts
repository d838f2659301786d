import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const macBytes = 16;
const tokenCharactersMax = 1000;

/**
 * A token that says where a page ended. It belongs to the question that it was given for, and nobody without the key
 * makes one.
 */
export function sealToken(key: Uint8Array, question: unknown, place: unknown): string {
  const body = Buffer.from(JSON.stringify(place));
  return Buffer.concat([macOf(key, question, body), body]).toString("base64url");
}

/** Where the page ended, or undefined for a token of another question or of nobody. */
export function openToken(key: Uint8Array, question: unknown, token: string): unknown {
  if (token.length > tokenCharactersMax) return undefined;
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length <= macBytes || bytes.toString("base64url") !== token) return undefined;
  const body = bytes.subarray(macBytes);
  if (!timingSafeEqual(macOf(key, question, body), bytes.subarray(0, macBytes))) return undefined;
  // Ours, for the seal is right.
  return JSON.parse(body.toString()) as unknown;
}

function macOf(key: Uint8Array, question: unknown, body: Uint8Array): Buffer {
  const asked = createHash("sha256").update(JSON.stringify(question)).digest();
  return createHmac("sha256", key).update(asked).update(body).digest().subarray(0, macBytes);
}
