import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemClock } from "../../base/clock.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { AccessSettings } from "../access/access-settings.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import { makeRole, makeUser } from "../access/people.fixture.ts";
import { diagnose } from "./diagnose.ts";
import type { FindingCode } from "./findings.ts";
import type { SourceAws } from "./source.ts";

const user = `arn:aws:iam::${sandboxAccount}:user/collector`;
let place: TestSandbox;
let secrets: Record<string, string>;
/** Of who may receive messages anywhere. */
let readerSecrets: Record<string, string>;
let [queueUrl, roleArn] = ["", ""];

before(async () => {
  place = await openSandbox();
  const keys = await makeUser(place, "collector", [{ action: "s3:ListBucket", resource: "*" }]);
  const readerKeys = await makeUser(place, "reader", [{ action: "sqs:*", resource: "*" }]);
  readerSecrets = { accessKeyId: readerKeys.accessKeyId, secretAccessKey: readerKeys.secretAccessKey };
  secrets = { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey };
  const sqs = await place.client("sqs");
  queueUrl = (await sqs.call("CreateQueue", { QueueName: "files" })).QueueUrl ?? "";
  const s3 = await place.client("s3");
  const CreateBucketConfiguration = { LocationConstraint: sandboxRegion as "eu-central-1" };
  await s3.call("CreateBucket", { Bucket: "example-logs", CreateBucketConfiguration });
  await s3.call("PutObject", { Bucket: "example-logs", Key: "1.json", Body: "{}" });
  roleArn = await makeRole(place, "reader", {
    trusts: user,
    externalId: "example-1",
    may: [{ action: "s3:ListBucket", resource: "*" }],
  });
});
after(() => place[Symbol.asyncDispose]());

const receive = async (aws: SourceAws) => (await aws.client("sqs")).call("ReceiveMessage", { QueueUrl: queueUrl });
const list = async (aws: SourceAws) => (await aws.client("s3")).call("ListObjectsV2", { Bucket: "example-logs" });
const get = (aws: SourceAws) => aws.objects().get({ bucket: "example-logs", key: "1.json" }, { heldBytesMax: 100 });

interface Case {
  readonly what: string;
  readonly settings?: () => Partial<AccessSettings>;
  readonly secrets?: () => Record<string, string>;
  readonly call: (aws: SourceAws) => Promise<unknown>;
  readonly code: FindingCode;
  readonly sentence: RegExp;
}

const cases: readonly Case[] = [
  {
    what: "a user who may not receive messages",
    call: receive,
    code: "right-missing",
    sentence: /user\/collector lacks the right sqs:ReceiveMessage$/,
  },
  {
    what: "a user who may not get objects",
    call: get,
    code: "right-missing",
    sentence: /user\/collector lacks the right s3:GetObject$/,
  },
  {
    what: "a wrong external ID",
    settings: () => ({ roleArn, externalId: "example-2" }),
    call: get,
    code: "role-refused",
    sentence: /^The role arn:aws:iam::\d+:role\/reader cannot be taken on by .*the external ID is another$/,
  },
  {
    what: "a wrong external ID, by the SDK's client",
    settings: () => ({ roleArn, externalId: "example-2" }),
    call: receive,
    code: "role-refused",
    sentence: /the external ID is another$/,
  },
  {
    what: "a queue asked for in the wrong region",
    settings: () => ({ region: "us-east-1" }),
    secrets: () => readerSecrets,
    call: receive,
    code: "queue-missing",
    sentence: /does not exist in us-east-1$/,
  },
  {
    what: "a bucket asked for in the wrong region",
    settings: () => ({ region: "us-east-1" }),
    call: get,
    code: "wrong-region",
    sentence: /is in eu-central-1, not in us-east-1$/,
  },
  {
    what: "a key that AWS does not know",
    secrets: () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" }),
    call: list,
    code: "credentials-invalid",
    sentence: /^AWS does not know the credentials$/,
  },
  {
    what: "nobody at the endpoint",
    settings: () => ({ endpoint: "http://127.0.0.1:1" }),
    call: receive,
    code: "unreachable",
    sentence: /cannot be reached at 127\.0\.0\.1 \(ECONNREFUSED\)$/,
  },
];

for (const { what, settings, secrets: own, call, code, sentence } of cases)
  test(`${what} is told as it is`, async () => {
    const all = { region: sandboxRegion, endpoint: place.sandbox.url, ...settings?.() };
    await using aws = openSourceAws(all, own?.() ?? secrets, {
      clock: systemClock,
      customUserAgent: "trailwarden/test",
    });
    const error: unknown = await call(aws).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error);
    const finding = diagnose(error, { what: "what is read", region: all.region });
    assert.equal(finding.code, code, finding.cause);
    assert.match(finding.sentence, sentence);
  });
