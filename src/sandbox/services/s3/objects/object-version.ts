import { type Acl } from "../access/acl.ts";
import { type Tags } from "../bucket.ts";
import { type StoredChecksum } from "../checksum/checksum.ts";

/** One version of an object: its bytes, or a marker that it was deleted. */
export type ObjectVersion = StoredObject | DeleteMarker;

interface VersionBasis {
  readonly bucket: string;
  readonly key: string;
  /** `null` for what was put while the bucket had no versioning. */
  readonly versionId: string;
  /** Grows with every version; the greatest of a key is its latest. */
  readonly sequence: number;
  readonly at: number;
  readonly ownerId: string;
}

export interface DeleteMarker extends VersionBasis {
  readonly isDeleteMarker: true;
}

export interface StoredObject extends VersionBasis {
  readonly isDeleteMarker: false;
  /** In quotation marks, as it goes over the wire. */
  readonly eTag: string;
  readonly sizeBytes: number;
  /** Where the bytes lie, in order: one file, or one a part. */
  readonly pieces: readonly Piece[];
  /** When it came in parts: their numbers and checksums. */
  readonly parts?: readonly PartInfo[];
  readonly checksum?: StoredChecksum;
  readonly headers: StoredHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: StoredEncryption;
  readonly tags: Tags;
  readonly acl: Acl;
  readonly retention?: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly until: number };
  readonly hasLegalHold?: boolean;
}

export interface Piece {
  /** The name of a file, which says nothing of the key. */
  readonly file: string;
  readonly sizeBytes: number;
  /** In base64; absent where the bytes lie as they are. */
  readonly iv?: string;
}

export interface PartInfo {
  readonly number: number;
  readonly sizeBytes: number;
  readonly checksum?: string;
}

/** What a client says of an object, and gets back with it. */
export interface StoredHeaders {
  readonly contentType: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly contentDisposition?: string;
  readonly cacheControl?: string;
  readonly expires?: string;
  readonly redirect?: string;
}

export type StoredEncryption =
  | { readonly kind: "AES256" }
  | {
      readonly kind: "aws:kms";
      readonly keyArn: string;
      readonly hasBucketKey: boolean;
      /** The data key, encrypted by KMS, in base64. */
      readonly dataKey: string;
      /** What the data key is bound to. */
      readonly context: Readonly<Record<string, string>>;
      /** The part of the context that the client gave, as it came. */
      readonly givenContext?: string;
    };
