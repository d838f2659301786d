import { gzipSync } from "node:zlib";
import { clientFor, type AwsClient } from "../../src/aws/index.ts";
import { chunksOf } from "../../src/base/chunks.ts";
import { forEachAtOnce } from "../../src/base/for-each-at-once.ts";
import { openState } from "../../src/state/index.ts";
import type { CallTarget } from "./prepare-calls.ts";

/** A bucket of small log files and a queue that tells of them, in the made-up AWS. */
export interface SmallObjects extends AsyncDisposable {
  readonly bucket: string;
  readonly queueUrl: string;
  put(number: number): Promise<void>;
  /** Tells of objects, so many in a message. */
  tellOf(numbers: readonly number[], inMessage: number): Promise<void>;
  keyOf(number: number): string;
}

const account = "111122223333";
const region = "eu-central-1";
const bucket = "bench-small-objects";
/** As in the goal. */
export const recordsInObject = 8;

export async function makeSmallObjects(target: CallTarget): Promise<SmallObjects> {
  const options = { endpoint: target.url, region: target.region, credentials: target.credentials };
  const s3 = await clientFor("s3", options);
  const sqs = await clientFor("sqs", options);
  await s3.call("CreateBucket", { Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } });
  const { QueueUrl: queueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "small-objects" });
  return {
    bucket,
    queueUrl,
    keyOf,
    async put(number) {
      await s3.call("PutObject", { Bucket: bucket, Key: keyOf(number), Body: logFileOf(number) });
    },
    async tellOf(numbers, inMessage) {
      const bodies = [...chunksOf(numbers, inMessage)].map((some) =>
        JSON.stringify({ s3Bucket: bucket, s3ObjectKey: some.map(keyOf) }),
      );
      await forEachAtOnce(chunksOf(bodies, 10), 8, (some) => send(sqs, queueUrl, some));
    },
    async [Symbol.asyncDispose]() {
      s3.close();
      sqs.close();
    },
  };
}

/** Adds the queue as a source to a data folder that no server has open. */
export async function addQueueSource(directory: string, queueUrl: string, target: CallTarget): Promise<void> {
  await using state = await openState({ directory });
  const settings = { queueUrl, region, endpoint: target.url, auditEverySeconds: 0 };
  const { accessKeyId, secretAccessKey } = target.credentials;
  await state.sources.add({ name: "bench", type: "queue", settings, isPaused: false, createdAt: 0, changedAt: 0 });
  await state.sources.setSecrets("bench", { accessKeyId, secretAccessKey });
}

async function send(sqs: AwsClient<"sqs">, QueueUrl: string, bodies: readonly string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  await sqs.call("SendMessageBatch", { QueueUrl, Entries });
}

function keyOf(number: number): string {
  const date = new Date().toISOString().slice(0, 10);
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll("-", "/")}`;
  const unique = number.toString(36).padStart(16, "0");
  return `${folder}/${account}_CloudTrail_${region}_${date.replaceAll("-", "")}T0000Z_${unique}.json.gz`;
}

function logFileOf(number: number): Buffer {
  const records = Array.from({ length: recordsInObject }, (_, index) => recordOf(number * recordsInObject + index));
  return gzipSync(JSON.stringify({ Records: records }));
}

function recordOf(number: number): object {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLE",
      arn: `arn:aws:iam::${account}:user/user-${number % 50}`,
      accountId: account,
      userName: `user-${number % 50}`,
    },
    eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
    eventSource: "s3.amazonaws.com",
    eventName: "GetObject",
    awsRegion: region,
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2.30.0",
    requestParameters: { bucketName: "reports", key: `${number}.csv` },
    responseElements: null,
    requestID: `BENCH${number}`,
    eventID: `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`,
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: false,
    recipientAccountId: account,
    eventCategory: "Data",
  };
}
