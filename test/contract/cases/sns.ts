import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bodiesOf, type CaseQueue, queueOf } from "./queues.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `SNS API Reference, ${operation}`;

async function topicOf(aws: Aws, Attributes: Record<string, string> = {}): Promise<string> {
  const { TopicArn = "" } = await aws.call("sns", "CreateTopic", { Name: aws.name("topic"), Attributes });
  return TopicArn;
}

/** A queue that a topic may send to (SNS Developer Guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic"). */
async function openQueue(aws: Aws, TopicArn: string, kind = "queue"): Promise<CaseQueue> {
  const queue = await queueOf(aws, {}, kind);
  const Policy = policy([
    {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.QueueArn,
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
    },
  ]);
  await aws.call("sqs", "SetQueueAttributes", { QueueUrl: queue.QueueUrl, Attributes: { Policy } });
  return queue;
}

export const snsCases = defineCases([
  {
    name: "a topic is made once, and again is the same",
    source: api("CreateTopic"),
    run: async (aws) => {
      const first = await topicOf(aws);
      return [
        first === (await topicOf(aws)),
        first === `arn:aws:sns:${aws.region}:${aws.accountId}:${aws.name("topic")}`,
      ];
    },
    expected: [true, true],
  },
  {
    name: "a topic's name with a space is refused",
    source: api("CreateTopic, Name"),
    run: (aws) => outcome(aws.call("sns", "CreateTopic", { Name: "a b" })),
    expected: "InvalidParameter 400",
  },
  {
    name: "a new topic lets its own account in, and nobody else",
    source: 'SNS Developer Guide, "Example cases for Amazon SNS access control"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const { Attributes = {} } = await aws.call("sns", "GetTopicAttributes", { TopicArn });
      const { Statement } = JSON.parse(Attributes["Policy"] ?? "{}") as {
        Statement?: { Sid: string; Principal: unknown; Condition: unknown }[];
      };
      const { credentials } = aws.other;
      return {
        owner: Attributes["Owner"],
        statement: Statement?.map(({ Sid, Principal, Condition }) => ({ Sid, Principal, Condition })),
        other: await outcome(aws.call("sns", "Publish", { TopicArn, Message: "a" }, { credentials })),
      };
    },
    expected: {
      owner: "123456789012",
      statement: [
        {
          Sid: "__default_statement_ID",
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
        },
      ],
      other: "AuthorizationError 403",
    },
  },
  {
    name: "a topic that is not there is refused",
    source: api("Publish, NotFound"),
    run: async (aws) => {
      const TopicArn = `arn:aws:sns:${aws.region}:${aws.accountId}:${aws.name("none")}`;
      return [
        await outcome(aws.call("sns", "Publish", { TopicArn, Message: "a" })),
        await outcome(aws.call("sns", "GetTopicAttributes", { TopicArn })),
        await outcome(
          aws.call("sns", "Subscribe", {
            TopicArn,
            Protocol: "sqs",
            Endpoint: `arn:aws:sqs:${aws.region}:${aws.accountId}:q`,
          }),
        ),
        await outcome(aws.call("sns", "DeleteTopic", { TopicArn })),
      ];
    },
    expected: ["NotFound 404", "NotFound 404", "NotFound 404", "taken"],
  },
  {
    name: "a topic's policy that is none is refused",
    source: api("SetTopicAttributes, InvalidParameter"),
    run: async (aws) =>
      await outcome(
        aws.call("sns", "SetTopicAttributes", {
          TopicArn: await topicOf(aws),
          AttributeName: "Policy",
          AttributeValue: "{bad",
        }),
      ),
    expected: "InvalidParameter 400",
  },
  {
    name: "a message comes to a queue in its envelope",
    source: 'SNS Developer Guide, "Amazon SNS message and JSON formats"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const { QueueUrl, QueueArn } = await openQueue(aws, TopicArn);
      await aws.call("sns", "Subscribe", { TopicArn, Protocol: "sqs", Endpoint: QueueArn });
      const { MessageId } = await aws.call("sns", "Publish", { TopicArn, Message: '{"s3Bucket":"b"}', Subject: "s" });
      const [body = "{}"] = await bodiesOf(aws, QueueUrl, 1);
      const told = JSON.parse(body) as Record<string, string>;
      return {
        members: Object.keys(told).toSorted(),
        type: told["Type"],
        same: told["MessageId"] === MessageId,
        topic: told["TopicArn"] === TopicArn,
        message: told["Message"],
        subject: told["Subject"],
        version: told["SignatureVersion"],
      };
    },
    expected: {
      members: [
        "Message",
        "MessageId",
        "Signature",
        "SignatureVersion",
        "SigningCertURL",
        "Subject",
        "Timestamp",
        "TopicArn",
        "Type",
        "UnsubscribeURL",
      ],
      type: "Notification",
      same: true,
      topic: true,
      message: '{"s3Bucket":"b"}',
      subject: "s",
      version: "1",
    },
  },
  {
    name: "a message comes raw where that is asked for",
    source: 'SNS Developer Guide, "Amazon SNS raw message delivery"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const { QueueUrl, QueueArn } = await openQueue(aws, TopicArn);
      await aws.call("sns", "Subscribe", {
        TopicArn,
        Protocol: "sqs",
        Endpoint: QueueArn,
        Attributes: { RawMessageDelivery: "true" },
      });
      await aws.call("sns", "Publish", { TopicArn, Message: "plain" });
      return await bodiesOf(aws, QueueUrl, 1);
    },
    expected: ["plain"],
  },
  {
    name: "a queue that does not let the topic in gets nothing, and others do",
    source: 'SNS Developer Guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const open = await openQueue(aws, TopicArn, "open");
      const closed = await queueOf(aws, {}, "closed");
      for (const { QueueArn: Endpoint } of [closed, open]) {
        await aws.call("sns", "Subscribe", {
          TopicArn,
          Protocol: "sqs",
          Endpoint,
          Attributes: { RawMessageDelivery: "true" },
        });
      }
      await aws.call("sns", "Publish", { TopicArn, Message: "a" });
      const told = await bodiesOf(aws, open.QueueUrl, 1);
      const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", { QueueUrl: closed.QueueUrl });
      return [told, Messages.length];
    },
    expected: [["a"], 0],
  },
  {
    name: "a queue that is gone does not keep a message from the others",
    source: 'SNS Developer Guide, "Amazon SNS message delivery retries"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const open = await openQueue(aws, TopicArn, "open");
      const gone = await openQueue(aws, TopicArn, "gone");
      for (const { QueueArn: Endpoint } of [gone, open]) {
        await aws.call("sns", "Subscribe", {
          TopicArn,
          Protocol: "sqs",
          Endpoint,
          Attributes: { RawMessageDelivery: "true" },
        });
      }
      await aws.call("sqs", "DeleteQueue", { QueueUrl: gone.QueueUrl });
      return [
        await outcome(aws.call("sns", "Publish", { TopicArn, Message: "a" })),
        await bodiesOf(aws, open.QueueUrl, 1),
      ];
    },
    expected: ["taken", ["a"]],
  },
  {
    name: "a filter keeps from a queue what it did not ask for",
    source: 'SNS Developer Guide, "Amazon SNS subscription filter policies"',
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const { QueueUrl, QueueArn } = await openQueue(aws, TopicArn);
      const FilterPolicy = JSON.stringify({ kind: ["wanted"] });
      await aws.call("sns", "Subscribe", {
        TopicArn,
        Protocol: "sqs",
        Endpoint: QueueArn,
        Attributes: { RawMessageDelivery: "true", FilterPolicy },
      });
      for (const kind of ["other", "wanted"]) {
        const MessageAttributes = { kind: { DataType: "String", StringValue: kind } };
        await aws.call("sns", "Publish", { TopicArn, Message: kind, MessageAttributes });
      }
      return await bodiesOf(aws, QueueUrl, 1);
    },
    expected: ["wanted"],
  },
  {
    name: "a subscription is made once, listed, and ended",
    source: api("Subscribe, ListSubscriptionsByTopic and Unsubscribe"),
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      const { QueueArn } = await openQueue(aws, TopicArn);
      const input = { TopicArn, Protocol: "sqs", Endpoint: QueueArn };
      const { SubscriptionArn = "" } = await aws.call("sns", "Subscribe", input);
      const again = await aws.call("sns", "Subscribe", input);
      const { Subscriptions = [] } = await aws.call("sns", "ListSubscriptionsByTopic", { TopicArn });
      const { Attributes = {} } = await aws.call("sns", "GetSubscriptionAttributes", { SubscriptionArn });
      await aws.call("sns", "Unsubscribe", { SubscriptionArn });
      return {
        same: again.SubscriptionArn === SubscriptionArn,
        listed: Subscriptions.map(({ Protocol, Owner, Endpoint }) => [Protocol, Owner, Endpoint === QueueArn]),
        raw: Attributes["RawMessageDelivery"],
        pending: Attributes["PendingConfirmation"],
        gone: await outcome(aws.call("sns", "GetSubscriptionAttributes", { SubscriptionArn })),
      };
    },
    expected: {
      same: true,
      listed: [["sqs", "123456789012", true]],
      raw: "false",
      pending: "false",
      gone: "NotFound 404",
    },
  },
  {
    name: "a message that is empty or too big is refused",
    source: api("Publish, Message"),
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      return [
        await outcome(aws.call("sns", "Publish", { TopicArn, Message: "" })),
        await outcome(aws.call("sns", "Publish", { TopicArn, Message: "m".repeat(262_145) })),
        await outcome(aws.call("sns", "Publish", { TopicArn, Message: "m", Subject: "s".repeat(101) })),
      ];
    },
    expected: ["InvalidParameter 400", "InvalidParameter 400", "InvalidParameter 400"],
  },
  {
    name: "a permission is added to a topic's policy, and another account publishes",
    source: api("AddPermission"),
    run: async (aws) => {
      const TopicArn = await topicOf(aws);
      await aws.call("sns", "AddPermission", {
        TopicArn,
        Label: "other",
        AWSAccountId: [aws.other.accountId],
        ActionName: ["Publish"],
      });
      const publish = () =>
        outcome(aws.call("sns", "Publish", { TopicArn, Message: "a" }, { credentials: aws.other.credentials }));
      const allowed = await publish();
      await aws.call("sns", "RemovePermission", { TopicArn, Label: "other" });
      return [allowed, await publish()];
    },
    expected: ["taken", "AuthorizationError 403"],
  },
]);
