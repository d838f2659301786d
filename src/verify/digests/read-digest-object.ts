import { hash } from "node:crypto";
import {
  chainOfKey,
  type Digest,
  type DigestFault,
  packingFaultOf,
  parseObjectKey,
  readDigest,
  unpackGzip,
} from "../../cloudtrail/index.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { DigestMetadata, DigestObject } from "./digest-object.ts";

/** A digest of some hundred thousand log files; what unpacks to more is none. */
const bytesMax = 128 * 1024 * 1024;

/** Reads an object whose key is a digest's; nothing where the key is no digest's. */
export function readDigestObject(object: {
  readonly bucket: string;
  readonly key: string;
  /** Compressed, as it is stored. */
  readonly bytes: Buffer;
  readonly metadata: DigestMetadata;
}): DigestObject | undefined {
  const named = readName(object.key);
  if (named === undefined) return undefined;
  const { bucket, key, metadata } = object;
  const unpacked = unpackGzip(object.bytes, { bytesMax });
  const isWhole = unpacked.members > 0 && unpacked.fault === undefined;
  const digest = isWhole ? digestIn(unpacked.bytes) : undefined;
  return {
    bucket,
    key,
    ...named,
    sha256: unpacked.fault === undefined ? hash("sha256", unpacked.bytes) : "",
    digest,
    fault: packingFaultOf(unpacked) ?? (digest === undefined ? "invalid-format" : undefined),
    metadata,
  };
}

/** The same from what was kept of a digest when it was collected. */
export function digestObjectOf(stored: StoredDigest): DigestObject {
  const { bucket, key, sha256, text, fault, signature, signatureAlgorithm, backfillGeneratedAt } = stored;
  const named = readName(key);
  // Only what is named like a digest is collected as one.
  if (named === undefined) throw new TypeError(`The key ${key} is no digest's`);
  const digest = text.length === 0 ? undefined : digestIn(text);
  return {
    bucket,
    key,
    ...named,
    sha256,
    digest,
    fault: faults.get(fault) ?? (digest === undefined ? "invalid-format" : undefined),
    // A bucket gives an object with its metadata; what came from a folder has no bucket and could not have had any.
    metadata: { signature, signatureAlgorithm, backfillGeneratedAt, isLost: bucket === "" && signature === undefined },
  };
}

const faults: ReadonlyMap<string, DigestFault> = new Map(
  (["invalid-format", "bytes-behind", "second-member"] as const).map((fault) => [fault, fault]),
);

function readName(text: string): Pick<DigestObject, "chain" | "namedEnd"> | undefined {
  const read = parseObjectKey(text);
  if (!read.ok) return undefined;
  const chain = chainOfKey(read.key);
  const namedEnd = read.key.deliveredAt;
  return chain === undefined || namedEnd === undefined ? undefined : { chain, namedEnd };
}

function digestIn(bytes: Buffer): Digest | undefined {
  const read = readDigest(bytes);
  return read.ok ? read.digest : undefined;
}
