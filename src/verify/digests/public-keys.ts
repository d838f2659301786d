import { hash } from "node:crypto";
import { z } from "zod";
import { parseEventTime } from "../../cloudtrail/index.ts";
import { VerifyError } from "../errors.ts";
import type { KeyBook, PublicKey } from "./digest-object.ts";

/** A key of 16,384 bits; AWS's have 2,048. */
const derBytesMax = 4_096;
const keysMax = 10_000;

/**
 * A key as `ListPublicKeys` tells it. Its fingerprint is the MD5 of the bytes as they came, PKCS #1 or SPKI: AWS does not
 * say so, but it is so of all keys that it has printed.
 */
export function publicKeyOf(key: Omit<PublicKey, "fingerprint">): PublicKey {
  const { region, der, validFrom, validTo } = key;
  return { region, fingerprint: hash("md5", der), der, validFrom, validTo };
}

/** Keys by region and fingerprint; none is ever taken out, because old digests need old keys. */
export class Keys implements KeyBook {
  readonly #keys = new Map<string, PublicKey>();

  constructor(keys: Iterable<PublicKey> = []) {
    this.add(keys);
  }

  add(keys: Iterable<PublicKey>): void {
    for (const key of keys) {
      const id = idOf(key.region, key.fingerprint);
      const known = this.#keys.get(id);
      const [validFrom, validTo] = [known?.validFrom ?? key.validFrom, known?.validTo ?? key.validTo];
      this.#keys.set(id, {
        ...(known ?? key),
        validFrom: Math.min(validFrom, key.validFrom),
        validTo: Math.max(validTo, key.validTo),
      });
    }
  }

  find(region: string, fingerprint: string): PublicKey | undefined {
    return this.#keys.get(idOf(region, fingerprint));
  }

  all(): PublicKey[] {
    return [...this.#keys.values()];
  }
}

function idOf(region: string, fingerprint: string): string {
  return `${region} ${fingerprint.toLowerCase()}`;
}

const listing = z.object({
  PublicKeyList: z
    .array(
      z.object({
        Value: z
          .string()
          .min(1)
          .max(derBytesMax * 2)
          .regex(/^[A-Za-z0-9+/\s]+={0,2}\s*$/),
        ValidityStartTime: z.union([z.string().max(100), z.number()]),
        ValidityEndTime: z.union([z.string().max(100), z.number()]),
      }),
    )
    .max(keysMax),
});

/** The keys in an answer of `aws cloudtrail list-public-keys`, read from JSON. */
export function keysFromListing(value: unknown, region: string): PublicKey[] {
  const read = listing.safeParse(value);
  if (!read.success) throw unreadable(z.prettifyError(read.error));
  return read.data.PublicKeyList.map(({ Value, ValidityStartTime, ValidityEndTime }) =>
    publicKeyOf({
      region,
      der: Buffer.from(Value, "base64"),
      validFrom: instantOf(ValidityStartTime),
      validTo: instantOf(ValidityEndTime),
    }),
  );
}

/** AWS CLI prints ISO 8601, older ones seconds. */
function instantOf(value: string | number): number {
  const at = typeof value === "number" ? value * 1000 : (parseEventTime(value) ?? Date.parse(value));
  if (!Number.isFinite(at)) throw unreadable(`${value} is no time`);
  return at;
}

function unreadable(why: string): VerifyError {
  return new VerifyError(`The public keys cannot be read: ${why}`, {
    code: "verify-keys-unreadable",
    fault: "user",
    help: "Give what `aws cloudtrail list-public-keys --region <region> --start-time <time>` prints as JSON",
  });
}
