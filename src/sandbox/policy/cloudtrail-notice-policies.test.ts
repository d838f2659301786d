import { asTrail, type Case, otherTrail, service, testCases, trail } from "./cloudtrail-policies.fixture.ts";
import { own } from "./policy.fixture.ts";

const topic = `arn:aws:sns:us-east-1:${own}:notices`;
const publish = ["SNS:Publish", topic] as const;
function mayPublish(more: object): object {
  return {
    Sid: "AWSCloudTrailSNSPolicy20131101",
    Effect: "Allow",
    Principal: service,
    Action: "SNS:Publish",
    Resource: topic,
    ...more,
  };
}
// CloudTrail User Guide, 'Amazon SNS topic policy for CloudTrail'; SQS Developer Guide, policy of a queue for a topic.
const queue = `arn:aws:sqs:us-east-1:${own}:notices`;
const notices: readonly Case[] = [
  [
    "the guide's topic",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceArn": trail } } })],
    ...publish,
    asTrail,
    true,
  ],
  [
    "a topic for another trail",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceArn": otherTrail } } })],
    ...publish,
    asTrail,
    false,
  ],
  [
    "a topic for the account",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceAccount": own } } })],
    ...publish,
    asTrail,
    true,
  ],
  ["a topic for anybody of CloudTrail", [mayPublish({})], ...publish, asTrail, true],
  ["the action in lower case", [mayPublish({ Action: "sns:publish" })], ...publish, asTrail, true],
  ["another topic's ARN", [mayPublish({ Resource: `${topic}2` })], ...publish, asTrail, false],
  [
    "a topic that only its account uses",
    [mayPublish({ Principal: { AWS: "*" }, Condition: { StringEquals: { "AWS:SourceOwner": own } } })],
    ...publish,
    asTrail,
    false,
  ],
  [
    "a queue for the topic",
    [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue,
        Condition: { ArnEquals: { "aws:SourceArn": topic } },
      },
    ],
    "sqs:SendMessage",
    queue,
    { "aws:SourceArn": topic },
    true,
  ],
  [
    "a queue for another topic",
    [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue,
        Condition: { ArnEquals: { "aws:SourceArn": `${topic}2` } },
      },
    ],
    "sqs:SendMessage",
    queue,
    { "aws:SourceArn": topic },
    false,
  ],
];

testCases(notices);
