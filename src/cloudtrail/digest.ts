import { parseEventTime } from "./event-time.ts";
import type { UnpackedGzip } from "./unpack-gzip.ts";

/**
 * A digest file, as far as its format goes: which log files were delivered in a window of time and which digest came
 * before. Times keep the text they stand in, because that text is signed.
 * docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export interface Digest {
  readonly awsAccountId: string | undefined;
  readonly digestStartTime: string;
  readonly digestEndTime: string;
  readonly digestS3Bucket: string;
  readonly digestS3Object: string;
  readonly digestPublicKeyFingerprint: string;
  readonly digestSignatureAlgorithm: string | undefined;
  readonly newestEventTime: string | null;
  readonly oldestEventTime: string | null;
  /** All `previous…` are null in the first digest of a chain. */
  readonly previousDigestS3Bucket: string | null;
  readonly previousDigestS3Object: string | null;
  readonly previousDigestHashValue: string | null;
  readonly previousDigestHashAlgorithm: string | null;
  readonly previousDigestSignature: string | null;
  readonly logFiles: readonly DigestLogFile[];
}

/** One log file that a digest vouches for. */
export interface DigestLogFile {
  readonly s3Bucket: string;
  readonly s3Object: string;
  /** Hexadecimal digits, of the uncompressed bytes. */
  readonly hashValue: string;
  readonly hashAlgorithm: string | undefined;
  readonly newestEventTime: string | null;
  readonly oldestEventTime: string | null;
}

/** What is wrong with a digest as an object of a bucket. */
export type DigestFault = "invalid-format" | "bytes-behind" | "second-member";

/** What is wrong with how a digest is packed; whether its text is a digest is for `readDigest` to say. */
export function packingFaultOf({ members, bytesBehind, fault }: UnpackedGzip): DigestFault | undefined {
  // AWS CLI says the same of what is not compressed: CloudTrail writes nothing of the kind.
  if (members === 0 || fault !== undefined) return "invalid-format";
  if (members > 1) return "second-member";
  return bytesBehind > 0 ? "bytes-behind" : undefined;
}

/** A digest, or why the text is none. */
export type ReadDigestResult =
  | { readonly ok: true; readonly digest: Digest }
  | { readonly ok: false; readonly reason: DigestRefusal; readonly message: string };

/** Why a text is no digest. */
export type DigestRefusal = "not-json" | "not-an-object" | "missing-field" | "bad-field";

/** Reads a digest file's text; what its chain and its signature need must be there, further fields are let be. */
export function readDigest(text: string | Uint8Array): ReadDigestResult {
  let value: unknown;
  try {
    value = JSON.parse(typeof text === "string" ? text : new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    return { ok: false, reason: "not-json", message: "The digest is not JSON" };
  }
  if (!isObject(value)) {
    return { ok: false, reason: "not-an-object", message: "The digest is not an object" };
  }
  try {
    return { ok: true, digest: shapeDigest(value) };
  } catch (error) {
    if (error instanceof FieldRefusal) {
      return { ok: false, reason: error.reason, message: error.message };
    }
    throw error;
  }
}

function shapeDigest(fields: Fields): Digest {
  // the one field that may be null but not missing: its null is part of what is signed
  if (fields["previousDigestSignature"] === undefined) {
    throw new FieldRefusal("missing-field", "The digest has no previousDigestSignature");
  }
  return {
    awsAccountId: optional(fields, "awsAccountId"),
    digestStartTime: time(fields, "digestStartTime"),
    digestEndTime: time(fields, "digestEndTime"),
    digestS3Bucket: required(fields, "digestS3Bucket"),
    digestS3Object: required(fields, "digestS3Object"),
    digestPublicKeyFingerprint: required(fields, "digestPublicKeyFingerprint"),
    digestSignatureAlgorithm: optional(fields, "digestSignatureAlgorithm"),
    newestEventTime: optional(fields, "newestEventTime") ?? null,
    oldestEventTime: optional(fields, "oldestEventTime") ?? null,
    previousDigestS3Bucket: optional(fields, "previousDigestS3Bucket") ?? null,
    previousDigestS3Object: optional(fields, "previousDigestS3Object") ?? null,
    previousDigestHashValue: optional(fields, "previousDigestHashValue") ?? null,
    previousDigestHashAlgorithm: optional(fields, "previousDigestHashAlgorithm") ?? null,
    previousDigestSignature: optional(fields, "previousDigestSignature") ?? null,
    logFiles: shapeLogFiles(fields["logFiles"]),
  };
}

function shapeLogFiles(value: unknown): readonly DigestLogFile[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new FieldRefusal("bad-field", "The digest's logFiles is not a list");
  }
  return value.map((entry: unknown, index) => {
    const at = `logFiles[${index}]`;
    if (!isObject(entry)) {
      throw new FieldRefusal("bad-field", `The digest's ${at} is not an object`);
    }
    return {
      s3Bucket: required(entry, "s3Bucket", at),
      s3Object: required(entry, "s3Object", at),
      hashValue: required(entry, "hashValue", at),
      hashAlgorithm: optional(entry, "hashAlgorithm", at),
      newestEventTime: optional(entry, "newestEventTime", at) ?? null,
      oldestEventTime: optional(entry, "oldestEventTime", at) ?? null,
    };
  });
}

type Fields = Readonly<Record<string, unknown>>;

class FieldRefusal extends Error {
  readonly reason: DigestRefusal;

  constructor(reason: DigestRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function optional(fields: Fields, key: string, at = ""): string | undefined {
  const value = fields[key];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== "string") {
    throw new FieldRefusal("bad-field", `The digest's ${at === "" ? key : `${at}.${key}`} is not a string`);
  }
  return value;
}

function required(fields: Fields, key: string, at = ""): string {
  const value = optional(fields, key, at);
  if (value === undefined || value === "") {
    throw new FieldRefusal("missing-field", `The digest has no ${at === "" ? key : `${at}.${key}`}`);
  }
  return value;
}

function time(fields: Fields, key: string): string {
  const value = required(fields, key);
  if (parseEventTime(value) === undefined) {
    throw new FieldRefusal("bad-field", `The digest's ${key} is no time: ${value.slice(0, 60)}`);
  }
  return value;
}
