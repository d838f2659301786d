import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { systemClock } from "../../src/base/clock.ts";
import { makeRole, makeUser } from "../../src/collect/access/people.fixture.ts";
import type { SourceStatus } from "../../src/collect/index.ts";
import { sandboxAccount, sandboxRegion } from "../../src/sandbox/sandbox.fixture.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { openCollectingPlace, type CollectingPlace } from "./collecting.fixture.ts";

/** What people are told must be there within a minute, by the machine's clock. */
const minuteMs = 60_000;

let place: CollectingPlace;
let keys: Record<string, string>;
let queueUrl = "";
let lockedQueueUrl = "";
let roleArn = "";
let powerless: Readonly<Record<string, string>> = {};

before(async () => {
  place = await openCollectingPlace({ clock: systemClock });
  const { sandbox } = place;
  const rights = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "s3:GetObject", "s3:ListBucket", "kms:Decrypt"];
  const user = await makeUser(
    sandbox,
    "collector",
    rights.map((action) => ({ action, resource: "*" })),
  );
  keys = { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey };
  roleArn = await makeRole(sandbox, "logs-reader", {
    trusts: `arn:aws:iam::${sandboxAccount}:user/collector`,
    externalId: "right-one",
    may: [{ action: "sqs:*", resource: "*" }],
  });
  const nobody = await makeUser(sandbox, "powerless", [{ action: "s3:ListAllMyBuckets", resource: "*" }]);
  powerless = { accessKeyId: nobody.accessKeyId, secretAccessKey: nobody.secretAccessKey };
  const sqs = await sandbox.client("sqs");
  queueUrl = (await sqs.call("CreateQueue", { QueueName: "files" })).QueueUrl ?? "";
  lockedQueueUrl = (await sqs.call("CreateQueue", { QueueName: "locked" })).QueueUrl ?? "";
  const s3 = await sandbox.client("s3");
  const CreateBucketConfiguration = { LocationConstraint: sandboxRegion as "eu-central-1" };
  for (const Bucket of ["example-empty", "example-locked"])
    await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration });
  await putEncrypted("AWSLogs/111122223333/CloudTrail/eu-central-1/2026/01/02/locked.json.gz");
});
after(() => place[Symbol.asyncDispose]());

/** A log file under a key that is disabled afterwards, and its notice. */
async function putEncrypted(Key: string): Promise<void> {
  const { sandbox } = place;
  const kms = await sandbox.client("kms");
  const { KeyMetadata } = await kms.call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId ?? "";
  const s3 = await sandbox.client("s3");
  const Body = gzipSync(makeLogFile([makeRecord(1)]));
  const encryption = { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: KeyId };
  await s3.call("PutObject", { Bucket: "example-locked", Key, Body, ...encryption });
  await kms.call("DisableKey", { KeyId });
  const sqs = await sandbox.client("sqs");
  const MessageBody = JSON.stringify({ s3Bucket: "example-locked", s3ObjectKey: [Key] });
  await sqs.call("SendMessage", { QueueUrl: lockedQueueUrl, MessageBody });
}

interface Wrong {
  readonly what: string;
  readonly type: string;
  readonly settings: () => Readonly<Record<string, unknown>>;
  readonly secrets?: () => Readonly<Record<string, string>>;
  readonly status: SourceStatus;
  readonly sentence: RegExp;
  readonly help: RegExp;
}

const wrongs: readonly Wrong[] = [
  {
    what: "a queue in the wrong region",
    type: "queue",
    settings: () => ({ queueUrl, region: "us-east-1" }),
    status: "failing",
    sentence: /queue .*files does not exist in us-east-1/,
    help: /region/,
  },
  {
    what: "a queue without the right to receive",
    type: "queue",
    settings: () => ({ queueUrl, region: sandboxRegion }),
    secrets: () => powerless,
    status: "failing",
    sentence: /sqs:ReceiveMessage/,
    help: /sqs:ReceiveMessage/,
  },
  {
    what: "a wrong external ID",
    type: "queue",
    settings: () => ({ queueUrl, region: sandboxRegion, roleArn, externalId: "wrong-one" }),
    status: "failing",
    sentence: /logs-reader cannot be taken on .*external ID/,
    help: /sts:ExternalId/,
  },
  {
    what: "an empty bucket",
    type: "bucket",
    settings: () => ({ bucket: "example-empty", region: sandboxRegion }),
    status: "waiting",
    sentence: /example-empty.* holds no log files/,
    help: /./,
  },
  {
    what: "a bucket that is not there",
    type: "bucket",
    settings: () => ({ bucket: "example-gone", region: sandboxRegion }),
    status: "failing",
    sentence: /example-gone .*there is no such bucket/,
    help: /./,
  },
  {
    what: "a log file whose key is disabled",
    type: "queue",
    settings: () => ({ queueUrl: lockedQueueUrl, region: sandboxRegion }),
    status: "failing",
    sentence: /KMS key/,
    help: /enable/i,
  },
];

for (const [index, { what, type, settings, secrets, status, sentence, help }] of wrongs.entries()) {
  test(`${what} is said in a sentence of its own, with what to do`, async (t) => {
    const name = `wrong-${index}`;
    const began = Date.now();
    const all = { ...settings(), endpoint: place.sandbox.sandbox.url };
    await place.collector.add({ name, type, settings: all, secrets: secrets?.() ?? keys });
    const source = await place.until(name, (view) => sentence.test(view.sentence));
    t.diagnostic(`${source.sentence} | ${source.help ?? ""} (${Date.now() - began} ms)`);
    assert.equal(source.status, status);
    assert.match(source.help ?? "", help);
    assert.ok(Date.now() - began < minuteMs);
    await place.collector.remove(name);
  });
}
