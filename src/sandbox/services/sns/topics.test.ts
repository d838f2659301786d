import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../ask.fixture.ts";
import { testCall, testCaller } from "../call.fixture.ts";
import { testSns } from "./sns.fixture.ts";

test("a topic that nobody gave a policy has AWS's", async () => {
  const { ask, topic } = testSns();
  const TopicArn = await topic("plain");
  const { Attributes: all = {} } = await ask("GetTopicAttributes", { TopicArn });
  const policy = JSON.parse(all["Policy"] ?? "") as { Id: string; Statement: { Condition: object }[] };
  assert.equal(policy.Id, "__default_policy_ID");
  assert.deepEqual(policy.Statement[0]?.Condition, { StringEquals: { "AWS:SourceOwner": "111122223333" } });
  assert.deepEqual(
    [all["Owner"], all["SubscriptionsConfirmed"], all["SubscriptionsPending"], all["DisplayName"]],
    ["111122223333", "0", "0", ""],
  );
});

test("who calls from another account says so to the policy, and a service says no account", async () => {
  const { service, topic, world } = testSns();
  const TopicArn = await topic("asked");
  const needs = (caller: ReturnType<typeof testCaller>) =>
    service.operations.Publish?.needs({ TopicArn, Message: "x" }, testCall({ world, caller })) ?? [];
  assert.deepEqual(needs(testCaller({ accountId: "444455556666" }))[0]?.context, { "aws:SourceOwner": "444455556666" });
  assert.deepEqual(needs(testCaller({ kind: "service" }))[0]?.context, {});
});

test("permissions are added to the policy that is there and taken away again", async () => {
  const { ask, topic } = testSns();
  const TopicArn = await topic("permitted");
  const policy = async () =>
    JSON.parse((await ask("GetTopicAttributes", { TopicArn })).Attributes?.["Policy"] ?? "") as {
      Statement: { Sid: string }[];
    };
  await ask("AddPermission", { TopicArn, Label: "friend", AWSAccountId: ["444455556666"], ActionName: ["Publish"] });
  assert.deepEqual(
    (await policy()).Statement.map(({ Sid }) => Sid),
    ["__default_statement_ID", "friend"],
  );
  await ask("RemovePermission", { TopicArn, Label: "friend" });
  assert.deepEqual(
    (await policy()).Statement.map(({ Sid }) => Sid),
    ["__default_statement_ID"],
  );
});

test("a rate of logged deliveries is kept, as Terraform sets it", async () => {
  const { ask, topic } = testSns();
  const TopicArn = await topic("rated", { HTTPSuccessFeedbackSampleRate: "0", SQSSuccessFeedbackSampleRate: "100" });
  const { Attributes: all = {} } = await ask("GetTopicAttributes", { TopicArn });
  assert.equal(all["HTTPSuccessFeedbackSampleRate"], "0");
  assert.equal(all["SQSSuccessFeedbackSampleRate"], "100");
});

for (const [what, code, attempt] of [
  [
    "logged deliveries, which are not done",
    "InvalidParameterException",
    (t: Kit) => t.topic("a", { SQSFailureFeedbackRoleArn: "arn:aws:iam::111122223333:role/logs" }),
  ],
  ["a name with blanks", "InvalidParameterException", (t: Kit) => t.ask("CreateTopic", { Name: "a b" })],
  [
    "a FIFO name without the attribute",
    "InvalidParameterException",
    (t: Kit) => t.ask("CreateTopic", { Name: "a.fifo" }),
  ],
  ["an attribute it does not know", "InvalidParameterException", (t: Kit) => t.topic("a", { Colour: "blue" })],
  ["a policy that is none", "InvalidParameterException", (t: Kit) => t.topic("a", { Policy: "{bad" })],
  ["tracing, which is not done", "InvalidParameterException", (t: Kit) => t.topic("a", { TracingConfig: "Active" })],
  ["a topic that is not there", "NotFoundException", (t: Kit) => t.ask("Publish", { TopicArn: missing, Message: "x" })],
  [
    "an empty message",
    "InvalidParameterException",
    async (t: Kit) => t.ask("Publish", { TopicArn: await t.topic("a"), Message: "" }),
  ],
  [
    "a message too long",
    "InvalidParameterException",
    async (t: Kit) => t.ask("Publish", { TopicArn: await t.topic("a"), Message: "x".repeat(262_145) }),
  ],
  [
    "a subject of two lines",
    "InvalidParameterException",
    async (t: Kit) => t.ask("Publish", { TopicArn: await t.topic("a"), Message: "x", Subject: "a\nb" }),
  ],
  [
    "mail",
    "InvalidParameterException",
    async (t: Kit) =>
      t.ask("Subscribe", { TopicArn: await t.topic("a"), Protocol: "email", Endpoint: "a@example.com" }),
  ],
  [
    "servers elsewhere",
    "InvalidParameterException",
    async (t: Kit) =>
      t.ask("Subscribe", { TopicArn: await t.topic("a"), Protocol: "https", Endpoint: "https://example.com/" }),
  ],
  [
    "a FIFO queue at a standard topic",
    "InvalidParameterException",
    async (t: Kit) =>
      t.ask("Subscribe", {
        TopicArn: await t.topic("a"),
        Protocol: "sqs",
        Endpoint: "arn:aws:sqs:us-east-1:111122223333:q.fifo",
      }),
  ],
  [
    "the same topic with other attributes",
    "InvalidParameterException",
    async (t: Kit) => (await t.topic("a"), t.topic("a", { DisplayName: "other" })),
  ],
] as const) {
  test(`SNS refuses ${what} (SNS API Reference)`, async () => {
    await assert.rejects(Promise.resolve(attempt(testSns())), refusal(code));
  });
}

type Kit = ReturnType<typeof testSns>;
const missing = "arn:aws:sns:us-east-1:111122223333:missing";

test("a subscription is listed, changed and ended", async () => {
  const { ask, topic } = testSns();
  const TopicArn = await topic("listed");
  const Endpoint = "arn:aws:sqs:us-east-1:111122223333:anywhere";
  const { SubscriptionArn } = await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint });
  assert.equal((await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint })).SubscriptionArn, SubscriptionArn);
  await ask("SetSubscriptionAttributes", {
    SubscriptionArn,
    AttributeName: "RawMessageDelivery",
    AttributeValue: "true",
  });
  const { Attributes: all = {} } = await ask("GetSubscriptionAttributes", { SubscriptionArn });
  assert.deepEqual(
    [all["RawMessageDelivery"], all["PendingConfirmation"], all["Owner"]],
    ["true", "false", "111122223333"],
  );
  assert.equal((await ask("ListSubscriptions", {})).Subscriptions?.length, 1);
  await ask("Unsubscribe", { SubscriptionArn });
  assert.deepEqual((await ask("ListSubscriptions", {})).Subscriptions, []);
  assert.equal((await ask("GetTopicAttributes", { TopicArn })).Attributes?.["SubscriptionsDeleted"], "1");
});

test("tags are kept with the topic", async () => {
  const { ask, topic } = testSns();
  const ResourceArn = await topic("tagged");
  await ask("TagResource", {
    ResourceArn,
    Tags: [
      { Key: "team", Value: "blue" },
      { Key: "old", Value: "1" },
    ],
  });
  await ask("UntagResource", { ResourceArn, TagKeys: ["old"] });
  assert.deepEqual((await ask("ListTagsForResource", { ResourceArn })).Tags, [{ Key: "team", Value: "blue" }]);
});

test("what was published hides its text in the record", async () => {
  const { service, topic, world } = testSns();
  const TopicArn = await topic("quiet");
  const call = testCall({ world });
  await service.operations.Publish?.answer({ TopicArn, Message: "secret", Subject: "secret" }, call);
  assert.equal(JSON.stringify(call.notes).includes("secret"), false);
  assert.equal(call.notes[0]?.category, "Data");
});
