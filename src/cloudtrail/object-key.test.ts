import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { digestFileName, keyDay, logFileName, type ObjectKey, parseObjectKey, printObjectKey } from "./object-key.ts";

const keys = new URL("../../test/fixtures/cloudtrail/keys/", import.meta.url);

function lines(name: string): readonly string[] {
  return readFileSync(new URL(name, keys), "utf8").trimEnd().split("\n");
}

function parse(text: string): ObjectKey {
  const result = parseObjectKey(text);
  assert.ok(result.ok, result.ok ? "" : result.message);
  return result.key;
}

test("valid keys are read, and printed as they were", () => {
  for (const text of lines("valid.txt")) {
    assert.equal(printObjectKey(parse(text)), text);
  }
});

test("invalid keys are refused with a reason that names them", () => {
  for (const text of lines("invalid.txt")) {
    const result = parseObjectKey(text);
    assert.ok(!result.ok, text);
    assert.ok(result.message.includes(text) || result.message.includes(text.slice(text.lastIndexOf("/") + 1)), text);
  }
});

test("a key says what lies there, whose it is and when it came", () => {
  const log = parse(lines("valid.txt")[2] ?? "");
  assert.equal(log.kind, "log");
  assert.equal(log.accountId, "111122223333");
  assert.equal(log.region, "ap-southeast-2");
  assert.deepEqual(log.folder, { prefix: "", organizationId: "o-ab12cd34ef", day: "2024/02/29" });
  assert.equal(log.deliveredAt, Date.UTC(2024, 1, 29, 23, 55));
  const backfill = parse(lines("valid.txt")[8] ?? "");
  assert.equal(backfill.kind, "digest");
  assert.equal(backfill.deliveredAt, Date.UTC(2024, 4, 1, 8, 1, 31));
  assert.deepEqual(backfill.digest, {
    trailName: "org.trail-1",
    homeRegion: "eu-west-1",
    isBackfill: true,
  });
  const underscores = parse("111122223333_CloudTrail-Digest_eu-west-1_my_trail_us-east-1_20240501T080131Z.json.gz");
  assert.equal(underscores.digest?.trailName, "my_trail");
});

test("the folder decides the kind, whatever the name says", () => {
  const name = "111122223333_CloudTrail_eu-west-1_20240501T0805Z_a1B2c3D4e5F6g7H8.json.gz";
  assert.equal(parse(`AWSLogs/111122223333/CloudTrail-Aggregated/eu-west-1/2024/05/01/${name}`).kind, "aggregated");
});

test("paths of Windows are read like others", () => {
  const path = "C:\\logs\\AWSLogs\\111122223333\\CloudTrail\\eu-west-1\\2024\\05\\01\\x.json.gz";
  assert.equal(parse(path).region, "eu-west-1");
  assert.equal(parse("C:\\logs\\111122223333_CloudTrail_eu-west-1_20240501T0805Z_a.json").kind, "log");
});

test("a key of hostile length is refused before anything looks at it", () => {
  const result = parseObjectKey(`${"a/".repeat(100_000)}AWSLogs/`);
  assert.ok(!result.ok && result.reason === "too-long");
  assert.ok(!parseObjectKey("111122223333_CloudTrail_" + "a-".repeat(2000)).ok);
});

const digits = fc.stringMatching(/^\d{12}$/);
const region = fc.constantFrom("us-east-1", "eu-central-2", "us-gov-east-1", "cn-north-1", "us-iso-west-1");
const minute = fc.integer({ min: 0, max: 170_000_000 }).map((minutes) => minutes * 60_000);
const prefix = fc.constantFrom("", "p", "team/audit", "a b/ü+%20", "/", "/mnt/x");
const organizationId = fc.constantFrom(undefined, "o-ab12cd34ef");
const kind = fc.constantFrom("log", "insight", "network-activity", "aggregated");

test("keys of log files that are printed are read as the same", () => {
  fc.assert(
    fc.property(
      digits,
      region,
      minute,
      prefix,
      organizationId,
      kind,
      fc.stringMatching(/^[a-zA-Z0-9]{16}$/),
      (accountId, where, deliveredAt, before, org, what, unique) => {
        const fileName = logFileName({ kind: what, accountId, region: where, deliveredAt, unique });
        const folder = { prefix: before, organizationId: org, day: keyDay(deliveredAt) };
        const key: ObjectKey = {
          kind: what,
          accountId,
          region: where,
          folder,
          fileName,
          deliveredAt,
          digest: undefined,
        };
        assert.deepEqual(parse(printObjectKey(key)), key);
        assert.deepEqual(parse(fileName), { ...key, folder: undefined });
      },
    ),
    { seed: 21 },
  );
});

test("keys of digests that are printed are read as the same", () => {
  fc.assert(
    fc.property(
      digits,
      region,
      region,
      minute,
      prefix,
      organizationId,
      fc.stringMatching(/^[A-Za-z0-9][\w.-]{2,20}$/),
      fc.boolean(),
      (accountId, sourceRegion, homeRegion, at, before, org, trailName, isBackfill) => {
        const digest = { trailName, homeRegion, isBackfill };
        const endsAt = at + 31_000;
        const fileName = digestFileName({ ...digest, accountId, sourceRegion, endsAt });
        const folder = { prefix: before, organizationId: org, day: keyDay(endsAt) };
        const key: ObjectKey = {
          kind: "digest",
          accountId,
          region: sourceRegion,
          folder,
          fileName,
          deliveredAt: endsAt,
          digest,
        };
        assert.deepEqual(parse(printObjectKey(key)), key);
      },
    ),
    { seed: 22 },
  );
});
