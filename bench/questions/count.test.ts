import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { addCounts, countCandidates, startCounts } from "./count.ts";
import type { Candidates } from "./sample.ts";
import { valuesOf } from "./values.ts";

const directory = mkdtempSync(join(tmpdir(), "count-test-"));
after(() => rmSync(directory, { recursive: true, force: true }));

const key = "AKIAEXAMPLEKEY000001";
const candidates: Candidates = {
  values: {
    accessKey: [key, "AKIANOWHERE000000001"],
    sourceIp: ["192.0.2.1"],
    resource: ["arn:aws:s3:::one"],
    target: ["arn:aws:s3:::one"],
    errorRegion: ["accessdenied eu-west-1"],
    actor: ["arn:aws:iam::111122223333:role/r"],
  },
  words: ["Needle12", "absent99"],
  parts: ["edle1"],
};

const first = writeLog("first", [
  {
    eventVersion: "1.11",
    userIdentity: {
      arn: "arn:aws:sts::111122223333:assumed-role/r/s",
      accessKeyId: key,
      sessionContext: { sessionIssuer: { arn: "arn:aws:iam::111122223333:role/r" } },
    },
    sourceIPAddress: "192.0.2.1",
    awsRegion: "eu-west-1",
    errorCode: "AccessDenied",
    requestParameters: { bucketName: "one", twice: "needle12 NEEDLE12" },
    resources: [{ ARN: "arn:aws:s3:::one" }, { ARN: "arn:aws:s3:::one" }],
  },
  { eventVersion: "1.11", requestParameters: { roles: ["arn:aws:s3:::one"] } },
]);
const second = writeLog("second", [
  { eventVersion: "1.11", userIdentity: { accessKeyId: key }, requestParameters: null },
  { eventVersion: "1.11", requestParameters: { key: "xneedle12 needle12x needle12\u00e4" } },
]);

test("an event counts once for each value that it holds", () => {
  const { values, words, parts } = countCandidates([first, second], candidates);
  assert.deepEqual(
    values.accessKey,
    new Map([
      [key.toLowerCase(), 2],
      ["akianowhere000000001", 0],
    ]),
  );
  assert.equal(values.sourceIp.get("192.0.2.1"), 1);
  assert.equal(values.resource.get("arn:aws:s3:::one"), 1);
  assert.equal(values.target.get("arn:aws:s3:::one"), 2);
  assert.equal(values.errorRegion.get("accessdenied eu-west-1"), 1);
  assert.equal(values.actor.get("arn:aws:iam::111122223333:role/r"), 1);
  assert.deepEqual(
    words,
    new Map([
      ["needle12", 1],
      ["absent99", 0],
    ]),
  );
  assert.deepEqual(parts, new Map([["edle1", 2]]));
});

test("counts of parts add up to the count of all", () => {
  const sum = startCounts(candidates);
  addCounts(sum, countCandidates([first], candidates));
  addCounts(sum, countCandidates([second], candidates));
  assert.deepEqual(sum, countCandidates([first, second], candidates));
});

test("a record without anything holds nothing", () => {
  for (const values of Object.values(valuesOf({}))) assert.deepEqual(values, []);
});

function writeLog(name: string, records: readonly object[]): string {
  const path = join(directory, `${name}.json.gz`);
  writeFileSync(path, gzipSync(JSON.stringify({ Records: records })));
  return path;
}
