import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  accountId,
  bucket,
  type MadeUpDelivery,
  openMadeUpDelivery,
  region,
  start,
  trail,
} from "../../src/recorder/delivery/made-up-delivery.fixture.ts";
import { MadeUpOutlets } from "../../src/recorder/delivery/made-up-outlets.fixture.ts";
import { inWords, judgeBucket, type JudgedBucket } from "../../src/verify/judge-bucket.fixture.ts";
import { hourMs, keyBookOf, type MadeObject } from "../../src/verify/made-chain.fixture.ts";

const member = "444455556666";
const regions = [region, "us-east-1"];
const organizationId = "o-exampleorgid";
const hours = 7;

let folder = "";
let made: MadeUpDelivery;
let delivered: ReadonlyMap<string, MadeObject> = new Map();
let keys = keyBookOf([]);

/** Two accounts in two regions under one organization's trail, with an hour in which the bucket refused. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-tampered-"));
  const outlets = new MadeUpOutlets();
  outlets.organization = {
    id: organizationId,
    managementAccountId: accountId,
    memberIds: [accountId, member],
    hasAllFeatures: true,
    trusts: ["cloudtrail.amazonaws.com"],
    delegatedAdministrators: {},
  };
  const trails = [{ ...trail, organizationId, isMultiRegion: true }];
  made = await openMadeUpDelivery({ folder, outlets, trails, settings: { regions } });
  for (let passed = 0; passed < hours; passed += 1) {
    for (const recipientAccountId of [accountId, member]) {
      for (const awsRegion of regions) await made.record({ recipientAccountId, awsRegion });
    }
    made.clock.advance(hourMs / 2);
    if (passed === 3) outlets.refusals.set(bucket, "SlowDown");
    await made.delivery.deliverNow();
    made.clock.advance(hourMs / 2);
    if (passed === 4) outlets.refusals.clear();
    await made.delivery.deliverNow();
  }
  for (let passed = 0; passed < 2; passed += 1) {
    made.clock.advance(hourMs);
    await made.delivery.deliverNow();
  }
  delivered = new Map(
    [...outlets.objects.values()].map(({ bucket: own, key, body, metadata }) => {
      return [key, { bucket: own, key, bytes: Buffer.from(body), metadata }];
    }),
  );
  keys = keyBookOf(
    regions.flatMap((one) =>
      made.keys.list(one, 0, made.clock.now()).map(({ value }) => ({ region: one, der: value })),
    ),
  );
});
after(async () => {
  await made[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Keys of what lies in a folder of an account and a region, the oldest first. */
function keysIn(type: string, account = member, where = region): readonly string[] {
  const beginning = `AWSLogs/${organizationId}/${account}/${type}/${where}/`;
  return [...delivered.keys()].filter((key) => key.startsWith(beginning) && !key.includes("_backfill")).sort();
}

const fileAt = (index: number) => keysIn("CloudTrail")[index] ?? "";
const digestAt = (index: number) => keysIn("CloudTrail-Digest").at(index) ?? "";

function change(
  objects: Map<string, MadeObject>,
  key: string,
  edit: (object: MadeObject) => Partial<MadeObject>,
): void {
  const object = delivered.get(key);
  assert.ok(object !== undefined, key);
  objects.set(key, { ...object, ...edit(object) });
}

function rewrite(objects: Map<string, MadeObject>, key: string, edit: (text: string) => string): void {
  change(objects, key, ({ bytes }) => ({ bytes: gzipSync(edit(gunzipSync(bytes).toString())) }));
}

/** What is neither valid nor proven, by key. */
function notWell({ digests, files }: JudgedBucket): ReadonlyMap<string, string> {
  const all = [
    ...digests.map(({ name, verdict }) => [name, inWords(verdict)] as const),
    ...[...files].map(([name, verdict]) => [name, inWords(verdict)] as const),
  ];
  return new Map(
    all
      .filter(([, words]) => words !== "valid" && words !== "proven")
      .map(([name, words]) => [name.replace(`s3://${bucket}/`, ""), words]),
  );
}

/** The log files that a digest names. */
function namedBy(key: string): readonly string[] {
  const text = gunzipSync(delivered.get(key)?.bytes ?? gzipSync("{}")).toString();
  return (JSON.parse(text) as { logFiles: { s3Object: string }[] }).logFiles.map(({ s3Object }) => s3Object);
}

interface Case {
  readonly what: string;
  readonly tamper: (objects: Map<string, MadeObject>) => void;
  readonly says: () => readonly (readonly [key: string, verdict: string])[];
  readonly gaps?: readonly string[];
}

const unproven = (digest: string, reason: string) => namedBy(digest).map((key) => [key, `unproven ${reason}`] as const);

const cases: readonly Case[] = [
  { what: "nothing is done", tamper: () => undefined, says: () => [] },
  {
    what: "a name is changed in a record",
    tamper: (objects) => rewrite(objects, fileAt(1), (text) => text.replace("CreateUser", "ListUsers")),
    says: () => [[fileAt(1), "broken content-differs"]],
  },
  {
    what: "a log file is deleted",
    tamper: (objects) => void objects.delete(fileAt(1)),
    says: () => [[fileAt(1), "missing not-found"]],
  },
  {
    what: "two log files are swapped",
    tamper: (objects) => {
      change(objects, fileAt(1), () => ({ bytes: delivered.get(fileAt(2))?.bytes ?? Buffer.alloc(0) }));
      change(objects, fileAt(2), () => ({ bytes: delivered.get(fileAt(1))?.bytes ?? Buffer.alloc(0) }));
    },
    says: () => [
      [fileAt(1), "broken content-differs"],
      [fileAt(2), "broken content-differs"],
    ],
  },
  {
    what: "a log file is truncated",
    tamper: (objects) => change(objects, fileAt(1), ({ bytes }) => ({ bytes: bytes.subarray(0, bytes.length / 2) })),
    says: () => [[fileAt(1), "broken cut-off"]],
  },
  {
    what: "zeros are put behind one log file and a member behind another",
    tamper: (objects) => {
      change(objects, fileAt(1), ({ bytes }) => ({ bytes: Buffer.concat([bytes, Buffer.alloc(3)]) }));
      change(objects, fileAt(2), ({ bytes }) => ({ bytes: Buffer.concat([bytes, gzipSync("")]) }));
    },
    says: () => [
      [fileAt(1), "broken bytes-behind"],
      [fileAt(2), "broken second-member"],
    ],
  },
  {
    what: "a log file of another account is put beside",
    tamper: (objects) => {
      const [theirs = ""] = keysIn("CloudTrail", accountId);
      const key = theirs.replaceAll(accountId, member).replace(/_A+\./, "_BBBBBBBBBBBBBBBB.");
      objects.set(key, { bucket, key, bytes: delivered.get(theirs)?.bytes ?? Buffer.alloc(0), metadata: {} });
    },
    says: () => {
      const [theirs = ""] = keysIn("CloudTrail", accountId);
      return [[theirs.replaceAll(accountId, member).replace(/_A+\./, "_BBBBBBBBBBBBBBBB."), "undeclared not-named"]];
    },
  },
  {
    what: "a digest is edited",
    tamper: (objects) => rewrite(objects, digestAt(2), (text) => text.replace('"hashValue":"', '"hashValue":"0')),
    says: () => [[digestAt(2), "broken signature-wrong"], ...unproven(digestAt(2), "digest-broken")],
    gaps: ["digests-missing 1"],
  },
  {
    what: "two digests in a row are deleted",
    tamper: (objects) => {
      objects.delete(digestAt(1));
      objects.delete(digestAt(2));
    },
    says: () => [
      [digestAt(2), "missing not-found"],
      ...unproven(digestAt(1), "digest-missing"),
      ...unproven(digestAt(2), "digest-missing"),
    ],
    gaps: ["digests-missing 2"],
  },
  {
    what: "an old digest is played again as the newest",
    tamper: (objects) => change(objects, digestAt(-1), () => ({ ...delivered.get(digestAt(1)), key: digestAt(-1) })),
    says: () => [[digestAt(-1), "broken moved"]],
    gaps: ["digests-missing 1"],
  },
  {
    what: "the digest of another region is put in the place of one",
    tamper: (objects) => {
      const other = keysIn("CloudTrail-Digest", member, "us-east-1")[2] ?? "";
      change(objects, digestAt(2), () => ({ ...delivered.get(other), key: digestAt(2) }));
    },
    says: () => [[digestAt(2), "broken moved"], ...unproven(digestAt(2), "digest-broken")],
    gaps: ["digests-missing 1"],
  },
];

for (const { what, tamper, says, gaps = [] } of cases) {
  test(`in what the recorder delivered, this is named and nothing else: ${what}`, () => {
    const objects = new Map(delivered);
    tamper(objects);
    const judged = judgeBucket([...objects.values()], { keys });
    assert.deepEqual([...notWell(judged)].sort(), [...says()].sort());
    assert.deepEqual(
      judged.gaps.map(({ kind, digestsMissing }) => `${kind} ${digestsMissing}`),
      gaps,
    );
  });
}

test("what the recorder delivered is proven to the last file: accounts, regions, and files that came late", () => {
  const judged = judgeBucket([...delivered.values()], { keys });
  assert.equal(judged.chains.size, 8, "two accounts, two regions, each with a chain for late files");
  const verdicts = [...judged.files.values()];
  assert.equal(verdicts.length, 4 * hours);
  assert.ok(verdicts.every(({ kind }) => kind === "proven"));
  const since = new Set(
    judged.digests.filter(({ key }) => !key.includes("_backfill")).map(({ chainSince }) => chainSince),
  );
  assert.deepEqual([...since], [start]);
});

test("the digest for late files deleted: those that it named are in no digest", () => {
  const late = [...delivered.keys()].filter(
    (key) => key.includes("_backfill") && key.includes(`/${member}/`) && key.includes(`/${region}/`),
  );
  const objects = [...delivered.values()].filter(({ key }) => !late.includes(key));
  const judged = judgeBucket(objects, { keys });
  const named = late.flatMap(namedBy);
  assert.ok(named.length > 0);
  assert.deepEqual([...notWell(judged)].sort(), named.map((key) => [key, "undeclared not-named"]).sort());
});

test("all objects moved into another bucket: every digest says so, and proves nothing there", () => {
  const judged = judgeBucket(
    [...delivered.values()].map((object) => ({ ...object, bucket: "copy" })),
    { keys },
  );
  assert.deepEqual([...new Set(judged.digests.map(({ verdict }) => inWords(verdict)))], ["broken moved"]);
  assert.ok([...judged.files.values()].every(({ kind }) => kind === "unproven"));
});

test("the tail cut off is told by the clock", () => {
  const objects = new Map(delivered);
  for (const key of keysIn("CloudTrail-Digest").slice(-3)) objects.delete(key);
  const now = made.clock.now();
  const all = [...judgeBucket([...delivered.values()], { keys }).chains.keys()];
  const heads = new Map(all.map((id) => [id, { head: { now, graceMs: hourMs / 2 } }]));
  assert.deepEqual(judgeBucket([...delivered.values()], { keys, heads }).gaps, []);
  const { gaps } = judgeBucket([...objects.values()], { keys, heads });
  assert.deepEqual(
    gaps.map(({ kind, from, digestsMissing }) => [kind, from, digestsMissing]),
    [["tail", now - 3 * hourMs, 2]],
  );
});
