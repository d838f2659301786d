import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { seededRandom } from "../base/seeded-random.ts";
import { judgeDigest } from "./digests/judge-digest.ts";
import { judgeNamed, seenOf } from "./files/judge-log-file.ts";
import { judgeChain } from "./chain/judge-chain.ts";
import { asDigestObject, MadeChain, madeKey, madeKeys, type MadeObject } from "./made-chain.fixture.ts";

const keys = madeKeys("eu-west-1", madeKey("first"));
const changesMin = 10_000;

/** Another value for one byte. */
function changeByte(bytes: Buffer, at: number, random: () => number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255));
  return changed;
}

/**
 * Whether the object still holds what was signed, told without our own reading: Node's gunzip gives the same content, and
 * there is nothing behind it. It does so for bytes that say nothing of the content: time, system and level in the header
 * (RFC 1952, 2.3: bytes 4 to 9, and that it may be text, in byte 3), and bits behind the end of the compressed data that
 * fill up its last byte.
 */
function isSame(bytes: Buffer, content: Buffer): boolean {
  try {
    return gunzipSync(bytes).equals(content);
  } catch {
    return false;
  }
}

test("each of ten thousand changed bytes of log files is found, and bytes that hold no content are no alarm", () => {
  const random = seededRandom(7);
  const made = new MadeChain({ seed: 7 }).add(40, { files: 10 });
  const { digests } = judgeChain({ chain: made.chain, keys, digests: made.digests.map((one) => asDigestObject(one)) });
  let [found, idle, changes] = [0, 0, 0];
  for (const [index, { logFiles }] of made.digests.entries()) {
    const judged = digests[index];
    assert.ok(judged !== undefined && judged.verdict.kind === "valid");
    for (const [which, { bucket, key, bytes }] of logFiles.entries()) {
      const named: { readonly hashValue: string; readonly name: string } = {
        hashValue: judged.object?.digest?.logFiles[which]?.hashValue ?? "",
        name: `s3://${bucket}/${key}`,
      };
      const judge = (is: Buffer): string => judgeNamed(named, judged, seenOf(bucket, key, is)).kind;
      assert.equal(judge(bytes), "proven");
      const content = gunzipSync(bytes);
      for (let count = 0; count < changesMin / 400; count += 1, changes += 1) {
        const at = Math.floor(random() * bytes.length);
        const changed = changeByte(bytes, at, random);
        // The content is genuine, to the byte; AWS CLI calls it valid too.
        const expected = isSame(changed, content) ? "proven" : "broken";
        assert.equal(judge(changed), expected, `byte ${at} of ${key}`);
        if (expected === "broken") found += 1;
        else idle += 1;
      }
    }
  }
  assert.ok(changes >= changesMin && found + idle === changes);
  assert.ok(found > 0.9 * changes && idle > 0);
});

test("each changed byte of a digest or of its signature is found", () => {
  const random = seededRandom(11);
  const made = new MadeChain({ seed: 11 }).add(20);
  const judge = (digest: MadeObject) => judgeDigest(asDigestObject(digest), keys).kind;
  for (const digest of made.digests) {
    const { bytes, signature, metadata } = digest;
    assert.equal(judge(digest), "valid");
    const content = gunzipSync(bytes);
    for (let count = 0; count < 150; count += 1) {
      const at = Math.floor(random() * bytes.length);
      const changed = changeByte(bytes, at, random);
      assert.equal(judge({ ...digest, bytes: changed }), isSame(changed, content) ? "valid" : "broken", `byte ${at}`);
    }
    for (let count = 0; count < 20; count += 1) {
      const at = Math.floor(random() * signature.length);
      const other = ((Number.parseInt(signature[at] ?? "0", 16) + 1 + Math.floor(random() * 15)) % 16).toString(16);
      const changed = signature.slice(0, at) + other + signature.slice(at + 1);
      assert.equal(judge({ ...digest, metadata: { ...metadata, signature: changed } }), "broken", `digit ${at}`);
    }
  }
});

test("each changed letter of a digest's content is found, compressed as it should be", () => {
  const random = seededRandom(13);
  const [digest] = new MadeChain({ seed: 13 }).add(1).digests;
  assert.ok(digest !== undefined);
  const content = Buffer.from(digest.text);
  for (let at = 0; at < content.length; at += 3) {
    const bytes = gzipSync(changeByte(content, at, random));
    assert.equal(judgeDigest(asDigestObject({ ...digest, bytes }), keys).kind === "valid", false, `letter ${at}`);
  }
});
