import { timingSafeEqual } from "node:crypto";

import { type WireRequest } from "../message.ts";
import { canonicalRequest, sha256Hex } from "./canonical-request.ts";
import { scopeText } from "./credential-scope.ts";
import { type RequestSignature } from "./read-signature.ts";
import { hmac, signingKey } from "./signing-key.ts";

export type SignatureVerdict =
  | { readonly kind: "valid" }
  /** Made with another key, or for another request; with the text that was signed here. */
  | { readonly kind: "mismatch"; readonly canonicalRequest: string; readonly stringToSign: string }
  /** Signed too far from the server's time. */
  | { readonly kind: "skewed" }
  /** A presigned request that holds no longer. */
  | { readonly kind: "expired"; readonly expiredAt: number };

/** How far client and server may be apart; S3 "Error responses", RequestTimeTooSkewed. */
export const skewSecondsMax = 900;

/**
 * Verifies a request's signature. `payloadHash` is what stands for the body in it: its SHA-256, or one of S3's words
 * such as `UNSIGNED-PAYLOAD`. `now` in milliseconds since 1970. Throws `URIError` for a path that cannot be read.
 */
export function verifySignature(
  request: WireRequest,
  signature: RequestSignature,
  options: { readonly secret: string; readonly payloadHash: string; readonly now: number },
): SignatureVerdict {
  const { secret, payloadHash, now } = options;
  const canonical = canonicalRequest(request, signature, payloadHash);
  const stringToSign = ["AWS4-HMAC-SHA256", signature.amzDate, scopeText(signature.scope), sha256Hex(canonical)].join(
    "\n",
  );
  const expected = hmac(signingKey(secret, signature.scope), stringToSign);
  if (!timingSafeEqual(expected, Buffer.from(signature.signature, "hex")))
    return { kind: "mismatch", canonicalRequest: canonical, stringToSign };
  const skew = now - signature.signedAt;
  if (signature.expiresSeconds === undefined)
    return Math.abs(skew) > skewSecondsMax * 1000 ? { kind: "skewed" } : { kind: "valid" };
  const expiredAt = signature.signedAt + signature.expiresSeconds * 1000;
  if (now > expiredAt) return { kind: "expired", expiredAt };
  return skew < -skewSecondsMax * 1000 ? { kind: "skewed" } : { kind: "valid" };
}
