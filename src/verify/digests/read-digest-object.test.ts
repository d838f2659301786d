import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { inWords } from "../judge-bucket.fixture.ts";
import { asDigestObject, MadeChain, madeKey, madeKeys } from "../made-chain.fixture.ts";
import { judgeDigest } from "./judge-digest.ts";
import { digestObjectOf, readDigestObject } from "./read-digest-object.ts";

const made = new MadeChain().add(2);
const digest = made.digests[1];
assert.ok(digest !== undefined);
const { bucket, key, bytes, sha256, signature, text } = digest;
const metadata = {
  ...{ signature, signatureAlgorithm: "SHA256withRSA", backfillGeneratedAt: undefined, isLost: false },
};
const keys = madeKeys("eu-west-1", madeKey("first"));

test("a digest's key tells its chain and the end of its window, whatever it holds", () => {
  const read = readDigestObject({ bucket, key, bytes: Buffer.from("junk"), metadata });
  assert.deepEqual(read?.chain, made.chain);
  assert.equal(read?.namedEnd, made.end);
  assert.deepEqual([read?.fault, read?.digest], ["invalid-format", undefined]);
});

test("other keys are no digests", () => {
  const [file] = digest.logFiles;
  for (const other of [
    file?.key ?? "",
    "AWSLogs/",
    key.replace(".json", ""),
    key.replace("T12", "T99"),
    "x".repeat(9_000),
  ]) {
    assert.equal(readDigestObject({ bucket, key: other, bytes, metadata }), undefined, other.slice(0, 100));
  }
});

const contents: readonly (readonly [string, Buffer, string | undefined, boolean])[] = [
  ["as it was delivered", bytes, undefined, true],
  ["compressed in another way", gzipSync(text, { level: 1 }), undefined, true],
  ["zeros behind it", Buffer.concat([bytes, Buffer.alloc(9)]), "bytes-behind", true],
  ["an empty member behind it", Buffer.concat([bytes, gzipSync("")]), "second-member", true],
  [
    "an empty member behind it, and zeros behind that",
    Buffer.concat([bytes, gzipSync(""), Buffer.alloc(9)]),
    "second-member",
    true,
  ],
  ["cut off", bytes.subarray(0, -9), "invalid-format", false],
  ["not compressed", gunzipSync(bytes), "invalid-format", true],
  ["no digest", gzipSync("[]"), "invalid-format", false],
  ["nothing", Buffer.alloc(0), "invalid-format", false],
];

test("what is wrong with the object is a fact, and its hash is that of the content where it can be had", () => {
  for (const [what, is, fault, isHashed] of contents) {
    const read = readDigestObject({ bucket, key, bytes: is, metadata });
    assert.equal(read?.fault, fault, what);
    assert.equal(read?.sha256 === sha256, isHashed, what);
  }
});

test("what was kept of a digest is judged like the digest itself", () => {
  const stored = {
    ...{ name: `s3://${bucket}/${key}`, bucket, key, chain: "", accountId: "111122223333", region: "eu-west-1" },
    ...{ endsAt: made.end, sha256, text: Buffer.from(text), fault: "", source: "s", collectedAt: 0 },
    ...{ signature, signatureAlgorithm: "SHA256withRSA", backfillGeneratedAt: undefined },
  };
  assert.deepEqual(digestObjectOf(stored), asDigestObject(digest));
  assert.equal(judgeDigest(digestObjectOf(stored), keys).kind, "valid");
  const words = (change: Partial<typeof stored>) =>
    inWords(judgeDigest(digestObjectOf({ ...stored, ...change }), keys));
  assert.equal(words({ fault: "second-member" }), "broken second-member");
  assert.equal(words({ text: Buffer.alloc(0), sha256: "" }), "broken invalid-format");
  assert.equal(words({ sha256: "0".repeat(64) }), "broken signature-wrong");
});

test("a copy that knows neither bucket nor signature is judged by its key, with the signature that is lent to it", () => {
  const copy = asDigestObject({ ...digest, bucket: "" }, { isLost: true });
  assert.equal(inWords(judgeDigest(copy, keys)), "unproven signature-lost");
  assert.equal(inWords(judgeDigest(copy, keys, { signature })), "valid");
  assert.equal(inWords(judgeDigest(copy, keys, { signature: "00" })), "broken signature-wrong");
  const moved = asDigestObject(
    { ...digest, bucket: "", key: key.replace("eu-west-1_made", "eu-west-1_other") },
    { isLost: true },
  );
  assert.equal(inWords(judgeDigest(moved, keys, { signature })), "broken moved");
});
