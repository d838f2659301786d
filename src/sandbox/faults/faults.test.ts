import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";

import { AwsError } from "../../aws/index.ts";
import { testCaller, testCall } from "../services/call.fixture.ts";
import { faults } from "./catalogue.ts";
import { testBoard, trail } from "./faults.fixture.ts";
import { WrongParameters } from "./parameters.ts";

const logKey =
  "AWSLogs/111122223333/CloudTrail/eu-central-1/2026/11/20/111122223333_CloudTrail_eu-central-1_20261120T1205Z_AAAAAAAAAAAAAAAA.json.gz";
const otherKey = logKey.replace("AAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBB");
const digestKey = "AWSLogs/111122223333/CloudTrail-Digest/eu-central-1/2026/11/20/d.json.gz";
const one = { Records: [{ eventName: "A", sourceIPAddress: "203.0.113.7" }, { eventName: "B" }] };
const two = { Records: [{ eventName: "C" }] };

test("without a fault everything comes through as it is", async () => {
  const { put, publish, contents, notices } = testBoard();
  await put(logKey, one);
  await publish("1");
  assert.deepEqual(contents(), [[logKey, one]]);
  assert.deepEqual(notices, ["1"]);
});

test("late notices come after their minutes, and at once when the fault is cleared", async () => {
  const { board, apply, publish, clock, notices } = testBoard();
  const { id } = await apply("late-notices", { minutes: 20 });
  await publish("1");
  clock.advance(19 * 60_000);
  await setImmediate();
  assert.deepEqual(notices, []);
  clock.advance(60_000);
  await setImmediate();
  assert.deepEqual(notices, ["1"]);
  await publish("2");
  await board.clear(id);
  await setImmediate();
  assert.deepEqual(notices, ["1", "2"]);
});

test("repeated notices come as often as told, lost ones never", async () => {
  const { board, apply, publish, notices } = testBoard();
  await apply("repeated-notices", { times: 3 });
  await publish("1");
  await board.clearAll();
  await apply("lost-notices");
  await publish("2");
  assert.deepEqual(notices, ["1", "1", "1"]);
  assert.equal(board.active[0]?.done, 1);
});

test("reordered notices all come, in another order; those still held come when the fault is cleared", async () => {
  const { board, apply, publish, notices } = testBoard();
  await apply("reordered-notices", { held: 8 });
  for (let number = 1; number <= 10; number += 1) await publish(String(number));
  assert.equal(notices.length, 8);
  assert.notDeepEqual(notices, ["1", "2", "3", "4", "5", "6", "7", "8"]);
  await board.clearAll();
  assert.deepEqual(
    notices.map(Number).sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
});

const fileCases: readonly (readonly [
  fault: string,
  parameters: object,
  found: readonly (readonly [string, unknown])[],
])[] = [
  ["lost-files", {}, []],
  [
    "lost-files",
    { kind: "digests" },
    [
      [logKey, one],
      [otherKey, two],
    ],
  ],
  [
    "lost-files",
    { region: "us-east-1" },
    [
      [logKey, one],
      [otherKey, two],
    ],
  ],
  [
    "truncated-files",
    {},
    [
      [logKey, "broken"],
      [otherKey, "broken"],
    ],
  ],
  [
    "swapped-files",
    {},
    [
      [logKey, one],
      [logKey, two],
      [otherKey, one],
    ],
  ],
  [
    "changed-files",
    { how: "record-removed" },
    [
      [logKey, { Records: [{ eventName: "B" }] }],
      [otherKey, { Records: [] }],
    ],
  ],
  [
    "changed-files",
    { how: "edited" },
    [
      [logKey, { Records: [{ eventName: "A", sourceIPAddress: "192.0.2.1" }, { eventName: "B" }] }],
      [otherKey, { Records: [{ eventName: "C", sourceIPAddress: "192.0.2.1" }] }],
    ],
  ],
];

for (const [fault, parameters, found] of fileCases) {
  test(`${fault} ${JSON.stringify(parameters)} does to log files what it says`, async () => {
    const { apply, put, contents } = testBoard();
    await apply(fault, parameters);
    await put(logKey, one);
    await put(otherKey, two);
    assert.deepEqual(contents(), found);
  });
}

test("duplicated files have a second name of the same form and the same content", async () => {
  const { apply, put, contents } = testBoard();
  await apply("duplicated-files");
  await put(logKey, one);
  const [first, second] = contents();
  assert.equal(first?.[0], logKey);
  assert.match(second?.[0] ?? "", /_20261120T1205Z_[A-Za-z0-9]{16}\.json\.gz$/);
  assert.notEqual(second?.[0], logKey);
  assert.deepEqual(second?.[1], one);
});

test("a region that falls silent either waits, and the recorder knows, or loses without a word", async () => {
  const { board, apply, put, publish, contents, notices } = testBoard();
  const there = { ...trail, region: "us-east-1" };
  await apply("silent-region", { region: "us-east-1" });
  await assert.rejects(
    put(logKey, one, there),
    (error) => error instanceof AwsError && error.code === "ServiceUnavailable",
  );
  await board.clearAll();
  await apply("silent-region", { region: "us-east-1", files: "lost" });
  await put(logKey, one, there);
  await publish("1", there);
  await put(digestKey, two);
  assert.deepEqual(contents(), [[digestKey, two]]);
  assert.deepEqual(notices, []);
});

test("throttling refuses in each service's own words, and only what it is told to", async () => {
  const { board, apply } = testBoard();
  await apply("throttling", { share: 1, operations: ["s3:*", "iam:ListUsers"] });
  const codeOf = async (service: "s3" | "iam" | "kms", operation: string) =>
    (await board.beforeAnswer(testCall({ service, operation })))?.code;
  assert.equal(await codeOf("s3", "PutObject"), "SlowDown");
  assert.equal(await codeOf("iam", "ListUsers"), "Throttling");
  assert.equal(await codeOf("iam", "ListRoles"), undefined);
  assert.equal(await codeOf("kms", "Decrypt"), undefined);
});

test("a share of the calls is hit, and AWS's own services are not", async () => {
  const { board, apply } = testBoard();
  await apply("internal-errors", { share: 0.3 });
  let hit = 0;
  for (let count = 0; count < 1000; count += 1) if (await board.beforeAnswer(testCall({ service: "s3" }))) hit += 1;
  assert.ok(hit > 250 && hit < 350, String(hit));
  const service = testCall({ service: "s3", caller: testCaller({ kind: "service" }) });
  for (let count = 0; count < 20; count += 1) assert.equal(await board.beforeAnswer(service), undefined);
});

test("a removed policy, topic and queue are put back as they were", async () => {
  const policy = '{"Statement":[]}';
  const { board, apply, asked, clock } = testBoard((name) => {
    if (name === "s3:GetBucketPolicy") return { Policy: policy };
    if (name === "sns:GetTopicAttributes") return { Attributes: { Policy: policy } };
    if (name === "sns:ListSubscriptionsByTopic") {
      return {
        Subscriptions: [{ Protocol: "sqs", Endpoint: "arn:aws:sqs:eu-central-1:111122223333:q", SubscriptionArn: "s" }],
      };
    }
    if (name === "sqs:GetQueueUrl") return { QueueUrl: "u" };
    return name === "sqs:GetQueueAttributes" ? { Attributes: { Policy: policy, QueueArn: "q" } } : {};
  });
  await apply("removed-bucket-policy", { account: "111122223333", region: "eu-central-1", bucket: "b" });
  await apply("removed-topic", { topic: "arn:aws:sns:eu-central-1:111122223333:t" });
  await apply("removed-queue", { queue: "arn:aws:sqs:eu-central-1:111122223333:q" });
  assert.deepEqual(
    asked.map(([, name]) => name).filter((name) => name.includes("Delete")),
    ["s3:DeleteBucketPolicy", "sns:DeleteTopic", "sqs:DeleteQueue"],
  );
  const before = asked.length;
  // SQS API Reference, CreateQueue: the name is free again after a minute.
  const clearing = board.clearAll();
  await setImmediate();
  assert.equal(asked.length, before);
  clock.advance(61_000);
  await clearing;
  assert.deepEqual(
    asked.slice(before).map(([, name, input]) => [name, input]),
    [
      ["sqs:CreateQueue", { QueueName: "q", Attributes: { Policy: policy } }],
      ["sns:CreateTopic", { Name: "t" }],
      [
        "sns:SetTopicAttributes",
        { TopicArn: "arn:aws:sns:eu-central-1:111122223333:t", AttributeName: "Policy", AttributeValue: policy },
      ],
      [
        "sns:Subscribe",
        {
          TopicArn: "arn:aws:sns:eu-central-1:111122223333:t",
          Protocol: "sqs",
          Endpoint: "arn:aws:sqs:eu-central-1:111122223333:q",
        },
      ],
      ["s3:PutBucketPolicy", { Bucket: "b", Policy: policy }],
    ],
  );
});

test("parameters that are not known, not of their kind or out of bounds are refused with what to do", async () => {
  const { apply } = testBoard();
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["lost-files", { shar: 0.5 }, /did you mean share\?/],
    ["lost-files", { share: 2 }, /share is a number from 0 to 1/],
    ["lost-files", { kind: "all" }, /kind is one of log-files, digests, both/],
    ["silent-region", {}, /region has to be given/],
    ["repeated-notices", { times: 1.5 }, /times is a whole number/],
    ["removed-topic", { topic: "t" }, /not the ARN/],
    ["throttling", { operations: "s3:*" }, /operations is a list/],
    ["lost-files", JSON.parse('{"__proto__": 1}') as object, /no parameter __proto__/],
  ];
  for (const [name, parameters, message] of wrong) {
    await assert.rejects(
      apply(name, parameters),
      (error) => error instanceof WrongParameters && message.test(error.message),
    );
  }
});

test("faults have names of their own, and say what they are", () => {
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
  for (const { name, summary, parameters } of faults) {
    assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
    assert.ok(summary.length > 20);
    for (const parameter of Object.values(parameters)) assert.ok(parameter.summary.length > 5);
  }
});
