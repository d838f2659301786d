import { createHash } from "node:crypto";

/** What S3 calls an account in ACLs and as an owner: 64 hexadecimal digits, the same for an account for ever. */
export function canonicalIdOf(accountId: string): string {
  return createHash("sha256").update(`canonical user of ${accountId}`).digest("hex");
}
