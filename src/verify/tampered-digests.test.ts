import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { inWords, judgeBucket } from "./judge-bucket.fixture.ts";
import { MadeChain, type MadeDigest, madeKey, sealDigest } from "./made-chain.fixture.ts";
import { filesOf, lostDigest, oneGap, tamperedKeys, type Tampering, testTamperings } from "./tampering.fixture.ts";

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
    says: { 7: "broken moved", ...filesOf(7, "unproven digest-broken") },
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
    says: { 3: "broken moved", ...filesOf(3, "unproven digest-broken") },
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
    says: { 3: "broken invalid-format", ...filesOf(3, "unproven digest-broken") },
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

testTamperings([...changedDigests, ...cutChains]);

test("the bytes behind a digest do not change what is signed, and are found all the same", () => {
  const { digests } = new MadeChain().add(1);
  const [digest] = digests;
  assert.ok(digest !== undefined);
  const bytes = Buffer.concat([digest.bytes, gzipSync("")]);
  const sha256 = createHash("sha256").update(gunzipSync(bytes)).digest("hex");
  assert.equal(sha256, digest.sha256);
  const judged = judgeBucket([{ ...digest, bytes }], { keys: tamperedKeys });
  assert.deepEqual(
    judged.digests.map(({ verdict }) => inWords(verdict)),
    ["broken second-member"],
  );
});
