import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

import { trailBucketPolicy } from "../../bench/harness/recorded-calls.ts";
import { type CloudTrailRecord, type Digest, readDigest } from "../../src/cloudtrail/index.ts";
import { findFault } from "../../src/sandbox/faults/board.ts";
import {
  openSandbox,
  sandboxAccount as accountId,
  sandboxRegion as region,
} from "../../src/sandbox/sandbox.fixture.ts";
import { type OutputOf } from "../../src/aws/index.ts";

export { accountId, region };
export const bucket = "example-fault-logs";
export const topic = `arn:aws:sns:${region}:${accountId}:trail-notices`;
export const queue = `arn:aws:sqs:${region}:${accountId}:trail-queue`;

/** A trail with bucket, topic, queue, key and digests, on which faults are put. */
export interface FaultRange extends AsyncDisposable {
  /** The ARN of the key that log files are sealed with. */
  readonly key: string;
  readonly troubles: readonly unknown[];
  advance(minutes: number): void;
  /** Makes some calls in a region, which become log files of their own with the next delivery; answers request ids. */
  call(count: number, inRegion?: string): Promise<readonly string[]>;
  /** Calls that may be refused: the codes that they are answered with. */
  codes(count: number, operation: "ListUsers" | "ListRoles"): Promise<readonly string[]>;
  /** Writes and announces everything that there is by now. */
  deliver(): Promise<void>;
  /** Moves on to the next hour's digest, and delivers it. */
  seal(): Promise<void>;
  /** Keys that came out of the queue since it was asked last, in their order. */
  notices(): Promise<readonly string[]>;
  /** What lies in the bucket of log files, as it came. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  digests(): Promise<readonly Digest[]>;
  status(): Promise<OutputOf<"cloudtrail", "GetTrailStatus">>;
  put(
    name: string,
    parameters: object,
  ): Promise<{ readonly done: number; readonly failed: number; clear(): Promise<void> }>;
}

export async function openFaultRange(): Promise<FaultRange> {
  // Long polls end soon.
  await using stack = new AsyncDisposableStack();
  const opened = stack.use(await openSandbox({ seed: "faults", speed: 20 }));
  const { sandbox } = opened;
  const [s3, sns, sqs, kms, cloudtrail, iam] = await Promise.all([
    opened.client("s3"),
    opened.client("sns"),
    opened.client("sqs"),
    opened.client("kms"),
    opened.client("cloudtrail"),
    opened.client("iam"),
  ]);
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  await s3.call("CreateBucket", { Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } });
  await s3.call("PutBucketPolicy", { Bucket: bucket, Policy: trailBucketPolicy(bucket) });
  await sns.call("CreateTopic", { Name: "trail-notices" });
  await sns.call("SetTopicAttributes", {
    TopicArn: topic,
    AttributeName: "Policy",
    AttributeValue: policy({ Effect: "Allow", Principal: cloudTrail, Action: "SNS:Publish", Resource: topic }),
  });
  const fromTopic = { Service: "sns.amazonaws.com" };
  const { QueueUrl } = await sqs.call("CreateQueue", {
    QueueName: "trail-queue",
    Attributes: {
      // The clock runs fast: what was received is to stay hidden until it is deleted, on a slow machine too.
      VisibilityTimeout: "43200",
      Policy: policy({ Effect: "Allow", Principal: fromTopic, Action: "sqs:SendMessage", Resource: queue }),
    },
  });
  await sns.call("Subscribe", { TopicArn: topic, Protocol: "sqs", Endpoint: queue });
  const root = { AWS: `arn:aws:iam::${accountId}:root` };
  const made = await kms.call("CreateKey", {
    Policy: policy(
      { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" },
      { Effect: "Allow", Principal: cloudTrail, Action: ["kms:GenerateDataKey*", "kms:DescribeKey"], Resource: "*" },
    ),
  });
  const key = made.KeyMetadata?.Arn ?? "";
  await cloudtrail.call("CreateTrail", {
    Name: "watched",
    S3BucketName: bucket,
    SnsTopicName: topic,
    KmsKeyId: key,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
  });
  await cloudtrail.call("StartLogging", { Name: "watched" });

  async function objects(prefix: RegExp): Promise<ReadonlyMap<string, Buffer>> {
    const found = new Map<string, Buffer>();
    const page = await s3.call("ListObjectsV2", { Bucket: bucket });
    assert.notEqual(page.IsTruncated, true);
    for (const { Key = "" } of page.Contents ?? []) {
      if (!prefix.test(Key)) continue;
      const { Body } = await s3.call("GetObject", { Bucket: bucket, Key });
      found.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
    }
    return found;
  }

  const range: Omit<FaultRange, typeof Symbol.asyncDispose> = {
    key,
    troubles: opened.troubles,
    advance: (minutes) => sandbox.clock.advance(minutes * 60_000),
    async call(count, inRegion = region) {
      const sts = await opened.client("sts", { region: inRegion });
      const answers = [];
      for (let left = count; left > 0; left -= 1) answers.push(await sts.call("GetCallerIdentity", {}));
      return answers.map((answer) => (answer as { $metadata?: { requestId?: string } }).$metadata?.requestId ?? "");
    },
    async codes(count, operation) {
      const codes: string[] = [];
      for (let left = count; left > 0; left -= 1) {
        codes.push(
          await iam.call(operation, {}).then(
            () => "",
            (error: unknown) => (error as { readonly code?: string; readonly name?: string }).code ?? "",
          ),
        );
      }
      return codes;
    },
    deliver: () => sandbox.delivery.deliverNow(),
    async seal() {
      sandbox.clock.advance(60 * 60_000);
      await sandbox.delivery.deliverNow();
    },
    async notices() {
      const keys: string[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.call("ReceiveMessage", {
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 5,
        });
        if (Messages.length === 0) return keys;
        for (const { Body = "{}", ReceiptHandle } of Messages) {
          const { Message } = JSON.parse(Body) as { readonly Message: string };
          // Setting a topic announces itself in plain words.
          if (Message.startsWith("{")) {
            keys.push(...(JSON.parse(Message) as { readonly s3ObjectKey: readonly string[] }).s3ObjectKey);
          }
          await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle });
        }
      }
    },
    files: () => objects(/\/CloudTrail\//),
    async digests() {
      return [...(await objects(/\/CloudTrail-Digest\//)).values()].flatMap((body) => {
        const read = readDigest(gunzipSync(body));
        return read.ok ? [read.digest] : [];
      });
    },
    status: () => cloudtrail.call("GetTrailStatus", { Name: "watched" }),
    async put(name, parameters) {
      const fault = findFault(name);
      assert.ok(fault, name);
      const active = await sandbox.faults.apply(fault, parameters);
      return {
        get done() {
          return active.done;
        },
        get failed() {
          return active.failed;
        },
        async clear() {
          assert.equal(await sandbox.faults.clear(active.id), true);
          assert.deepEqual(sandbox.faults.active, []);
        },
      };
    },
  };
  await range.deliver();
  await range.notices();
  const kept = stack.move();
  return { ...range, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() };
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Records of a log file as it came. */
export function recordsOf(file: Uint8Array): readonly CloudTrailRecord[] {
  return (JSON.parse(gunzipSync(file).toString("utf8")) as { readonly Records: readonly CloudTrailRecord[] }).Records;
}

/** Which of the request ids are in log files that can be read, and how often. */
export function countsIn(files: ReadonlyMap<string, Buffer>, ids: readonly string[]): readonly number[] {
  const all = [...files.values()].flatMap((file) => recordsOf(file).map(({ requestID }) => requestID));
  return ids.map((id) => all.filter((one) => one === id).length);
}

export function keyHolding(files: ReadonlyMap<string, Buffer>, id: string | undefined): string {
  for (const [key, file] of files) if (recordsOf(file).some(({ requestID }) => requestID === id)) return key;
  return "";
}

/** Whether a digest's word about a log file is true of the bytes that came. */
export function isAsVouched(file: Uint8Array, hashValue: string): boolean {
  try {
    return createHash("sha256").update(gunzipSync(file)).digest("hex") === hashValue;
  } catch {
    return false;
  }
}
