import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { readDigest } from "./digest.ts";
import { describeIdentity } from "./identity.ts";
import { parseObjectKey } from "./object-key.ts";
import { readRecord } from "./read-record.ts";
import { RecordScanner, type ScanSummary } from "./record-scanner.ts";
import type { RejectedPart } from "./rejected-part.ts";

const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const skip = existsSync(data) ? false : "the folder ../shared/data is not there";

interface Scan extends ScanSummary {
  readonly found: readonly string[];
  readonly parts: readonly RejectedPart[];
}

function scan(bytes: Uint8Array, chunk: number): Scan {
  const found: string[] = [];
  const parts: RejectedPart[] = [];
  const scanner = new RecordScanner({
    onRecord: (view, start, end) => found.push(Buffer.from(view.subarray(start, end)).toString()),
    onReject: (part) => parts.push(part),
  });
  for (let i = 0; i < bytes.length; i += chunk) {
    scanner.push(bytes.subarray(i, i + chunk));
  }
  return { ...scanner.end(), found, parts };
}

function files(...patterns: readonly string[]): readonly (readonly [string, Buffer])[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: data })).toSorted();
  assert.ok(found.length > 0, `no file for ${patterns.join(", ")}`);
  return found.map((path) => {
    const bytes = readFileSync(`${data}${path}`);
    return [path, path.endsWith(".gz") ? gunzipSync(bytes) : bytes];
  });
}

/** The records as JSON.parse finds them. */
function parsed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  assert.ok(typeof value === "object" && value !== null);
  if ("Records" in value && Array.isArray(value.Records)) {
    return value.Records;
  }
  if ("Events" in value && Array.isArray(value.Events)) {
    return value.Events;
  }
  return [value];
}

const logFiles = [
  "sans504/**/*.json.gz",
  "invictus-ir/CloudTrail/*.json",
  "umccr-cloudtrail-parquet/test_input/**/*.{json,json.gz}",
  "trailscraper/**/*.{json,json.gz}",
  "traildiscover/docs/logExamples/*",
  "stratus-red-team/aws.*.json",
  "digest-suite/base/*/AWSLogs/*/CloudTrail/**/*.json.gz",
  "awsdocs-cloudtrail-samples/cloudtrail-log-file-examples.*.json",
  "awsdocs-cloudtrail-samples/cloudtrail-event-reference-aws-console-sign-in-events.*.json",
  "awsdocs-cloudtrail-samples/view-insights-events-cli.*.json",
];

test("every real log file splits into the records that JSON.parse finds in it", { skip }, () => {
  let records = 0;
  for (const [path, bytes] of files(...logFiles)) {
    const expected = parsed(JSON.parse(bytes.toString()));
    for (const chunk of [1000, bytes.length + 1]) {
      const result = scan(bytes, chunk);
      assert.deepEqual(result.parts, [], path);
      assert.deepEqual(
        result.found.map((text) => JSON.parse(text)),
        expected,
        path,
      );
      assert.equal(result.truncated, false);
    }
    records += expected.length;
  }
  assert.ok(records > 1000, `only ${records} records`);
});

test("every real record is read, keeps its fields, and names somebody", { skip }, () => {
  for (const [path, bytes] of files(...logFiles)) {
    for (const text of scan(bytes, bytes.length + 1).found) {
      const result = readRecord(text);
      assert.ok(result.ok, `${path}: ${result.ok ? "" : result.message}`);
      assert.deepEqual(result.record, JSON.parse(text), path);
      assert.notEqual(describeIdentity(result.record).kind, "unknown", path);
    }
  }
});

test("lines of LookupEvents entries give the records inside them", { skip }, () => {
  for (const [path, bytes] of files("plaso/**/*.jsonl")) {
    const entries = bytes
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const result = scan(bytes, 999);
    assert.equal(result.wrapper, "lookup-events", path);
    assert.deepEqual(
      result.found,
      entries.map((entry) => entry.CloudTrailEvent),
    );
  }
});

test("a rule's test cases in lines are no records", { skip }, () => {
  for (const [, bytes] of files("panther-tests/tests.ndjson")) {
    const result = scan(bytes, 4096);
    assert.equal(result.records, 0);
    assert.deepEqual(new Set(result.parts.map((part) => part.reason)), new Set(["not-cloudtrail"]));
  }
});

test("notifications are refused as such, other files as nothing of CloudTrail", { skip }, () => {
  for (const [path, bytes] of files("notifications/*.json")) {
    const result = scan(bytes, 500);
    assert.deepEqual(
      result.parts.map((part) => part.reason),
      ["notification"],
      path,
    );
  }
  for (const [path, bytes] of files("awsdocs-cloudtrail-samples/{list-public-keys,query-lake-*}.json")) {
    assert.deepEqual(
      scan(bytes, 500).parts.map((part) => part.reason),
      ["not-cloudtrail"],
      path,
    );
  }
});

test("real digests are told apart, read, and named as their key says", { skip }, () => {
  for (const [path, bytes] of files("digest-suite/base/*/AWSLogs/*/CloudTrail-Digest/**/*.json.gz")) {
    const result = scan(bytes, 700);
    assert.equal(result.wrapper, "digest", path);
    const read = readDigest(result.digest ?? new Uint8Array());
    assert.ok(read.ok, path);
    const key = parseObjectKey(read.digest.digestS3Object);
    assert.ok(key.ok && key.key.kind === "digest", path);
    assert.equal(key.key.deliveredAt, Date.parse(read.digest.digestEndTime));
    for (const { s3Object } of read.digest.logFiles) {
      assert.ok(parseObjectKey(s3Object).ok, s3Object);
    }
  }
});

test("the keys of all real log files are read, from their path and from their name alone", { skip }, () => {
  const paths = files("{sans504,digest-suite/base}/**/*.json.gz", "umccr-cloudtrail-parquet/**/AWSLogs/**/*.{json,gz}");
  for (const [path] of paths) {
    const whole = parseObjectKey(path);
    const name = parseObjectKey(basename(path));
    assert.ok(whole.ok && name.ok, path);
    assert.equal(whole.key.kind, name.key.kind);
    assert.ok(whole.key.deliveredAt !== undefined && whole.key.deliveredAt === name.key.deliveredAt, path);
  }
});
