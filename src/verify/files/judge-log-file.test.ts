import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { inWords } from "../judge-bucket.fixture.ts";
import type { DigestVerdict } from "../verdict.ts";
import { judgeNamed, type NamedHash, seenOf } from "./judge-log-file.ts";

const [bucket, key, content] = ["trail", "AWSLogs/file.json.gz", '{"Records":[]}'];
const name = `s3://${bucket}/${key}`;
const genuine = seenOf(bucket, key, gzipSync(content));
const named: NamedHash = { name, hashValue: genuine.sha256, hashAlgorithm: "SHA-256" };

function digest(verdict: DigestVerdict): JudgedDigest {
  const place = {
    name: "s3://trail/digest",
    bucket: "trail",
    key: "digest",
    startsAt: 0,
    endsAt: 1,
    object: undefined,
  };
  return { ...place, verdict, chainSince: verdict.kind === "valid" ? 0 : undefined };
}

const valid = digest({ kind: "valid", reason: "" });

test("what is signed and lies there is proven, by a digest and since when", () => {
  const verdict = judgeNamed(named, valid, genuine);
  assert.deepEqual(verdict, { kind: "proven", reason: "", digest: valid.name, chainSince: 0, dueAt: undefined });
  assert.equal(judgeNamed({ ...named, hashValue: named.hashValue.toUpperCase() }, valid, genuine).kind, "proven");
});

const seen: readonly (readonly [string, Parameters<typeof judgeNamed>[2]])[] = [
  ["missing not-found", "not-found"],
  ["waiting not-read-yet", "not-read-yet"],
  ["unproven not-selected", "not-selected"],
  ["broken moved", { ...genuine, key: "AWSLogs/other.json.gz" }],
  ["broken moved", { ...genuine, bucket: "elsewhere" }],
  ["proven", { ...genuine, bucket: "" }],
  ["broken not-gzip", seenOf(bucket, key, Buffer.from(content))],
  ["broken cut-off", seenOf(bucket, key, gzipSync(content).subarray(0, -4))],
  [
    "broken not-inflatable",
    seenOf(bucket, key, Buffer.concat([gzipSync(content).subarray(0, -8), Buffer.alloc(8, 7)])),
  ],
  ["broken second-member", seenOf(bucket, key, Buffer.concat([gzipSync(content), gzipSync("")]))],
  ["broken bytes-behind", seenOf(bucket, key, Buffer.concat([gzipSync(content), Buffer.alloc(1)]))],
  ["broken content-differs", seenOf(bucket, key, gzipSync(`${content} `))],
];

test("whatever else lies there has its own word", () => {
  for (const [verdict, what] of seen) assert.equal(inWords(judgeNamed(named, valid, what)), verdict);
});

test("a hash that we do not know says nothing", () => {
  for (const hash of [{ hashAlgorithm: "MD5" }, { hashValue: "" }, { hashValue: `${named.hashValue}00` }]) {
    assert.equal(inWords(judgeNamed({ ...named, ...hash }, valid, genuine)), "broken hash-unknown");
  }
});

test("a digest that is not valid vouches for nothing, whatever lies there", () => {
  for (const [verdict, expected] of [
    [{ kind: "broken", reason: "moved" }, "unproven digest-broken"],
    [{ kind: "missing", reason: "not-found" }, "unproven digest-missing"],
    [{ kind: "unproven", reason: "key-unknown" }, "unproven digest-unproven"],
  ] as const) {
    for (const what of [genuine, "not-found"] as const) {
      assert.equal(inWords(judgeNamed(named, digest(verdict), what)), expected);
    }
  }
});
