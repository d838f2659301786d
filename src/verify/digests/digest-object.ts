import type { Digest, DigestChain, DigestFault } from "../../cloudtrail/index.ts";

/** A digest as an object of a bucket, read as far as it can be; whatever is wrong with it is a fact here, not an error. */
export interface DigestObject {
  readonly bucket: string;
  readonly key: string;
  /** From its key. */
  readonly chain: DigestChain;
  /** From its key, milliseconds: when its window ended. */
  readonly namedEnd: number;
  /** Lower-case hexadecimal, of the uncompressed bytes; empty where they cannot be had. */
  readonly sha256: string;
  /** Nothing where it is none. */
  readonly digest: Digest | undefined;
  /** What is wrong with the object before anything is verified. */
  readonly fault: DigestFault | undefined;
  readonly metadata: DigestMetadata;
}

/** The metadata of the object (`x-amz-meta-…`); a copy on disk has usually lost it. */
export interface DigestMetadata {
  readonly signature: string | undefined;
  readonly signatureAlgorithm: string | undefined;
  /** Of a digest for late log files: its key is looked for at that time. */
  readonly backfillGeneratedAt: string | undefined;
  /** The copy has none, and could not have had any: a missing signature is no sign of tampering then. */
  readonly isLost: boolean;
}

/** A key that digests are signed with, as `ListPublicKeys` tells it. */
export interface PublicKey {
  readonly region: string;
  /** MD5 of `der`, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** DER, PKCS #1 or SPKI. */
  readonly der: Uint8Array;
  /** Milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** The public keys at hand. */
export interface KeyBook {
  find(region: string, fingerprint: string): PublicKey | undefined;
}
