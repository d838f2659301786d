import type { InputOf } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { absentCodes } from "./answers.ts";
import { awsCommand } from "./cli-command.ts";
import { nameOf, type Place } from "./place.ts";
import { unlessAbsent } from "./setting-request.ts";

export type QueueAttributes = NonNullable<InputOf<"sqs", "SetQueueAttributes">["Attributes"]>;
type Name = NonNullable<InputOf<"sqs", "GetQueueAttributes">["AttributeNames"]>[number];

/** What reading and setting attributes takes: SQS speaks of queues by their URL, which is asked for first. */
export const attributeCalls = {
  get: [
    { action: "sqs:GetQueueUrl", on: "queue" },
    { action: "sqs:GetQueueAttributes", on: "queue" },
  ],
  put: [
    { action: "sqs:GetQueueUrl", on: "queue" },
    { action: "sqs:SetQueueAttributes", on: "queue" },
  ],
} as const;

/** Attributes of a queue, those that are set; nothing when there is no queue. */
export async function readAttributes(
  place: Place,
  aws: SetupAws,
  names: readonly Name[],
): Promise<Readonly<Record<string, string>> | undefined> {
  const reading = withQueue(place, aws, async (client, QueueUrl) => {
    const answer = await client.call("GetQueueAttributes", { QueueUrl, AttributeNames: [...names] });
    return answer.Attributes ?? {};
  });
  return unlessAbsent(absentCodes.queue, reading);
}

/** Sets attributes; an empty text takes one away. */
export async function setAttributes(place: Place, aws: SetupAws, attributes: QueueAttributes): Promise<void> {
  await withQueue(place, aws, (client, QueueUrl) =>
    client.call("SetQueueAttributes", { QueueUrl, Attributes: attributes }),
  );
}

/** Sets one attribute, or takes it away; a queue that is gone has none. */
export async function putAttribute(
  place: Place,
  aws: SetupAws,
  name: keyof QueueAttributes,
  value: string | undefined,
): Promise<void> {
  const done = setAttributes(place, aws, { [name]: value ?? "" });
  await (value === undefined ? unlessAbsent(absentCodes.queue, done) : done);
}

export function attributesCommand(place: Place, attributes: QueueAttributes): string {
  return awsCommand("sqs", "SetQueueAttributes", { QueueUrl: usualUrl(place), Attributes: attributes }, place.region);
}

/** Where AWS has the queue (SQS Developer Guide, "Queue and message identifiers"). */
export function usualUrl(place: Place): string {
  const [, partition, , region = "", accountId = ""] = place.arn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${accountId}/${nameOf(place)}`;
}

type Client = Awaited<ReturnType<typeof clientAt>>;

function clientAt(place: Place, aws: SetupAws) {
  return aws.client("sqs", place);
}

/** Does something with a queue, by the URL that SQS itself tells. */
export async function withQueue<Answer>(
  place: Place,
  aws: SetupAws,
  work: (client: Client, queueUrl: string) => Promise<Answer>,
): Promise<Answer> {
  const client = await clientAt(place, aws);
  const { QueueUrl = "" } = await client.call("GetQueueUrl", {
    QueueName: nameOf(place),
    QueueOwnerAWSAccountId: place.arn.split(":")[4],
  });
  return work(client, QueueUrl);
}
