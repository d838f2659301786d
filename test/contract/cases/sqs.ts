import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bodiesOf, queueOf } from "./queues.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `SQS API Reference, ${operation}`;

const attributeRefused = (why: string, source: string, Attributes: Record<string, string>, expected: string) => ({
  name: `an attribute ${why} is refused`,
  source,
  run: async (aws: Aws) => {
    const { QueueUrl } = await queueOf(aws);
    return await outcome(aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes }));
  },
  expected,
});

export const sqsCases = defineCases([
  {
    name: "a queue is made once, again with the same attributes, and not with others",
    source: api("CreateQueue, QueueNameExists"),
    run: async (aws) => {
      const { QueueUrl, QueueName } = await queueOf(aws, { VisibilityTimeout: "40" });
      const again = await aws.call("sqs", "CreateQueue", { QueueName, Attributes: { VisibilityTimeout: "40" } });
      const other = await outcome(
        aws.call("sqs", "CreateQueue", { QueueName, Attributes: { VisibilityTimeout: "41" } }),
      );
      return [again.QueueUrl === QueueUrl, other, QueueUrl.endsWith(`/${aws.accountId}/${QueueName}`)];
    },
    expected: [true, "QueueAlreadyExists 400", true],
  },
  {
    name: "a queue's name of 81 signs or with a period is refused",
    source: api("CreateQueue, QueueName"),
    run: async (aws) => [
      await outcome(aws.call("sqs", "CreateQueue", { QueueName: "q".repeat(81) })),
      await outcome(aws.call("sqs", "CreateQueue", { QueueName: "a.b" })),
    ],
    expected: ["InvalidParameterValue 400", "InvalidParameterValue 400"],
  },
  {
    name: "a queue that is not there is refused",
    source: api("GetQueueUrl, QueueDoesNotExist"),
    run: async (aws) => {
      const QueueUrl = `https://sqs.eu-central-1.amazonaws.com/${aws.accountId}/${aws.name("none")}`;
      return [
        await outcome(aws.call("sqs", "GetQueueUrl", { QueueName: aws.name("none") })),
        await outcome(aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "a" })),
        await outcome(aws.call("sqs", "ReceiveMessage", { QueueUrl })),
        await outcome(aws.call("sqs", "DeleteQueue", { QueueUrl })),
      ];
    },
    expected: [
      "AWS.SimpleQueueService.NonExistentQueue 400",
      "AWS.SimpleQueueService.NonExistentQueue 400",
      "AWS.SimpleQueueService.NonExistentQueue 400",
      "AWS.SimpleQueueService.NonExistentQueue 400",
    ],
  },
  {
    name: "a new queue's attributes are the documented ones",
    source: api("SetQueueAttributes and GetQueueAttributes"),
    run: async (aws) => {
      const { QueueUrl, QueueArn } = await queueOf(aws);
      const { Attributes = {} } = await aws.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
      const { QueueArn: arn, CreatedTimestamp = "", LastModifiedTimestamp = "", ...rest } = Attributes;
      return [arn === QueueArn, /^\d{10}$/.test(CreatedTimestamp), /^\d{10}$/.test(LastModifiedTimestamp), rest];
    },
    expected: [
      true,
      true,
      true,
      {
        ApproximateNumberOfMessages: "0",
        ApproximateNumberOfMessagesDelayed: "0",
        ApproximateNumberOfMessagesNotVisible: "0",
        DelaySeconds: "0",
        MaximumMessageSize: "1048576",
        MessageRetentionPeriod: "345600",
        ReceiveMessageWaitTimeSeconds: "0",
        SqsManagedSseEnabled: "true",
        VisibilityTimeout: "30",
      },
    ],
  },
  attributeRefused(
    "of too long a visibility timeout",
    api("SetQueueAttributes, InvalidAttributeValue"),
    { VisibilityTimeout: "43201" },
    "InvalidAttributeValue 400",
  ),
  attributeRefused(
    "that there is not",
    api("SetQueueAttributes, InvalidAttributeName"),
    { Nonsense: "1" },
    "InvalidAttributeName 400",
  ),
  attributeRefused(
    "with a policy that is no JSON",
    api("SetQueueAttributes, Policy"),
    { Policy: "{bad" },
    "InvalidAttributeValue 400",
  ),
  {
    name: "a queue's policy comes back as it was, and goes",
    source: api("SetQueueAttributes, Policy"),
    run: async (aws) => {
      const { QueueUrl, QueueArn } = await queueOf(aws);
      const Policy = policy([
        {
          Sid: "a",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: QueueArn,
        },
      ]);
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
      const asked = async () =>
        (await aws.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] })).Attributes;
      const found = await asked();
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: "" } });
      return [
        JSON.stringify(JSON.parse(found?.["Policy"] ?? "{}")) === JSON.stringify(JSON.parse(Policy)),
        await asked(),
      ];
    },
    expected: [true, null],
  },
  {
    name: "a message comes with its digest, its attributes and how often it came",
    source: api("ReceiveMessage, MessageSystemAttributeNames"),
    run: async (aws) => {
      const { QueueUrl } = await queueOf(aws);
      const sent = await aws.call("sqs", "SendMessage", {
        QueueUrl,
        MessageBody: "hello",
        MessageAttributes: { a: { DataType: "String", StringValue: "1" } },
      });
      const { Messages: [message] = [] } = await aws.call("sqs", "ReceiveMessage", {
        QueueUrl,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["ApproximateReceiveCount", "SentTimestamp"],
      });
      return {
        digest: message?.MD5OfBody,
        same: message?.MessageId === sent.MessageId,
        attributes: message?.MessageAttributes,
        digestOfAttributes: message?.MD5OfMessageAttributes === sent.MD5OfMessageAttributes,
        count: message?.Attributes?.ApproximateReceiveCount,
        isDated: /^\d{13}$/.test(message?.Attributes?.SentTimestamp ?? ""),
      };
    },
    expected: {
      digest: "5d41402abc4b2a76b9719d911017c592",
      same: true,
      attributes: { a: { DataType: "String", StringValue: "1" } },
      digestOfAttributes: true,
      count: "1",
      isDated: true,
    },
  },
  {
    name: "a message that was received is hidden until it is let go",
    source: 'SQS Developer Guide, "Amazon SQS visibility timeout"',
    run: async (aws) => {
      const { QueueUrl } = await queueOf(aws);
      await aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "a" });
      const receive = async () => (await aws.call("sqs", "ReceiveMessage", { QueueUrl })).Messages ?? [];
      const [first] = await receive();
      const hidden = await receive();
      await aws.call("sqs", "ChangeMessageVisibility", {
        QueueUrl,
        ReceiptHandle: first?.ReceiptHandle ?? "",
        VisibilityTimeout: 0,
      });
      const [again] = await receive();
      await aws.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle: again?.ReceiptHandle ?? "" });
      return [hidden.length, again?.MessageId === first?.MessageId, (await receive()).length];
    },
    expected: [0, true, 0],
  },
  {
    name: "a batch says of each message whether it was taken",
    source: api("SendMessageBatch"),
    run: async (aws) => {
      const { QueueUrl } = await queueOf(aws);
      const { Successful = [], Failed = [] } = await aws.call("sqs", "SendMessageBatch", {
        QueueUrl,
        Entries: [
          { Id: "a", MessageBody: "1" },
          { Id: "b", MessageBody: "2" },
        ],
      });
      const send = (Entries: { Id: string; MessageBody: string }[]) =>
        outcome(aws.call("sqs", "SendMessageBatch", { QueueUrl, Entries }));
      return [
        Successful.map(({ Id }) => Id),
        Failed,
        await send([]),
        await send([
          { Id: "a", MessageBody: "1" },
          { Id: "a", MessageBody: "2" },
        ]),
        await send(Array.from({ length: 11 }, (_, n) => ({ Id: `i${n}`, MessageBody: "1" }))),
        (await bodiesOf(aws, QueueUrl, 2)).toSorted(),
      ];
    },
    expected: [
      ["a", "b"],
      [],
      "AWS.SimpleQueueService.EmptyBatchRequest 400",
      "AWS.SimpleQueueService.BatchEntryIdsNotDistinct 400",
      "AWS.SimpleQueueService.TooManyEntriesInBatchRequest 400",
      ["1", "2"],
    ],
  },
  {
    name: "more than ten messages at once are refused",
    source: api("ReceiveMessage, MaxNumberOfMessages"),
    run: async (aws) => {
      const { QueueUrl } = await queueOf(aws);
      return [
        await outcome(aws.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 11 })),
        await outcome(aws.call("sqs", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 21 })),
      ];
    },
    expected: ["InvalidParameterValue 400", "InvalidParameterValue 400"],
  },
  {
    name: "a message with a sign that XML does not have is refused",
    source: api("SendMessage, InvalidMessageContents"),
    run: async (aws) => {
      const { QueueUrl } = await queueOf(aws);
      return [
        await outcome(aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "a\u0001b" })),
        await outcome(aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "" })),
      ];
    },
    expected: ["InvalidMessageContents 400", "MissingParameter 400"],
  },
  {
    name: "a message that nobody handles goes to the queue for those",
    source: 'SQS Developer Guide, "Using dead-letter queues in Amazon SQS"',
    run: async (aws) => {
      const dead = await queueOf(aws, {}, "dead");
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 1 });
      const { QueueUrl } = await queueOf(aws, { RedrivePolicy, VisibilityTimeout: "0" });
      await aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "poison" });
      const first = (await aws.call("sqs", "ReceiveMessage", { QueueUrl })).Messages ?? [];
      const second = (await aws.call("sqs", "ReceiveMessage", { QueueUrl })).Messages ?? [];
      return [first.length, second.length, await bodiesOf(aws, dead.QueueUrl, 1)];
    },
    expected: [1, 0, ["poison"]],
  },
  {
    name: "a first-in-first-out queue needs its name, its groups and no doubles",
    source: 'SQS Developer Guide, "Amazon SQS FIFO queues"',
    run: async (aws) => {
      const wrong = await outcome(
        aws.call("sqs", "CreateQueue", { QueueName: aws.name("fifo"), Attributes: { FifoQueue: "true" } }),
      );
      const { QueueUrl = "" } = await aws.call("sqs", "CreateQueue", {
        QueueName: `${aws.name("queue")}.fifo`,
        Attributes: { FifoQueue: "true" },
      });
      const send = (MessageBody: string, more: object) =>
        aws.call("sqs", "SendMessage", { QueueUrl, MessageBody, ...more });
      const noGroup = await outcome(send("a", { MessageDeduplicationId: "1" }));
      await send("a", { MessageGroupId: "g", MessageDeduplicationId: "1" });
      await send("again", { MessageGroupId: "g", MessageDeduplicationId: "1" });
      await send("b", { MessageGroupId: "g", MessageDeduplicationId: "2" });
      return [wrong, noGroup, await bodiesOf(aws, QueueUrl, 2)];
    },
    expected: ["InvalidParameterValue 400", "MissingParameter 400", ["a", "b"]],
  },
  {
    name: "queues are listed by how their names begin",
    source: api("ListQueues"),
    run: async (aws) => {
      for (const kind of ["list-a", "list-b", "other"]) await queueOf(aws, {}, kind);
      const { QueueUrls = [] } = await aws.call("sqs", "ListQueues", { QueueNamePrefix: aws.name("list-") });
      return QueueUrls.map((url) => url.at(-1));
    },
    expected: ["a", "b"],
  },
  {
    name: "another account sends only where the queue's policy lets it",
    source: 'SQS Developer Guide, "Basic examples of Amazon SQS policies"',
    run: async (aws) => {
      const { QueueUrl, QueueArn } = await queueOf(aws);
      const send = () =>
        outcome(aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "a" }, { credentials: aws.other.credentials }));
      const before = await send();
      const Policy = policy([
        { Effect: "Allow", Principal: { AWS: aws.other.accountId }, Action: "sqs:SendMessage", Resource: QueueArn },
      ]);
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
      return [before, await send()];
    },
    expected: ["AccessDenied 403", "taken"],
  },
]);
