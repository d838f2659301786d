import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";

import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { findFault } from "../../src/sandbox/faults/board.ts";
import { missingAwsCli } from "../fixtures/aws-cli.ts";
import { awsCli } from "./aws-cli.fixture.ts";
import { type BucketHands, type HeldObject, openBucketHands } from "./bucket-hands.fixture.ts";
import { nameOf, validateLogs, type Verdict } from "./validate-logs.fixture.ts";
import { trailBucketPolicy } from "./trail-policies.fixture.ts";

/*
 * A trail of all regions runs for a day and an hour of the sandbox's time, with calls in every hour, and a bucket that
 * cannot be written to for two of them. Then the AWS CLI judges what lies in the bucket: as it is, and after each kind
 * of tampering, which is done over S3's own API and undone again.
 */
const skip = await missingAwsCli();
const bucket = "example-shop-trail";
const trailArn = `arn:aws:cloudtrail:${sandboxRegion}:${sandboxAccount}:trail/company`;
const hour = 3_600_000;
const hours = 25;

let open: TestSandbox;
let hands: BucketHands;
let from = 0;
let to = 0;
/** Of the trail's home region, the oldest first; those of late files apart. */
let logs: readonly string[] = [];
let digests: readonly string[] = [];

before(async () => {
  if (skip !== false) return;
  open = await openSandbox();
  const { sandbox } = open;
  hands = await openBucketHands(open, { accountId: sandboxAccount, bucket });
  await hands.makeBucket(trailBucketPolicy({ bucket, trailArn, recipients: [sandboxAccount] }));
  const cloudtrail = await open.client("cloudtrail");
  await cloudtrail.call("CreateTrail", {
    ...{ Name: "company", S3BucketName: bucket },
    ...{ IsMultiRegionTrail: true, EnableLogFileValidation: true },
  });
  await cloudtrail.call("StartLogging", { Name: "company" });
  from = sandbox.clock.now();

  const iam = await open.client("iam");
  const s3 = await open.client("s3");
  for (let passed = 0; passed < hours; passed += 1) {
    // IAM's calls are recorded in us-east-1, those about a bucket where it is.
    await iam.call("CreateUser", { UserName: `user-${passed}` });
    await s3.call("PutBucketTagging", { Bucket: bucket, Tagging: { TagSet: [{ Key: "hour", Value: `${passed}` }] } });
    await sandbox.delivery.deliverNow();
    if (passed === 12) await hands.breakBucket();
    if (passed === 14) await hands.mendBucket();
    sandbox.clock.advance(hour);
    await sandbox.delivery.deliverNow();
  }
  to = sandbox.clock.now();
  const keys = await hands.keys();
  logs = keys.filter((key) => key.includes(`/CloudTrail/${sandboxRegion}/`));
  digests = keys.filter((key) => key.includes(`/CloudTrail-Digest/${sandboxRegion}/`) && !key.includes("_backfill"));
});
after(async () => open?.[Symbol.asyncDispose]());

/** What the AWS CLI finds in a region; `--region` chooses whose digests, and the environment's region would not. */
function judge(region = sandboxRegion): Promise<Verdict> {
  const aws = awsCli(open.sandbox, { accountId: sandboxAccount, region });
  return validateLogs(aws, { trailArn, region, from, to });
}

test("every digest and log file of a day is valid, late ones too", { skip }, async () => {
  assert.ok(digests.length === hours && logs.length >= hours, `${digests.length} digests, ${logs.length} log files`);
  const verdict = await judge();
  assert.deepEqual(verdict.closing, valid({}), verdict.text);
  assert.deepEqual(verdict.invalid, []);
  assert.equal(verdict.code, 0);
});

test("each region has a chain and a key of its own", { skip }, async () => {
  const verdict = await judge("us-east-1");
  const [digestsValid, backfills, logsValid] = verdict.closing;
  assert.deepEqual(
    [digestsValid, backfills],
    [`${hours}/${hours} digest files valid`, "1/1 backfill digest files valid"],
    verdict.text,
  );
  assert.match(logsValid ?? "", /^(\d+)\/\1 log files valid$/);
  assert.equal(verdict.code, 0);
});

/** What somebody did to the bucket: each at hours of its own, so that all of a look are found by themselves. */
interface Tampering {
  /** Keys of what is tampered with, which is put back afterwards. */
  readonly at: () => readonly string[];
  readonly tamper: (...keys: readonly string[]) => Promise<void>;
  readonly invalid?: () => readonly string[];
  /** Whose log files nobody looks at, because of it. */
  readonly worthless?: () => string;
}

const notFound = "INVALID: not found";
const otherHash = "INVALID: hash value doesn't match";
const badSignature = "INVALID: signature verification failed";
const moved = "INVALID: has been moved from its original location";

const withLogs: readonly Tampering[] = [
  {
    // Its content.
    at: () => [log(3)],
    tamper: (key) => edit(key, (text) => text.replace("PutBucketTagging", "GetBucketTagging")),
    invalid: () => [`Log ${nameOf(log(3))} ${otherHash}`],
  },
  {
    // Cut off in the middle.
    at: () => [log(8)],
    tamper: (key) => replace(key, ({ body }) => ({ body: body.subarray(0, body.length / 2) })),
    invalid: () => [`Log ${nameOf(log(8))} ${otherHash}`],
  },
  {
    at: () => [log(4)],
    tamper: (key) => hands.remove(key ?? ""),
    invalid: () => [`Log ${nameOf(log(4))} ${notFound}`],
  },
  {
    at: () => [log(5), log(6)],
    tamper: swap,
    invalid: () => [`Log ${nameOf(log(5))} ${otherHash}`, `Log ${nameOf(log(6))} ${otherHash}`],
  },
];

const withDigests: readonly Tampering[] = [
  {
    at: () => [digest(5)],
    tamper: (key) => edit(key, (text) => text.replace(/"hashValue":"../, '"hashValue":"00')),
    invalid: () => [`Digest ${nameOf(digest(5))} ${badSignature}`],
    worthless: () => digest(5),
  },
  {
    // The next one names it.
    at: () => [digest(7)],
    tamper: (key) => hands.remove(key ?? ""),
    invalid: () => [`Digest ${nameOf(digest(7))} ${notFound}`],
    worthless: () => digest(7),
  },
  {
    at: () => [digest(9)],
    tamper: (key) => replace(key, () => ({ metadata: {} })),
    invalid: () => [`Digest ${nameOf(digest(9))} ${badSignature}`],
    worthless: () => digest(9),
  },
  {
    // Another one's signature.
    at: () => [digest(11), digest(12)],
    tamper: async (key, other = "") => {
      const { metadata } = await hands.read(other);
      await replace(key, () => ({ metadata }));
    },
    invalid: () => [`Digest ${nameOf(digest(11))} ${badSignature}`],
    worthless: () => digest(11),
  },
  {
    // A whole signed one in another one's place.
    at: () => [digest(17), digest(18)],
    tamper: async (key, other = "") => hands.write(key ?? "", await hands.read(other)),
    invalid: () => [`Digest ${nameOf(digest(17))} ${moved}`],
    worthless: () => digest(17),
  },
];

const unnoticed: readonly Tampering[] = [
  {
    // Its content is what is signed.
    at: () => [log(3)],
    tamper: (key) => replace(key, ({ body }) => ({ body: gzipSync(gunzipSync(body), { level: 0 }) })),
  },
  {
    // What the AWS CLI does not see, on AWS as here; a verifier has to know when the next digest is due.
    at: () => [digest(hours - 1)],
    tamper: (key) => hands.remove(key ?? ""),
  },
];

test("log files that are changed, cut off, gone or in each other's place are found", { skip }, async () => {
  const verdict = await judgeTampered(withLogs);
  assert.deepEqual(verdict.closing, valid({ badLogs: 5 }), verdict.text);
});

test("digests that are changed, gone, unsigned, signed by another or in its place are found", { skip }, async () => {
  let named = 0;
  for (const { worthless } of withDigests) named += await countNamed(worthless?.() ?? "");
  const verdict = await judgeTampered(withDigests);
  const [all, bad] = [digests.length, withDigests.length];
  assert.deepEqual(
    verdict.closing,
    [
      `${all - bad}/${all} digest files valid, ${bad}/${all} digest files INVALID`,
      ...valid({ logsOf: logs.length - named }).slice(1),
    ],
    verdict.text,
  );
});

test(
  "the newest digest can go, files come that no digest names, and be compressed otherwise, unnoticed",
  { skip },
  async () => {
    const named = await countNamed(digest(hours - 1));
    const key = log(3).replace(/[^_]{16}\.json\.gz$/, "MadeUpByNobody00.json.gz");
    await hands.write(key, await hands.read(log(3)));
    const verdict = await judgeTampered(unnoticed);
    await hands.remove(key);
    assert.deepEqual(verdict.closing, valid({ digestsOf: hours - 1, logsOf: logs.length - named }), verdict.text);
  },
);

/** What is found while all of this is so, which must be what is told of each. */
async function judgeTampered(all: readonly Tampering[]): Promise<Verdict> {
  const keys = all.flatMap(({ at }) => at());
  const expected = all.flatMap(({ invalid }) => invalid?.() ?? []).sort();
  const verdict = await hands.tampered(
    keys,
    async () => {
      for (const { at, tamper } of all) await tamper(...at());
    },
    () => judge(),
  );
  assert.deepEqual(verdict.invalid, expected, verdict.text);
  assert.equal(verdict.code, expected.length === 0 ? 0 : 1);
  return verdict;
}

test("a log file that is changed on its way to the bucket is found", { skip }, async () => {
  const { sandbox } = open;
  const iam = await open.client("iam");
  const fault = findFault("changed-files");
  assert.ok(fault);
  const { id } = await sandbox.faults.apply(fault, { region: "us-east-1" });
  const since = sandbox.clock.now();
  await iam.call("CreateUser", { UserName: "changed-on-the-way" });
  await sandbox.delivery.deliverNow();
  await sandbox.faults.clear(id);
  sandbox.clock.advance(hour);
  await sandbox.delivery.deliverNow();
  const aws = awsCli(sandbox, { accountId: sandboxAccount, region: "us-east-1" });
  const verdict = await validateLogs(aws, { trailArn, region: "us-east-1", from: since, to: sandbox.clock.now() });
  assert.equal(verdict.code, 1, verdict.text);
  assert.ok(verdict.invalid.every((line) => /^Log \S+_CloudTrail_us-east-1_\S+ INVALID: hash value/.test(line)));
  assert.equal(verdict.closing[0]?.endsWith("digest files valid"), true);
});

test("what is not there is said to be not there", { skip }, async () => {
  const aws = awsCli(open.sandbox, { accountId: sandboxAccount, region: sandboxRegion });
  const [early, wrong] = await Promise.all([
    validateLogs(aws, { trailArn, region: sandboxRegion, from: from - 48 * hour, to: from - 24 * hour }),
    validateLogs(aws, { trailArn: `${trailArn}-2`, region: sandboxRegion, from, to }),
  ]);
  assert.match(early.text, /^No public keys found between|^No digests found in range/m);
  assert.match(wrong.text, /A trail could not be found for arn:aws:cloudtrail:\S+:trail\/company-2/);
  assert.equal(wrong.code, 255);
  assert.deepEqual(open.troubles, []);
});

/** The closing lines of a verdict in the home region. */
function valid(given: { readonly badLogs?: number; readonly digestsOf?: number; readonly logsOf?: number }): string[] {
  const { badLogs = 0, digestsOf = digests.length, logsOf = logs.length } = given;
  const bad = badLogs === 0 ? "" : `, ${badLogs}/${logsOf} log files INVALID`;
  return [
    `${digestsOf}/${digestsOf} digest files valid`,
    "1/1 backfill digest files valid",
    `${logsOf - badLogs}/${logsOf} log files valid${bad}`,
  ];
}

async function countNamed(digestKey: string): Promise<number> {
  const { body } = await hands.read(digestKey);
  return (JSON.parse(gunzipSync(body).toString("utf8")) as { readonly logFiles: readonly object[] }).logFiles.length;
}

function log(number: number): string {
  return logs[number] ?? "";
}

function digest(number: number): string {
  return digests[number] ?? "";
}

async function replace(key = "", change: (object: HeldObject) => Partial<HeldObject>): Promise<void> {
  const object = await hands.read(key);
  await hands.write(key, { ...object, ...change(object) });
}

async function edit(key: string | undefined, change: (text: string) => string): Promise<void> {
  await replace(key, ({ body }) => {
    const before = gunzipSync(body).toString("utf8");
    const after = change(before);
    assert.notEqual(after, before);
    return { body: gzipSync(after) };
  });
}

/** Bytes only: metadata stays where it is. */
async function swap(one = "", other = ""): Promise<void> {
  const [first, second] = [await hands.read(one), await hands.read(other)];
  await hands.write(one, { ...first, body: second.body });
  await hands.write(other, { ...second, body: first.body });
}
