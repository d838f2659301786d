import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../ask.fixture.ts";
import { testEvents } from "./events.fixture.ts";

type Kit = ReturnType<typeof testEvents>;
const queue = "arn:aws:sqs:us-east-1:111122223333:q";
const withRule = async (t: Kit) => (await t.ask("PutRule", { Name: "r", EventPattern: '{"source":["x"]}' }), t);

for (const [what, code, attempt] of [
  ["a rule without pattern and schedule", "ValidationException", (t: Kit) => t.ask("PutRule", { Name: "r" })],
  [
    "a pattern that is none",
    "InvalidEventPatternException",
    (t: Kit) => t.ask("PutRule", { Name: "r", EventPattern: '{"source":"x"}' }),
  ],
  [
    "a schedule that is none",
    "ValidationException",
    (t: Kit) => t.ask("PutRule", { Name: "r", ScheduleExpression: "rate(1 minutes)" }),
  ],
  [
    "a rule on a bus that is not there",
    "ResourceNotFoundException",
    (t: Kit) => t.ask("PutRule", { Name: "r", EventBusName: "none", EventPattern: '{"source":["x"]}' }),
  ],
  [
    "a bus of a name that is taken",
    "ResourceAlreadyExistsException",
    (t: Kit) => t.ask("CreateEventBus", { Name: "default" }),
  ],
  [
    "a function as target",
    "ValidationException",
    async (t: Kit) =>
      (await withRule(t)).ask("PutTargets", {
        Rule: "r",
        Targets: [{ Id: "f", Arn: "arn:aws:lambda:us-east-1:111122223333:function:f" }],
      }),
  ],
  [
    "a sixth target",
    "LimitExceededException",
    async (t: Kit) =>
      (await withRule(t)).ask("PutTargets", {
        Rule: "r",
        Targets: [1, 2, 3, 4, 5, 6].map((n) => ({ Id: `t${n}`, Arn: queue })),
      }),
  ],
  [
    "two inputs for one target",
    "ValidationException",
    async (t: Kit) =>
      (await withRule(t)).ask("PutTargets", {
        Rule: "r",
        Targets: [{ Id: "t", Arn: queue, Input: "{}", InputPath: "$.detail" }],
      }),
  ],
  [
    "a path that is none",
    "ValidationException",
    async (t: Kit) =>
      (await withRule(t)).ask("PutTargets", { Rule: "r", Targets: [{ Id: "t", Arn: queue, InputPath: "detail..x" }] }),
  ],
  [
    "the end of a rule that has targets",
    "ValidationException",
    async (t: Kit) => {
      await (await withRule(t)).ask("PutTargets", { Rule: "r", Targets: [{ Id: "t", Arn: queue }] });
      return t.ask("DeleteRule", { Name: "r" });
    },
  ],
  [
    "an event to be tested that lacks members",
    "ValidationException",
    (t: Kit) => t.ask("TestEventPattern", { EventPattern: '{"source":["x"]}', Event: '{"source":"x"}' }),
  ],
] as const) {
  test(`EventBridge refuses ${what} (EventBridge API Reference)`, async () => {
    await assert.rejects(Promise.resolve(attempt(testEvents())), refusal(code));
  });
}

test("PutEvents refuses entries one by one; what begins with aws. comes from AWS alone", async () => {
  const { ask } = testEvents();
  const good = { Source: "app", DetailType: "t", Detail: "{}" };
  const sent = await ask("PutEvents", {
    Entries: [
      good,
      { ...good, Source: "aws.ec2" },
      { ...good, Detail: "[1]" },
      { ...good, DetailType: "" },
      { ...good, EventBusName: "none" },
    ],
  });
  assert.equal(sent.FailedEntryCount, 4);
  assert.deepEqual(
    sent.Entries?.map(({ ErrorCode }) => ErrorCode),
    [undefined, "NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument", "ResourceNotFoundException"],
  );
});

test("rules, targets, buses and tags are told as they were given", async () => {
  const { ask } = testEvents();
  await ask("CreateEventBus", { Name: "own", Tags: [{ Key: "a", Value: "1" }] });
  const { RuleArn } = await ask("PutRule", {
    Name: "r",
    EventBusName: "own",
    EventPattern: '{"source":["x"]}',
    State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  });
  assert.equal(RuleArn, "arn:aws:events:us-east-1:111122223333:rule/own/r");
  const target = {
    Id: "t",
    Arn: queue,
    InputTransformer: { InputPathsMap: { a: "$.detail.a" }, InputTemplate: '"<a>"' },
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
  };
  await ask("PutTargets", { Rule: "r", EventBusName: "own", Targets: [target] });
  assert.deepEqual((await ask("ListTargetsByRule", { Rule: "r", EventBusName: "own" })).Targets, [target]);
  assert.deepEqual((await ask("ListRuleNamesByTarget", { TargetArn: queue, EventBusName: "own" })).RuleNames, ["r"]);
  assert.equal(
    (await ask("DescribeRule", { Name: "r", EventBusName: "own" })).State,
    "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  );
  assert.deepEqual(
    (await ask("ListEventBuses", {})).EventBuses?.map(({ Name }) => Name),
    ["default", "own"],
  );
  assert.deepEqual(
    (await ask("ListTagsForResource", { ResourceARN: "arn:aws:events:us-east-1:111122223333:event-bus/own" })).Tags,
    [{ Key: "a", Value: "1" }],
  );
  await ask("RemoveTargets", { Rule: "r", EventBusName: "own", Ids: ["t"] });
  await ask("DeleteRule", { Name: "r", EventBusName: "own" });
  await ask("DeleteEventBus", { Name: "own" });
  assert.deepEqual(
    (await ask("ListEventBuses", {})).EventBuses?.map(({ Name }) => Name),
    ["default"],
  );
});

test("a bus's permissions are statements of its policy", async () => {
  const { ask } = testEvents();
  await ask("PutPermission", { StatementId: "friend", Principal: "444455556666", Action: "events:PutEvents" });
  const { Policy = "" } = await ask("DescribeEventBus", {});
  assert.deepEqual((JSON.parse(Policy) as { Statement: object[] }).Statement, [
    {
      Sid: "friend",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "events:PutEvents",
      Resource: "arn:aws:events:us-east-1:111122223333:event-bus/default",
    },
  ]);
  await ask("RemovePermission", { StatementId: "friend" });
  assert.equal((await ask("DescribeEventBus", {})).Policy, undefined);
});
