import { z } from "zod";
import { accessFields } from "../../../collect/index.ts";
import { bodyAsText } from "../../say/as-text.ts";
import { cut } from "../../say/plain.ts";
import type { Message } from "../../message.ts";
import { defineChannel } from "../channel.ts";
import { failed, shortened } from "../post.ts";
import { commonSettings } from "../settings.ts";

const topicPattern = /^arn:aws(-cn|-us-gov|-eusc)?:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}(\.fifo)?$/;

export const snsChannel = defineChannel({
  type: "sns",
  summary: "A topic of Amazon SNS, with attributes that subscriptions can choose by",
  settings: z.strictObject({
    ...commonSettings,
    topicArn: z
      .string()
      .regex(topicPattern, "A topic's ARN looks like arn:aws:sns:eu-central-1:111122223333:name")
      .describe("The topic, such as arn:aws:sns:eu-central-1:111122223333:alarms"),
    roleArn: accessFields.roleArn
      .optional()
      .describe("Role to take on; without one, the credentials of this machine are used"),
    externalId: accessFields.externalId.optional().describe("External ID that the role's trust asks for"),
    endpoint: z.url().optional().describe("Where AWS is, when not at AWS: a sandbox or an emulator"),
  }),
  secrets: [
    {
      name: "accessKeyId",
      description: "Access key, where this machine has no credentials of its own",
      isNeeded: false,
    },
    { name: "secretAccessKey", description: "Secret of that access key", isNeeded: false },
    { name: "sessionToken", description: "Session token of temporary credentials", isNeeded: false },
  ],
  resolves: false,
  async send(message, { settings, secrets, signal, openAws }) {
    const { topicArn, ...access } = settings;
    const region = topicPattern.exec(topicArn)?.[2] ?? "";
    await using aws = openAws({ ...access, region }, secrets);
    try {
      const client = await aws.client("sns");
      const { MessageId = "" } = await client.call("Publish", publishInput(message, topicArn), { signal });
      return { isDelivered: true, answer: shortened(`Message ${MessageId}`) };
    } catch (error) {
      return failed(error, signal);
    }
  },
});

const subjectMax = 100;
/** 256 KB with attributes (SNS API Reference, Publish). */
const bodyMax = 60_000;

/** What is published; a FIFO topic keeps a thread in its order, and leaves out what it has got already. */
export function publishInput(message: Message, topicArn: string) {
  const { key, thread, severity, state, notices } = message;
  const attribute = (value: string) => ({ DataType: "String", StringValue: value });
  const accounts = [...new Set(notices.flatMap(({ accountIds }) => accountIds))].slice(0, 50);
  const kinds = [...new Set(notices.map(({ kind }) => kind))];
  return {
    TopicArn: topicArn,
    Subject: subjectOf(message.subject),
    Message: cut(`${message.subject}\n\n${bodyAsText(message)}`, bodyMax),
    MessageAttributes: {
      severity: attribute(severity),
      state: attribute(state),
      thread: attribute(cut(thread, 200)),
      kinds: { DataType: "String.Array", StringValue: JSON.stringify(kinds) },
      ...(accounts.length === 0
        ? {}
        : { accounts: { DataType: "String.Array", StringValue: JSON.stringify(accounts) } }),
    },
    ...(topicArn.endsWith(".fifo") ? { MessageGroupId: fifoId(thread), MessageDeduplicationId: fifoId(key) } : {}),
  };
}

/** ASCII that begins with a letter, a digit or a sign, at most 100 characters (SNS API Reference, Publish). */
function subjectOf(subject: string): string {
  const ascii = subject.normalize("NFKD").replaceAll(/[^\u0020-\u007e]/g, (one) => (/\p{M}/u.test(one) ? "" : "?"));
  return ascii.length <= subjectMax ? ascii : `${ascii.slice(0, subjectMax - 3).trimEnd()}...`;
}

/** Letters, digits and punctuation, at most 128. */
function fifoId(text: string): string {
  return text.replaceAll(/[^\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]/g, "-").slice(0, 128);
}
