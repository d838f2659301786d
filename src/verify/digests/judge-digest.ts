import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Digest, parseEventTime } from "../../cloudtrail/index.ts";
import type { DigestReason, DigestVerdict } from "../verdict.ts";
import type { DigestObject, KeyBook, PublicKey } from "./digest-object.ts";

const algorithm = "sha256withrsa";

/**
 * What a digest is worth by itself, without its neighbours: whether it is one, lies where it was put, tells of whom its
 * name tells, and is signed with a key of AWS's. The reasons come in the order in which AWS CLI asks for them.
 * `signature` is lent by the digest behind it, where a copy has lost its own.
 */
export function judgeDigest(
  object: DigestObject,
  keys: KeyBook,
  options: { readonly signature?: string } = {},
): DigestVerdict {
  const { digest, metadata } = object;
  if (object.fault !== undefined) return broken(object.fault);
  if (digest === undefined || !hasUsableTimes(object, digest)) return broken("invalid-format");
  const signature = metadata.signature ?? (metadata.isLost ? options.signature : undefined);
  if (!metadata.isLost && (signature === undefined || metadata.signatureAlgorithm === undefined)) {
    return broken("signature-missing");
  }
  if (isElsewhere(object, digest)) return broken("moved");
  if (isMisnamed(object, digest)) return broken("misnamed");
  if (!isSignedAsKnown(object, digest)) return broken("algorithm-unknown");
  if (signature === undefined) return unproven("signature-lost");
  const key = keys.find(object.chain.region, digest.digestPublicKeyFingerprint);
  if (key === undefined) return unproven("key-unknown");
  const publicKey = loadKey(key);
  if (publicKey === undefined) return broken("key-unreadable");
  return isSignedBy(publicKey, signature, textToSign(object, digest)) ? valid : broken("signature-wrong");
}

const valid: DigestVerdict = { kind: "valid", reason: "" };

function broken(reason: DigestReason): DigestVerdict {
  return { kind: "broken", reason };
}

function unproven(reason: DigestReason): DigestVerdict {
  return { kind: "unproven", reason };
}

function hasUsableTimes({ chain, metadata }: DigestObject, digest: Digest): boolean {
  const [start, end] = [parseEventTime(digest.digestStartTime), parseEventTime(digest.digestEndTime)];
  if (start === undefined || end === undefined || start > end) return false;
  if (!chain.isBackfill || metadata.isLost) return true;
  // AWS CLI looks for the key at this time, and so refuses a digest of late files that does not tell it.
  return Number.isFinite(Date.parse(metadata.backfillGeneratedAt ?? ""));
}

/** A copy that does not know its bucket is judged by its key alone. */
function isElsewhere({ bucket, key }: DigestObject, digest: Digest): boolean {
  return digest.digestS3Object !== key || (bucket !== "" && digest.digestS3Bucket !== bucket);
}

function isMisnamed({ chain, namedEnd }: DigestObject, digest: Digest): boolean {
  return (
    parseEventTime(digest.digestEndTime) !== namedEnd || (digest.awsAccountId ?? chain.accountId) !== chain.accountId
  );
}

function isSignedAsKnown({ metadata }: DigestObject, digest: Digest): boolean {
  const named = [digest.digestSignatureAlgorithm, metadata.signatureAlgorithm].filter((name) => name !== undefined);
  return named.length > 0 && named.every((name) => name.toLowerCase() === algorithm);
}

/**
 * CloudTrail User Guide, "Custom implementations of CloudTrail log file integrity validation"; that a chain's first digest
 * is signed with the word `null` stands in AWS CLI only.
 */
function textToSign({ sha256 }: DigestObject, digest: Digest): string {
  const { digestEndTime, digestS3Bucket, digestS3Object, previousDigestSignature } = digest;
  return `${digestEndTime}\n${digestS3Bucket}/${digestS3Object}\n${sha256}\n${previousDigestSignature ?? "null"}`;
}

function isSignedBy(key: KeyObject, signature: string, text: string): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false;
  return verify("RSA-SHA256", Buffer.from(text), key, Buffer.from(signature, "hex"));
}

/** Some hundred digests share a key. */
const loaded = new WeakMap<PublicKey, KeyObject | "unreadable">();

function loadKey(key: PublicKey): KeyObject | undefined {
  let found = loaded.get(key);
  if (found === undefined) {
    found = readKey(key.der, "pkcs1") ?? readKey(key.der, "spki") ?? "unreadable";
    loaded.set(key, found);
  }
  return found === "unreadable" ? undefined : found;
}

function readKey(der: Uint8Array, type: "pkcs1" | "spki"): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: "der", type });
    return key.asymmetricKeyType === "rsa" ? key : undefined;
  } catch {
    return undefined;
  }
}
