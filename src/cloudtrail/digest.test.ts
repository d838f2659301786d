import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readDigest } from "./digest.ts";
import { RecordScanner } from "./record-scanner.ts";

const bytes = readFileSync(new URL("../../test/fixtures/cloudtrail/digest.json", import.meta.url));

function without(...changes: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify({ ...JSON.parse(bytes.toString()), ...Object.fromEntries(changes) });
}

test("a digest is read with the text of its times and the nulls of a chain's beginning", () => {
  const result = readDigest(bytes);
  assert.ok(result.ok);
  const { digest } = result;
  assert.equal(digest.digestEndTime, "2024-05-01T08:01:31Z");
  assert.equal(digest.previousDigestSignature, null);
  assert.equal(digest.logFiles.length, 1);
  assert.equal(digest.logFiles[0]?.hashAlgorithm, "SHA-256");
});

test("the scanner hands a digest file over so that it can be read", () => {
  const scanner = new RecordScanner({
    onRecord: () => assert.fail(),
    onReject: (part) => assert.fail(part.message),
  });
  scanner.push(bytes);
  const summary = scanner.end();
  assert.equal(summary.wrapper, "digest");
  assert.ok(readDigest(summary.digest ?? new Uint8Array()).ok);
});

test("an hour without log files is a digest too", () => {
  const text = without(["logFiles", []], ["newestEventTime", null], ["oldestEventTime", null], ["newField", 1]);
  const result = readDigest(text);
  assert.ok(result.ok && result.digest.logFiles.length === 0 && result.digest.newestEventTime === null);
});

const refusals: readonly (readonly [string, string, RegExp])[] = [
  ["{", "not-json", /not JSON/],
  ["[]", "not-an-object", /not an object/],
  [without(["digestS3Bucket", undefined]), "missing-field", /no digestS3Bucket/],
  [without(["digestPublicKeyFingerprint", ""]), "missing-field", /no digestPublicKeyFingerprint/],
  [without(["previousDigestSignature", undefined]), "missing-field", /no previousDigestSignature/],
  [without(["previousDigestSignature", 7]), "bad-field", /previousDigestSignature is not a string/],
  [without(["digestEndTime", "soon"]), "bad-field", /digestEndTime is no time: soon/],
  [without(["logFiles", {}]), "bad-field", /logFiles is not a list/],
  [without(["logFiles", [null]]), "bad-field", /logFiles\[0\] is not an object/],
  [without(["logFiles", [{ s3Bucket: "b", s3Object: "o" }]]), "missing-field", /no logFiles\[0\]\.hashValue/],
];

test("what is no digest is refused with the field that is missing or wrong", () => {
  for (const [text, reason, message] of refusals) {
    const result = readDigest(text);
    assert.ok(!result.ok, text);
    assert.equal(result.reason, reason);
    assert.match(result.message, message);
  }
});

test("a digest that is not UTF-8 is not guessed at", () => {
  const result = readDigest(Buffer.concat([bytes, Buffer.from([0xff])]));
  assert.ok(!result.ok && result.reason === "not-json");
});
