import { type Collection, keyOf } from "../../../../base/lasting.ts";
import { type World } from "../../../world.ts";
import { type ChecksumAlgorithm, type StoredChecksum } from "../checksum/checksum.ts";
import { byteOrder } from "../objects/byte-order.ts";
import { type Piece, type StoredObject } from "../objects/object-version.ts";
import { type Sequence } from "../objects/sequence.ts";

/** An object that is coming in parts: what it will be when it is complete. */
export interface Upload extends Pick<
  StoredObject,
  | "bucket"
  | "key"
  | "headers"
  | "metadata"
  | "storageClass"
  | "encryption"
  | "tags"
  | "acl"
  | "ownerId"
  | "retention"
  | "hasLegalHold"
> {
  readonly uploadId: string;
  readonly startedAt: number;
  /** Who started it, by ARN. */
  readonly initiatorArn: string;
  readonly checksum: {
    readonly algorithm: ChecksumAlgorithm;
    readonly type: StoredChecksum["type"];
    readonly isGiven: boolean;
  };
}

export interface Part {
  readonly number: number;
  readonly at: number;
  readonly piece: Piece;
  /** In hexadecimal. */
  readonly md5: string;
  /** In base64, by the upload's algorithm. */
  readonly checksum: string;
}

/** The uploads that are neither complete nor aborted, with their parts. */
export class Uploads {
  readonly #uploads: Collection<Upload>;
  readonly #parts: Collection<Part>;
  readonly #world: World;
  readonly #sequence: Sequence;

  constructor(world: World, sequence: Sequence) {
    this.#world = world;
    this.#sequence = sequence;
    this.#uploads = world.state.collection("s3/uploads");
    this.#parts = world.state.collection("s3/parts");
  }

  /** Grows with time, so that a key's uploads are in the order in which they were started. */
  nextId(): string {
    const number = this.#sequence.next().toString(36).padStart(11, "0");
    return `${number}${this.#world.random.letters(53)}`;
  }

  get(bucket: string, key: string, uploadId: string): Upload | undefined {
    return this.#uploads.get(uploadKey(bucket, key, uploadId));
  }

  put(upload: Upload): void {
    this.#uploads.put(uploadKey(upload.bucket, upload.key, upload.uploadId), upload);
  }

  /** Takes an upload and its parts away; answers the parts. */
  remove({ bucket, key, uploadId }: Upload): readonly Part[] {
    return this.#world.state.together(() => {
      const parts = [...this.parts(uploadId)];
      for (const { number } of parts) this.#parts.delete(partKey(uploadId, number));
      this.#uploads.delete(uploadKey(bucket, key, uploadId));
      return parts;
    });
  }

  /** In the order of their keys, and of their start. */
  list(bucket: string, prefix = ""): Iterable<Upload> {
    return this.#uploads.values(keyOf(bucket, byteOrder(prefix)));
  }

  part(uploadId: string, number: number): Part | undefined {
    return this.#parts.get(partKey(uploadId, number));
  }

  /** In the order of their numbers. */
  parts(uploadId: string): Iterable<Part> {
    return this.#parts.values(keyOf(uploadId, ""));
  }

  /** Answers the part that it took the place of. */
  putPart(uploadId: string, part: Part): Part | undefined {
    const before = this.part(uploadId, part.number);
    this.#parts.put(partKey(uploadId, part.number), part);
    return before;
  }

  allParts(): Iterable<Part> {
    return this.#parts.values();
  }
}

function uploadKey(bucket: string, key: string, uploadId: string): string {
  return keyOf(bucket, byteOrder(key), uploadId);
}

function partKey(uploadId: string, number: number): string {
  return keyOf(uploadId, String(number).padStart(5, "0"));
}
