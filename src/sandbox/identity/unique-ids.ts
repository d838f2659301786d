import { createHash } from "node:crypto";
import { type Random } from "../world.ts";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const secretSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The beginnings of unique ids. IAM User Guide, 'IAM identifiers', 'Understanding unique ID prefixes'. */
export type IdPrefix = "AIDA" | "AROA" | "AGPA" | "ANPA" | "AIPA";

/** An id such as `AIDA` and 17 letters and digits. */
export function makeUniqueId(random: Random, prefix: IdPrefix): string {
  return prefix + base32Text(random, 17);
}

/**
 * An access key's id. It holds the account's number where those of AWS hold it, so that tools which read the account
 * from a key find it (observed by many on keys since 2019; AWS does not document it).
 */
export function makeAccessKeyId(random: Random, prefix: "AKIA" | "ASIA", accountId: string): string {
  const bits = (1n << 47n) | (BigInt(accountId) << 7n) | BigInt(Math.floor(random.next() * 128));
  // 48 bits are nine letters and three bits of a tenth.
  const padded = (bits << 2n) | BigInt(Math.floor(random.next() * 4));
  let text = "";
  for (let shift = 45n; shift >= 0n; shift -= 5n) text += base32[Number((padded >> shift) & 31n)] ?? "";
  return `${prefix}${text}${base32Text(random, 6)}`;
}

/** The 40 characters of a secret access key. */
export function makeSecret(random: Random): string {
  return pick(random, secretSigns, 40);
}

/** The token that goes with a session's key. */
export function makeSessionToken(random: Random): string {
  return `IQoJb3JpZ2luX2Vj${pick(random, secretSigns, 340)}`;
}

/** The canonical user id of an account, which ACLs and some bucket policies name. */
export function canonicalIdOf(accountId: string): string {
  return createHash("sha256").update(`canonical user of ${accountId}`).digest("hex");
}

/** Letters and digits as base32 has them. */
export function base32Text(random: Random, length: number): string {
  return pick(random, base32, length);
}

function pick(random: Random, signs: string, length: number): string {
  return Array.from({ length }, () => signs[Math.floor(random.next() * signs.length)] ?? "").join("");
}
