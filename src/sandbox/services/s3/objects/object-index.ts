import { type Collection, keyOf } from "../../../../base/lasting.ts";
import { type World } from "../../../world.ts";
import { byteOrder } from "./byte-order.ts";
import { type ObjectVersion } from "./object-version.ts";
import { type Sequence } from "./sequence.ts";

/** What there is of one key. */
interface Head {
  readonly key: string;
  /** The sequence of its latest version, delete markers among them. */
  readonly latest: number;
  /** The sequence of its version `null`, if it has one. */
  readonly null?: number;
}

/** Which objects there are, in the order of their keys' bytes, and which versions of each. */
export class ObjectIndex {
  readonly #heads: Collection<Head>;
  readonly #versions: Collection<ObjectVersion>;
  readonly #world: World;
  readonly #sequence: Sequence;

  constructor(world: World, sequence: Sequence) {
    this.#world = world;
    this.#sequence = sequence;
    this.#heads = world.state.collection("s3/heads");
    this.#versions = world.state.collection("s3/versions");
  }

  /** The latest version of a key, which may be a delete marker. */
  latest(bucket: string, key: string): ObjectVersion | undefined {
    const head = this.#heads.get(headKey(bucket, key));
    return head === undefined ? undefined : this.#versions.get(versionKey(bucket, key, head.latest));
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const sequence =
      versionId === "null" ? this.#heads.get(headKey(bucket, key))?.null : sequenceOfVersionId(versionId);
    if (sequence === undefined) return undefined;
    const version = this.#versions.get(versionKey(bucket, key, sequence));
    return version?.versionId === versionId ? version : undefined;
  }

  /** Names for a version that is about to be put. */
  nextVersion(isVersioned: boolean): { readonly sequence: number; readonly versionId: string } {
    const sequence = this.#sequence.next();
    return { sequence, versionId: isVersioned ? versionIdOf(sequence, this.#world) : "null" };
  }

  /** Makes a version the latest of its key. Answers the version `null` that it took the place of, if any. */
  put(version: ObjectVersion): ObjectVersion | undefined {
    const { bucket, key } = version;
    return this.#world.state.together(() => {
      const before = this.#heads.get(headKey(bucket, key));
      const isNull = version.versionId === "null";
      const replaced =
        isNull && before?.null !== undefined ? this.#versions.get(versionKey(bucket, key, before.null)) : undefined;
      if (replaced !== undefined) this.#versions.delete(versionKey(bucket, key, replaced.sequence));
      this.#versions.put(versionKey(bucket, key, version.sequence), version);
      const nullSequence = isNull ? version.sequence : before?.null;
      this.#heads.put(headKey(bucket, key), {
        key,
        latest: version.sequence,
        ...(nullSequence === undefined ? {} : { null: nullSequence }),
      });
      return replaced;
    });
  }

  /** Changes what is known of a version that is there; whether it still was. */
  change(version: ObjectVersion): boolean {
    const key = versionKey(version.bucket, version.key, version.sequence);
    if (!this.#versions.has(key)) return false;
    this.#versions.put(key, version);
    return true;
  }

  /** Takes one version away for good. */
  remove({ bucket, key, sequence, versionId }: ObjectVersion): void {
    this.#world.state.together(() => {
      if (!this.#versions.delete(versionKey(bucket, key, sequence))) return;
      const head = this.#heads.get(headKey(bucket, key));
      if (head === undefined) return;
      const nullSequence = versionId === "null" ? undefined : head.null;
      const rest = nullSequence === undefined ? {} : { null: nullSequence };
      if (head.latest !== sequence) {
        this.#heads.put(headKey(bucket, key), { key, latest: head.latest, ...rest });
        return;
      }
      const [next] = this.#versions.values(`${headKey(bucket, key)}\u0000`);
      if (next === undefined) this.#heads.delete(headKey(bucket, key));
      else this.#heads.put(headKey(bucket, key), { key, latest: next.sequence, ...rest });
    });
  }

  /** The latest version of every key that begins so, in the order of the keys; without those that are deleted. */
  *objects(bucket: string, prefix = ""): Generator<ObjectVersion & { readonly isDeleteMarker: false }> {
    for (const { key, latest } of this.#heads.values(headKey(bucket, prefix))) {
      const version = this.#versions.get(versionKey(bucket, key, latest));
      if (version !== undefined && !version.isDeleteMarker) yield version;
    }
  }

  /** Every version of every key that begins so: keys in their order, the newest version of each first. */
  versions(bucket: string, prefix = ""): Iterable<ObjectVersion> {
    return this.#versions.values(headKey(bucket, prefix));
  }

  isLatest({ bucket, key, sequence }: ObjectVersion): boolean {
    return this.#heads.get(headKey(bucket, key))?.latest === sequence;
  }

  isEmpty(bucket: string): boolean {
    for (const _ of this.#heads.values(headKey(bucket, ""))) return false;
    return true;
  }

  /** Every version of every bucket. */
  all(): Iterable<ObjectVersion> {
    return this.#versions.values();
  }
}

function headKey(bucket: string, key: string): string {
  return keyOf(bucket, byteOrder(key));
}

/** The newest of a key comes first. */
function versionKey(bucket: string, key: string, sequence: number): string {
  return `${headKey(bucket, key)}\u0000${String(Number.MAX_SAFE_INTEGER - sequence).padStart(16, "0")}`;
}

/** 32 signs, of which the last tell the sequence. */
function versionIdOf(sequence: number, world: World): string {
  const digits = sequence.toString(36).toUpperCase();
  return `${world.random.letters(32 - 1 - digits.length)}.${digits}`;
}

function sequenceOfVersionId(versionId: string): number | undefined {
  if (versionId.length > 64) return undefined;
  const sequence = Number.parseInt(versionId.slice(versionId.lastIndexOf(".") + 1), 36);
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}
