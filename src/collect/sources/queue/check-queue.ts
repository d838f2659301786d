import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { readNotice } from "../../../cloudtrail/index.ts";
import { fetchObject } from "../../fetch/fetch-object.ts";
import { diagnose } from "../diagnose.ts";
import { good, type Finding } from "../findings.ts";
import { judgeKey } from "../judge-key.ts";
import type { CheckContext } from "../source.ts";
import type { QueueSettings } from "./queue-settings.ts";

/** Looks whether messages can be received and what they name can be read; what it received is there again at once. */
export async function* checkQueue(settings: QueueSettings, context: CheckContext): AsyncGenerator<Finding> {
  const { region } = settings;
  const { aws, signal } = context;
  const bodies = yield* receiveSome(settings, context);
  if (bodies === undefined) return;
  const notices = bodies.map(readNotice);
  const objects = notices.flatMap((notice) => (notice.kind === "objects" ? notice.objects : []));
  const object = objects.find(({ key }) => judgeKey(key).fate === "events");
  const strange = notices.filter(({ kind }) => kind === "unknown").length;
  if (strange > 0 && strange === notices.length) {
    yield {
      code: "queue-not-ours",
      isGood: false,
      sentence: "None of the messages that wait in the queue names a log file",
      help: "See that the trail's topic, or the bucket's notifications, lead to this queue",
    };
  }
  if (object === undefined) return;
  const what = `s3://${object.bucket}/${object.key}`;
  try {
    const { content } = await fetchObject(object, { aws, folder: tmpdir(), signal, regions: new Map() });
    if ("path" in content) await rm(content.path, { force: true });
    yield good(`The log file ${what} can be read`);
  } catch (error) {
    signal.throwIfAborted();
    yield diagnose(error, { what, region });
  }
}

type Queue = Pick<QueueSettings, "queueUrl" | "region" | "roleArn">;

/** Some messages, which stay in the queue; nothing when they may not be received, which is told. */
export async function* receiveSome(
  queue: Queue,
  { aws, signal, clock }: CheckContext,
): AsyncGenerator<Finding, readonly string[] | undefined> {
  const { queueUrl: QueueUrl, region, roleArn } = queue;
  try {
    const sqs = await aws.client("sqs");
    const { Messages = [] } = await sqs.call(
      "ReceiveMessage",
      { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 0 },
      { signal },
    );
    yield good("The queue is there, and its messages may be received");
    yield* countWaiting(QueueUrl, { aws, signal });
    return Messages.map(({ Body = "" }) => Body);
  } catch (error) {
    signal.throwIfAborted();
    yield diagnose(error, { what: `the queue ${QueueUrl}`, region, roleArn, now: clock.now() });
    return undefined;
  }
}

async function* countWaiting(
  QueueUrl: string,
  { aws, signal }: Pick<CheckContext, "aws" | "signal">,
): AsyncGenerator<Finding> {
  try {
    const sqs = await aws.client("sqs");
    const AttributeNames = ["ApproximateNumberOfMessages" as const];
    const { Attributes = {} } = await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames }, { signal });
    const waiting = Number(Attributes.ApproximateNumberOfMessages ?? 0);
    yield good(waiting === 0 ? "No messages wait in the queue now" : `About ${waiting} messages wait in the queue`);
  } catch {
    // The right is one that it can do without.
    signal.throwIfAborted();
  }
}
