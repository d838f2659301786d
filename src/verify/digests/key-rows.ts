import type { PublicKeyRow } from "../../state/index.ts";
import type { PublicKey } from "./digest-object.ts";
import { publicKeyOf } from "./public-keys.ts";

/** A key that was kept; its fingerprint is taken anew. */
export function keyOfRow({ region, value, validFrom, validTo }: PublicKeyRow): PublicKey {
  return publicKeyOf({ region, der: Buffer.from(value, "base64"), validFrom, validTo });
}

/** A key as it is kept: whose it is, and when it was seen, milliseconds. */
export function rowOfKey(
  { region, fingerprint, der, validFrom, validTo }: PublicKey,
  { authority, seenAt }: Pick<PublicKeyRow, "authority" | "seenAt">,
): PublicKeyRow {
  return { region, fingerprint, value: Buffer.from(der).toString("base64"), validFrom, validTo, seenAt, authority };
}
