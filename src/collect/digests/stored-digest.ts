import { hash } from "node:crypto";
import { chainId, chainOfKey, packingFaultOf, parseObjectKey, unpackGzip } from "../../cloudtrail/index.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { FetchedDigest } from "../sources/source.ts";

/** A digest lists some hundred bytes for each log file of an hour; what inflates past this is none. */
export const digestTextBytesMax = 16 * 1024 * 1024;
/** A signature of RSA has 512 digits; whatever is longer cannot be one, and is kept only so far as to show that. */
const wordCharactersMax = 4_096;

/** A digest as it is kept, whatever is wrong with it; nothing where its key is no digest's. */
export function storedDigest(fetched: FetchedDigest, collectedAt: number): StoredDigest | undefined {
  const { bucket, key, source, metadata } = fetched;
  const parsed = parseObjectKey(key);
  const chain = parsed.ok ? chainOfKey(parsed.key) : undefined;
  if (!parsed.ok || chain === undefined || parsed.key.deliveredAt === undefined) return undefined;
  const unpacked = unpackGzip(fetched.bytes, { bytesMax: digestTextBytesMax });
  const isWhole = unpacked.members > 0 && unpacked.fault === undefined;
  const word = (name: string) => metadata[name]?.slice(0, wordCharactersMax);
  return {
    name: `s3://${bucket}/${key}`,
    bucket,
    key,
    chain: chainId(chain),
    accountId: chain.accountId,
    region: chain.region,
    endsAt: parsed.key.deliveredAt,
    sha256: isWhole ? hash("sha256", unpacked.bytes) : "",
    text: isWhole ? unpacked.bytes : Buffer.alloc(0),
    fault: packingFaultOf(unpacked) ?? "",
    signature: word("signature"),
    signatureAlgorithm: word("signature-algorithm"),
    backfillGeneratedAt: word("backfill-generation-timestamp"),
    source,
    collectedAt,
  };
}
