import { type FileHandle, open, truncate } from "node:fs/promises";
import { noSuchBucket, noSuchKey } from "./errors.ts";
import { type StoredObject } from "./objects/object-version.ts";
import { type S3State } from "./s3-state.ts";

/**
 * Things that go wrong with what lies in buckets, as tests and demonstrations want them: nobody calls, so that no record
 * and no notice tells of it. ETags and checksums stay as they were where only bytes change, as with a disk that fails.
 */
export interface S3Faults {
  /** The object is gone, all of its versions with it. */
  lose(bucket: string, key: string): Promise<void>;
  /** One byte is another, and the length the same; by default the one in the middle. */
  changeByte(bucket: string, key: string, at?: number): Promise<void>;
  /** Only the first bytes are left; by default half of them. */
  truncate(bucket: string, key: string, sizeBytes?: number): Promise<void>;
  /** The same bytes lie under another key too. */
  duplicate(bucket: string, key: string, newKey: string): Promise<void>;
  /** Two objects have each other's bytes, and everything that is said of the bytes. */
  swap(bucket: string, key: string, otherKey: string): Promise<void>;
}

export function s3Faults(s3: S3State): S3Faults {
  return {
    async lose(bucket, key) {
      const versions = [...s3.objects.versions(bucket, key)].filter((version) => version.key === key);
      if (versions.length === 0) throw noSuchKey(key);
      for (const version of versions) {
        s3.objects.remove(version);
        if (!version.isDeleteMarker) await s3.bytes.remove(version.pieces);
      }
    },
    async changeByte(bucket, key, at) {
      const object = find(s3, bucket, key);
      let place = at ?? Math.floor(object.sizeBytes / 2);
      for (const { file, sizeBytes } of object.pieces) {
        if (place < sizeBytes) return flip(s3.bytes.pathOf(file), place);
        place -= sizeBytes;
      }
      throw new RangeError(`The object has no byte ${at ?? 0}`);
    },
    async truncate(bucket, key, sizeBytes) {
      const object = find(s3, bucket, key);
      let left = sizeBytes ?? Math.floor(object.sizeBytes / 2);
      if (left > object.sizeBytes) throw new RangeError(`The object has no more than ${object.sizeBytes} bytes`);
      const pieces = [];
      for (const piece of object.pieces) {
        const kept = Math.min(piece.sizeBytes, left);
        if (kept < piece.sizeBytes) await truncate(s3.bytes.pathOf(piece.file), kept);
        pieces.push({ ...piece, sizeBytes: kept });
        left -= kept;
      }
      s3.objects.change({ ...object, pieces, sizeBytes: pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0) });
    },
    async duplicate(bucket, key, newKey) {
      const object = find(s3, bucket, key);
      const pieces = [];
      for (const piece of object.pieces) {
        // As they lie: what is encrypted stays under its own nonce.
        const source = await s3.bytes.read([plain(piece)], undefined, { start: 0, end: piece.sizeBytes });
        const written = await s3.bytes.write(source, { algorithms: [], sizeBytesMax: Number.MAX_SAFE_INTEGER });
        pieces.push({ ...piece, file: written.piece.file });
      }
      const isVersioned = s3.buckets.get(bucket)?.versioning === "Enabled";
      const name = s3.objects.nextVersion(isVersioned);
      s3.objects.put({ ...object, ...name, key: newKey, pieces });
    },
    swap(bucket, key, otherKey) {
      const one = find(s3, bucket, key);
      const other = find(s3, bucket, otherKey);
      s3.world.state.together(() => {
        s3.objects.change(withBytesOf(one, other));
        s3.objects.change(withBytesOf(other, one));
      });
      return Promise.resolve();
    },
  };
}

function find(s3: S3State, bucket: string, key: string): StoredObject {
  if (!s3.buckets.has(bucket)) throw noSuchBucket(bucket);
  const latest = s3.objects.latest(bucket, key);
  if (latest?.isDeleteMarker !== false) throw noSuchKey(key);
  return latest;
}

function plain({ file, sizeBytes }: StoredObject["pieces"][number]): StoredObject["pieces"][number] {
  return { file, sizeBytes };
}

function withBytesOf(object: StoredObject, other: StoredObject): StoredObject {
  const { parts: _parts, checksum: _checksum, ...rest } = object;
  const { eTag, sizeBytes, pieces, parts, checksum, encryption } = other;
  return {
    ...rest,
    ...{ eTag, sizeBytes, pieces, encryption },
    ...(parts === undefined ? {} : { parts }),
    ...(checksum === undefined ? {} : { checksum }),
  };
}

async function flip(path: string, at: number): Promise<void> {
  const handle: FileHandle = await open(path, "r+");
  try {
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, at);
    byte.writeUInt8((byte.readUInt8(0) ^ 0x01) & 0xff, 0);
    await handle.write(byte, 0, 1, at);
  } finally {
    await handle.close();
  }
}
