import { type KnownDifference } from "./known-difference.ts";

export const snsDifferences: readonly KnownDifference[] = [
  {
    case: "sns: a new topic lets its own account in, and nobody else",
    moto: {
      owner: "123456789012",
      statement: [
        {
          Sid: "__default_statement_ID",
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
        },
      ],
      other: "taken",
    },
    why: "moto lets every account publish",
  },
  {
    case: "sns: a topic's policy that is none is refused",
    moto: "Error 500",
    why: "moto fails",
  },
  {
    case: "sns: a message comes to a queue in its envelope",
    moto: {
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
      version: "2",
    },
    why: "moto signs by version 2; the page has version 1 as the default",
  },
  {
    case: "sns: a queue that does not let the topic in gets nothing, and others do",
    moto: [["a"], 1],
    why: "moto does not ask the queue's policy",
  },
  {
    case: "sns: a queue that is gone does not keep a message from the others",
    moto: ["AWS.SimpleQueueService.NonExistentQueue 400", []],
    why: "moto fails the whole Publish and sends to nobody",
  },
  {
    case: "sns: a message that is empty or too big is refused",
    moto: ["taken", "InvalidParameter 400", "InvalidParameter 400"],
    why: "moto takes an empty message",
  },
  {
    case: "sns: a permission is added to a topic's policy, and another account publishes",
    moto: ["taken", "taken"],
    why: "moto lets every account publish",
  },
];
