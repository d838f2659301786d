import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, judgeBucket } from "./judge-bucket.fixture.ts";
import { nameOf } from "./names.ts";
import { MadeChain, type MadeDigest, madeKey, madeKeys, type MadeObject } from "./made-chain.fixture.ts";

export const tamperedKeys = madeKeys("eu-west-1", madeKey("first"), madeKey("second"));

/** A bucket with a chain of eight digests, in which somebody does something. */
export class Bucket {
  readonly made = new MadeChain().add(8);
  readonly objects = new Map(
    this.made.digests.flatMap((one) => [one, ...one.logFiles]).map((one) => [nameOf(one), one]),
  );

  digest(index: number): MadeDigest {
    const digest = this.made.digests.at(index);
    assert.ok(digest !== undefined);
    return digest;
  }

  file(digest: number, index: number): MadeObject {
    const file = this.digest(digest).logFiles[index];
    assert.ok(file !== undefined);
    return file;
  }

  put(object: MadeObject, change: Partial<MadeObject> = {}): void {
    this.objects.set(nameOf({ ...object, ...change }), { ...object, ...change });
  }

  remove(...objects: readonly MadeObject[]): void {
    for (const object of objects) this.objects.delete(nameOf(object));
  }
}

export interface Tampering {
  readonly what: string;
  readonly does: (bucket: Bucket) => void;
  /** By index of the digest, and of its log file: `3` or `3/1`; whatever is not named must be valid or proven. */
  readonly says: Readonly<Record<string, string>>;
  readonly gaps?: readonly string[];
  /** Objects that are not of the chain, by key. */
  readonly others?: Readonly<Record<string, string>>;
}

export const filesOf = (digest: number, verdict: string) => ({
  [`${digest}/0`]: verdict,
  [`${digest}/1`]: verdict,
  [`${digest}/2`]: verdict,
});

export const lostDigest = (digest: number, verdict: string) => ({
  [digest]: verdict,
  ...filesOf(digest, "unproven digest-broken"),
});

export const oneGap = ["digests-missing 1"];

/** A test for each: it is named, and nothing else is. */
export function testTamperings(tamperings: readonly Tampering[]): void {
  for (const { what, does, says, gaps = [], others = {} } of tamperings) {
    test(`named, and nothing else: ${what}`, () => {
      const bucket = new Bucket();
      does(bucket);
      const judged = judgeBucket([...bucket.objects.values()], { keys: tamperedKeys });
      const digests = new Map(judged.digests.map(({ name, verdict }) => [name, inWords(verdict)]));
      const files = new Map([...judged.files].map(([name, verdict]) => [name, inWords(verdict)]));
      const said: Record<string, string> = {};
      for (const [index, digest] of bucket.made.digests.entries()) {
        const own = digests.get(nameOf(digest)) ?? "none";
        if (own !== "valid") said[index] = own;
        for (const [at, file] of digest.logFiles.entries()) {
          const verdict = files.get(nameOf(file)) ?? "none";
          files.delete(nameOf(file));
          if (verdict !== "proven") said[`${index}/${at}`] = verdict;
        }
      }
      assert.deepEqual(said, { ...says });
      assert.deepEqual(
        judged.gaps.map(({ kind, digestsMissing }) => `${kind} ${digestsMissing}`),
        gaps,
      );
      assert.deepEqual([...files.values()], Object.values(others));
    });
  }
}
