import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { inWords, judgeBucket, nameOfObject } from "./judge-bucket.fixture.ts";
import {
  hourMs,
  MadeChain,
  type MadeDigest,
  madeKey,
  madeKeys,
  type MadeObject,
  sealDigest,
} from "./made-chain.fixture.ts";

const keys = madeKeys("eu-west-1", madeKey("first"), madeKey("second"));

/** A bucket with a chain of eight digests, in which somebody does something. */
class Bucket {
  readonly made = new MadeChain().add(8);
  readonly objects = new Map(
    this.made.digests.flatMap((one) => [one, ...one.logFiles]).map((one) => [nameOfObject(one), one]),
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
    this.objects.set(nameOfObject({ ...object, ...change }), { ...object, ...change });
  }

  remove(...objects: readonly MadeObject[]): void {
    for (const object of objects) this.objects.delete(nameOfObject(object));
  }
}

interface Tampering {
  readonly what: string;
  readonly does: (bucket: Bucket) => void;
  /** By index of the digest, and of its log file: `3` or `3/1`; whatever is not named must be valid or proven. */
  readonly says: Readonly<Record<string, string>>;
  readonly gaps?: readonly string[];
  /** Objects that are not of the chain, by key. */
  readonly others?: Readonly<Record<string, string>>;
}

const filesOf = (digest: number, verdict: string) => ({
  [`${digest}/0`]: verdict,
  [`${digest}/1`]: verdict,
  [`${digest}/2`]: verdict,
});

const lostDigest = (digest: number, verdict: string) => ({
  [digest]: verdict,
  ...filesOf(digest, "unproven digest-broken"),
});

const oneGap = ["digests-missing 1"];

const emptyMember = gzipSync("");

const changedContents: readonly Tampering[] = [
  {
    what: "a record is changed in a log file",
    does: (bucket) => {
      const file = bucket.file(3, 1);
      bucket.put(file, { bytes: gzipSync(gunzipSync(file.bytes).toString().replace("Do", "Un")) });
    },
    says: { "3/1": "broken content-differs" },
  },
  {
    what: "a log file is deleted",
    does: (bucket) => bucket.remove(bucket.file(3, 1)),
    says: { "3/1": "missing not-found" },
  },
  {
    what: "two log files change their contents with each other",
    does: (bucket) => {
      bucket.put(bucket.file(3, 1), { bytes: bucket.file(4, 2).bytes });
      bucket.put(bucket.file(4, 2), { bytes: bucket.made.digests[3]?.logFiles[1]?.bytes ?? Buffer.alloc(0) });
    },
    says: { "3/1": "broken content-differs", "4/2": "broken content-differs" },
  },
  {
    what: "a log file's end is cut off",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: bucket.file(3, 1).bytes.subarray(0, -20) }),
    says: { "3/1": "broken cut-off" },
  },
  {
    what: "nothing is left of a log file",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: Buffer.alloc(0) }),
    says: { "3/1": "broken not-gzip" },
  },
  ...(
    [
      ["zero bytes", Buffer.alloc(7), "bytes-behind"],
      ["other bytes", Buffer.from("and more"), "bytes-behind"],
      ["an empty member", emptyMember, "second-member"],
      ["a member with records", gzipSync('{"Records":[]}'), "second-member"],
      ["half a member", gzipSync('{"Records":[]}').subarray(0, 15), "bytes-behind"],
    ] as const
  ).flatMap(([more, bytes, reason]): readonly Tampering[] => [
    {
      what: `${more} are put behind a log file`,
      does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: Buffer.concat([bucket.file(3, 1).bytes, bytes]) }),
      says: { "3/1": `broken ${reason}` },
    },
    {
      what: `${more} are put behind a digest`,
      does: (bucket) => bucket.put(bucket.digest(3), { bytes: Buffer.concat([bucket.digest(3).bytes, bytes]) }),
      says: lostDigest(3, `broken ${reason}`),
      gaps: oneGap,
    },
  ]),
  {
    what: "the records of a log file are put in another order",
    does: (bucket) => {
      const file = bucket.made.logFile(bucket.made.end, 5);
      const { Records } = JSON.parse(gunzipSync(file.bytes).toString()) as { Records: unknown[] };
      bucket.made.addOne({ logFiles: [file] });
      bucket.put(bucket.digest(-1));
      bucket.put(file, { bytes: gzipSync(JSON.stringify({ Records: Records.toReversed() })) });
    },
    says: { "8/0": "broken content-differs" },
  },
  {
    what: "a log file is stored without compression",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: gunzipSync(bucket.file(3, 1).bytes) }),
    says: { "3/1": "broken not-gzip" },
  },
  {
    what: "a log file is compressed again, and holds the same",
    does: (bucket) =>
      bucket.put(bucket.file(3, 1), { bytes: gzipSync(gunzipSync(bucket.file(3, 1).bytes), { level: 1 }) }),
    says: {},
  },
  {
    what: "a log file is put into the bucket that no digest names",
    does: (bucket) => bucket.put(bucket.made.logFile(bucket.made.end - 4 * hourMs)),
    says: {},
    others: { log: "undeclared not-named" },
  },
  {
    what: "a log file is put there in the last window, where the next digest may still name it",
    does: (bucket) => bucket.put(bucket.made.logFile(bucket.made.end - 10 * 60_000)),
    says: {},
    others: { log: "unproven not-covered" },
  },
  {
    what: "a copy of a log file is put beside it",
    does: (bucket) => {
      const { key } = bucket.file(3, 1);
      bucket.put(bucket.file(3, 1), { key: key.replace(/_\w{16}\./, "_AAAABBBBCCCCDDDD.") });
    },
    says: {},
    others: { log: "undeclared not-named" },
  },
];

function resigned(digest: MadeDigest, change: Readonly<Record<string, unknown>>, key = madeKey("first")): MadeDigest {
  const json = { ...digest.json, ...change };
  const { bucket, key: place, logFiles } = digest;
  return sealDigest({
    bucket,
    key: place,
    json,
    signer: key,
    logFiles,
    metadata: { "signature-algorithm": "SHA256withRSA" },
  });
}

const changedDigests: readonly Tampering[] = [
  {
    what: "a log file's entry is taken out of a digest, and the file too",
    does: (bucket) => {
      const digest = bucket.digest(3);
      const logFiles = (digest.json["logFiles"] as unknown[]).slice(1);
      bucket.put(digest, { bytes: gzipSync(JSON.stringify({ ...digest.json, logFiles })) });
      bucket.remove(bucket.file(3, 0));
    },
    says: {
      3: "broken signature-wrong",
      "3/0": "none",
      "3/1": "unproven digest-broken",
      "3/2": "unproven digest-broken",
    },
    gaps: oneGap,
  },
  {
    what: "a digest is signed again with a key that AWS never told of",
    does: (bucket) => {
      const stranger = madeKey("stranger");
      const fingerprint = { digestPublicKeyFingerprint: stranger.fingerprint };
      bucket.put(resigned(bucket.digest(3), fingerprint, stranger));
    },
    // The next digest, which is signed, vouches for another content.
    says: lostDigest(3, "broken not-the-one-chained"),
    gaps: oneGap,
  },
  {
    what: "the newest digest is signed again with a key that AWS never told of",
    does: (bucket) => {
      const stranger = madeKey("stranger");
      bucket.put(resigned(bucket.digest(7), { digestPublicKeyFingerprint: stranger.fingerprint }, stranger));
    },
    says: { 7: "unproven key-unknown", ...filesOf(7, "unproven digest-unproven") },
  },
  {
    what: "a digest is signed again by a stranger who names a key of AWS's",
    does: (bucket) => bucket.put(resigned(bucket.digest(7), {}, madeKey("stranger"))),
    says: lostDigest(7, "broken signature-wrong"),
    gaps: oneGap,
  },
  {
    what: "a digest is signed again with another key of AWS's",
    does: (bucket) => {
      const second = madeKey("second");
      bucket.put(resigned(bucket.digest(3), { digestPublicKeyFingerprint: second.fingerprint }, second));
    },
    says: lostDigest(3, "broken replaced"),
    gaps: oneGap,
  },
  {
    what: "an old digest is played again under a new name",
    does: (bucket) => {
      const { key } = bucket.digest(7);
      bucket.put(bucket.digest(2), { key });
    },
    says: { 7: "broken moved", ...filesOf(7, "unproven before") },
    gaps: oneGap,
  },
  {
    what: "a digest of another trail is put in the place of one",
    does: (bucket) => {
      const other = new MadeChain({ trailName: "other", seed: 9 }).add(8);
      const digest = other.digests[3];
      assert.ok(digest !== undefined);
      bucket.put(digest, { key: bucket.digest(3).key });
    },
    says: { 3: "broken moved", ...filesOf(3, "unproven before") },
    gaps: oneGap,
    others: {},
  },
  {
    what: "the signature of a digest is taken off",
    does: (bucket) => bucket.put(bucket.digest(3), { metadata: {} }),
    says: lostDigest(3, "broken signature-missing"),
    gaps: oneGap,
  },
  {
    what: "the algorithm of a digest's signature is taken off",
    does: (bucket) => bucket.put(bucket.digest(3), { metadata: { signature: bucket.digest(3).signature } }),
    says: lostDigest(3, "broken signature-missing"),
    gaps: oneGap,
  },
  {
    what: "a digest names another algorithm in its metadata",
    does: (bucket) => {
      const metadata = { signature: bucket.digest(3).signature, "signature-algorithm": "SHA1withRSA" };
      bucket.put(bucket.digest(3), { metadata });
    },
    says: lostDigest(3, "broken algorithm-unknown"),
    gaps: oneGap,
  },
  {
    what: "a digest's signature is that of another one",
    does: (bucket) => bucket.put(bucket.digest(3), { metadata: bucket.digest(4).metadata }),
    says: lostDigest(3, "broken signature-wrong"),
    gaps: oneGap,
  },
  {
    what: "a digest is no JSON any more",
    does: (bucket) => bucket.put(bucket.digest(3), { bytes: gzipSync("{") }),
    says: { 3: "broken invalid-format", ...filesOf(3, "unproven before") },
    gaps: oneGap,
  },
  {
    what: "a signature stands in upper case",
    does: (bucket) => {
      const { signature, metadata } = bucket.digest(3);
      bucket.put(bucket.digest(3), { metadata: { ...metadata, signature: signature.toUpperCase() } });
    },
    says: {},
  },
];

const cutChains: readonly Tampering[] = [
  {
    what: "a digest in the middle is deleted",
    does: (bucket) => bucket.remove(bucket.digest(3)),
    says: { 3: "missing not-found", ...filesOf(3, "unproven digest-missing") },
    gaps: oneGap,
  },
  {
    what: "two digests in a row are deleted",
    does: (bucket) => bucket.remove(bucket.digest(3), bucket.digest(4)),
    says: {
      3: "none",
      4: "missing not-found",
      ...filesOf(3, "unproven digest-missing"),
      ...filesOf(4, "unproven digest-missing"),
    },
    gaps: ["digests-missing 2"],
  },
  {
    what: "the first digest is deleted",
    does: (bucket) => bucket.remove(bucket.digest(0)),
    says: { 0: "missing not-found", ...filesOf(0, "unproven digest-missing") },
    gaps: oneGap,
  },
  {
    what: "the newest digest is deleted with its log files, and nothing else is known",
    does: (bucket) => bucket.remove(bucket.digest(7), ...bucket.digest(7).logFiles),
    says: { 7: "none", ...filesOf(7, "none") },
  },
  {
    what: "a digest and all that it names are deleted",
    does: (bucket) => bucket.remove(bucket.digest(3), ...bucket.digest(3).logFiles),
    says: { 3: "missing not-found", ...filesOf(3, "none") },
    gaps: oneGap,
  },
];

for (const { what, does, says, gaps = [], others = {} } of [...changedContents, ...changedDigests, ...cutChains]) {
  test(`named, and nothing else: ${what}`, () => {
    const bucket = new Bucket();
    does(bucket);
    const judged = judgeBucket([...bucket.objects.values()], { keys });
    const digests = new Map(judged.digests.map(({ name, verdict }) => [name, inWords(verdict)]));
    const files = new Map([...judged.files].map(([name, verdict]) => [name, inWords(verdict)]));
    const said: Record<string, string> = {};
    for (const [index, digest] of bucket.made.digests.entries()) {
      const own = digests.get(nameOfObject(digest)) ?? "none";
      if (own !== "valid") said[index] = own;
      for (const [at, file] of digest.logFiles.entries()) {
        const verdict = files.get(nameOfObject(file)) ?? "none";
        files.delete(nameOfObject(file));
        if (verdict !== "proven") said[`${index}/${at}`] = verdict;
      }
    }
    const expected = Object.entries(says).map(([at, verdict]) => [
      at,
      verdict.replace("unproven before", "unproven digest-broken"),
    ]);
    assert.deepEqual(said, Object.fromEntries(expected));
    assert.deepEqual(
      judged.gaps.map(({ kind, digestsMissing }) => `${kind} ${digestsMissing}`),
      gaps,
    );
    assert.deepEqual([...files.values()], Object.values(others));
  });
}

test("the bytes behind a digest do not change what is signed, and are found all the same", () => {
  const { digests } = new MadeChain().add(1);
  const [digest] = digests;
  assert.ok(digest !== undefined);
  const bytes = Buffer.concat([digest.bytes, emptyMember]);
  const sha256 = createHash("sha256").update(gunzipSync(bytes)).digest("hex");
  assert.equal(sha256, digest.sha256);
  const judged = judgeBucket([{ ...digest, bytes }], { keys });
  assert.deepEqual(
    judged.digests.map(({ verdict }) => inWords(verdict)),
    ["broken second-member"],
  );
});
