import { absentCodes, readDocument, takenCodes, unlessTaken } from "./answers.ts";
import { awsCommand } from "./cli-command.ts";
import { nameOf, type Place } from "./place.ts";
import {
  attributeCalls,
  attributesCommand,
  putAttribute,
  type QueueAttributes,
  readAttributes,
  setAttributes,
  usualUrl,
  withQueue,
} from "./queue-attributes.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { type Change, defineSetting, type Setting } from "./setting.ts";
import type { QueueValue, RedriveValue } from "./values.ts";

const queueCalls: Setting["calls"] = {
  get: attributeCalls.get,
  put: [...attributeCalls.put, { action: "sqs:CreateQueue", on: "queue" }, { action: "sqs:DeleteQueue", on: "queue" }],
};

/** The queue that says which log files are new. */
export const queueSetting = defineSetting<"queue">({
  name: "queue",
  title: (place) => `the queue ${nameOf(place)}`,
  ...queueParts(),
});

/** The queue for messages that could not be worked off. */
export const deadLetterQueueSetting = defineSetting<"dead-letter-queue">({
  name: "dead-letter-queue",
  title: (place) => `the dead-letter queue ${nameOf(place)}`,
  ...queueParts(),
});

/** Who may send into the queue. */
export const queuePolicySetting = defineSetting({
  name: "queue-policy",
  title: (place) => `the policy of the queue ${nameOf(place)}`,
  calls: attributeCalls,
  async get(place, aws) {
    const policy = (await readAttributes(place, aws, ["Policy"]))?.["Policy"] ?? "";
    return policy === "" ? undefined : readDocument({ service: "sqs", operation: "GetQueueAttributes" }, policy);
  },
  put: (place, { after }, aws) => putAttribute(place, aws, "Policy", after && JSON.stringify(after)),
  commands: (place, { after }) => [
    attributesCommand(place, { Policy: after === undefined ? "" : JSON.stringify(after) }),
  ],
});

/** Where messages go that were received too often. */
export const queueRedriveSetting = defineSetting({
  name: "queue-redrive",
  title: (place) => `the redrive policy of the queue ${nameOf(place)}`,
  calls: attributeCalls,
  async get(place, aws) {
    const text = (await readAttributes(place, aws, ["RedrivePolicy"]))?.["RedrivePolicy"] ?? "";
    if (text === "") return undefined;
    const policy = readDocument({ service: "sqs", operation: "GetQueueAttributes" }, text);
    return { deadLetterArn: String(policy["deadLetterTargetArn"]), receivesMax: Number(policy["maxReceiveCount"]) };
  },
  put: (place, { after }, aws) => putAttribute(place, aws, "RedrivePolicy", after && printRedrive(after)),
  commands: (place, { after }) => [
    attributesCommand(place, { RedrivePolicy: after === undefined ? "" : printRedrive(after) }),
  ],
});

function printRedrive({ deadLetterArn, receivesMax }: RedriveValue): string {
  return JSON.stringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount: receivesMax });
}

type QueueName = "queue" | "dead-letter-queue";

/** What both kinds of queue have in common: all but their names. */
function queueParts(): Pick<Setting<QueueName>, "calls" | "get" | "put" | "commands"> {
  return {
    calls: queueCalls,
    async get(place, aws) {
      const attributes = await readAttributes(place, aws, [
        "MessageRetentionPeriod",
        "VisibilityTimeout",
        "SqsManagedSseEnabled",
        "KmsMasterKeyId",
      ]);
      return attributes && queueValueOf(attributes);
    },
    async put(place, { before, after }, aws) {
      if (after === undefined) {
        const deletion = withQueue(place, aws, (client, QueueUrl) => client.call("DeleteQueue", { QueueUrl }));
        await unlessAbsent(absentCodes.queue, deletion);
        return;
      }
      if (before === undefined) {
        if (await unlessTaken(takenCodes.queue, creation(place, after).send(aws))) return;
      }
      const update = updateOf({ before, after });
      if (Object.keys(update).length > 0) await setAttributes(place, aws, update);
    },
    commands: queueCommands,
  };
}

function queueCommands(place: Place, { before, after }: Change<QueueName>): readonly string[] {
  if (after === undefined) return [awsCommand("sqs", "DeleteQueue", { QueueUrl: usualUrl(place) }, place.region)];
  if (before === undefined) return [creation(place, after).command()];
  const update = updateOf({ before, after });
  return Object.keys(update).length === 0 ? [] : [attributesCommand(place, update)];
}

function creation(place: Place, after: QueueValue): SettingRequest {
  return settingRequest(place, "sqs", "CreateQueue", { QueueName: nameOf(place), Attributes: creationOf(after) });
}

function queueValueOf(attributes: Readonly<Record<string, string>>): QueueValue {
  return {
    retentionSeconds: Number(attributes["MessageRetentionPeriod"]),
    visibilitySeconds: Number(attributes["VisibilityTimeout"]),
    isEncrypted: attributes["SqsManagedSseEnabled"] === "true",
    keyId: attributes["KmsMasterKeyId"] ?? "",
  };
}

/** SQS takes one kind of encryption at a time: its own, or a key's. */
function creationOf(value: QueueValue): QueueAttributes {
  return {
    MessageRetentionPeriod: String(value.retentionSeconds),
    VisibilityTimeout: String(value.visibilitySeconds),
    ...(value.keyId === "" ? { SqsManagedSseEnabled: String(value.isEncrypted) } : { KmsMasterKeyId: value.keyId }),
  };
}

/** What differs; all of it for a queue that was not expected to be there. */
function updateOf({ before, after }: { readonly before: QueueValue | undefined; readonly after: QueueValue }) {
  const is = creationOf(after);
  const was = before === undefined ? {} : creationOf(before);
  const changed = Object.entries(is).filter(([name, value]) => was[name as keyof QueueAttributes] !== value);
  const losesKey = after.keyId === "" && before?.keyId !== "";
  return { ...(losesKey ? { KmsMasterKeyId: "" } : {}), ...(Object.fromEntries(changed) as QueueAttributes) };
}
