import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { sandboxAws, settingContract } from "./contract.fixture.ts";
import { deadLetterQueueSetting, queuePolicySetting, queueRedriveSetting, queueSetting } from "./queue.ts";
import type { Setting } from "./setting.ts";
import { subscriptionSetting } from "./subscription.ts";
import { topicKeySetting, topicPolicySetting, topicSetting } from "./topic.ts";
import type { QueueValue, SettingValues } from "./values.ts";

const at = { accountId: sandboxAccount, region: sandboxRegion };
const topic = { ...at, arn: `arn:aws:sns:${at.region}:${at.accountId}:files` };
const queue = { ...at, arn: `arn:aws:sqs:${at.region}:${at.accountId}:care` };
const deadLetters = { ...queue, arn: `${queue.arn}-dead` };
const subscription = { ...topic, to: queue.arn };
const noTopic = { ...topic, arn: `${topic.arn}-gone` };
const noQueue = { ...queue, arn: `${queue.arn}-gone` };

const plainQueue: QueueValue = { retentionSeconds: 1_209_600, visibilitySeconds: 300, isEncrypted: true, keyId: "" };
const queueValues: readonly QueueValue[] = [
  plainQueue,
  { ...plainQueue, visibilitySeconds: 600, isEncrypted: false, keyId: "alias/care" },
  { ...plainQueue, retentionSeconds: 60 },
  { ...plainQueue, isEncrypted: false },
];

function policyOf(action: string, resource: string, service: string) {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: action, Resource: resource };
  return { Version: "2012-10-17", Statement: [statement] };
}

const closed = policyOf("SNS:Publish", topic.arn, "cloudtrail.amazonaws.com");

async function openThings(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await topicSetting.put(topic, { before: undefined, after: true }, aws);
  await close(sandbox);
  for (const each of [queue, deadLetters]) {
    await queueSetting.put(each, { before: undefined, after: plainQueue }, aws);
  }
  return sandbox;
}

/** The policy that a topic begins with lets in everybody of its account, whatever they may do otherwise. */
async function close(sandbox: TestSandbox): Promise<void> {
  await topicPolicySetting.put(topic, { before: undefined, after: closed }, sandboxAws(sandbox));
}

{
  let opened: TestSandbox | undefined;
  const closing: Setting<"topic"> = {
    ...topicSetting,
    async put(place, change, aws) {
      await topicSetting.put(place, change, aws);
      if (opened !== undefined && change.after === true) await close(opened);
    },
  };
  settingContract("topic", {
    setting: closing,
    async open() {
      opened = await openSandbox();
      return { sandbox: opened, place: topic, nowhere: noTopic, values: [true] };
    },
  });
}

settingContract("topic-policy", {
  setting: topicPolicySetting,
  runsCommands: true,
  async open() {
    const values = [policyOf("SNS:Publish", topic.arn, "events.amazonaws.com"), closed];
    const things = { sandbox: await openThings(), place: topic, nowhere: noTopic };
    return { ...things, untouched: closed, values, takenAway: "stays" };
  },
});

settingContract("topic-key", {
  setting: topicKeySetting,
  async open() {
    const values = ["alias/aws/sns", "alias/care"];
    return { sandbox: await openThings(), place: topic, nowhere: noTopic, values };
  },
});

function holdQueue<Name extends "queue" | "dead-letter-queue">(
  setting: Setting<Name>,
  { values, ...rest }: { readonly values: readonly SettingValues[Name][]; readonly runsCommands?: boolean },
): void {
  let opened: TestSandbox | undefined;
  const patient: Setting<Name> = {
    ...setting,
    async put(place, change, aws) {
      // The name of a queue is free again a minute after it was deleted (SQS API Reference, "CreateQueue").
      if (change.before === undefined) opened?.sandbox.clock.advance(61_000);
      await setting.put(place, change, aws);
    },
  };
  settingContract(setting.name, {
    ...rest,
    setting: patient,
    async open() {
      opened = await openSandbox();
      return { sandbox: opened, place: queue, nowhere: noQueue, values };
    },
  });
}

holdQueue(queueSetting, { values: queueValues, runsCommands: true });
holdQueue(deadLetterQueueSetting, { values: queueValues });

settingContract("queue-policy", {
  setting: queuePolicySetting,
  async open() {
    const values = ["sns.amazonaws.com", "events.amazonaws.com"].map((service) =>
      policyOf("sqs:SendMessage", queue.arn, service),
    );
    return { sandbox: await openThings(), place: queue, nowhere: noQueue, values };
  },
});

settingContract("queue-redrive", {
  setting: queueRedriveSetting,
  async open() {
    const values = [5, 10].map((receivesMax) => ({ deadLetterArn: deadLetters.arn, receivesMax }));
    return { sandbox: await openThings(), place: queue, nowhere: noQueue, values };
  },
});

settingContract("subscription", {
  setting: subscriptionSetting,
  runsCommands: true,
  async open() {
    const filterPolicy = JSON.stringify({ kind: ["file"] });
    return {
      sandbox: await openThings(),
      place: subscription,
      nowhere: { ...subscription, to: noQueue.arn },
      values: [
        { isRaw: false, filterPolicy: "" },
        { isRaw: true, filterPolicy: "" },
        { isRaw: true, filterPolicy },
        { isRaw: false, filterPolicy: "" },
      ],
    };
  },
});

test("the policy that a topic begins with is read, can be set again, and stays when it is taken away", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await topicSetting.put(topic, { before: undefined, after: true }, aws);
  const first = await topicPolicySetting.get(topic, aws);
  assert.equal(first?.["Id"], "__default_policy_ID");
  await close(sandbox);
  await topicPolicySetting.put(topic, { before: closed, after: first }, aws);
  await topicPolicySetting.put(topic, { before: first, after: undefined }, aws);
  assert.deepEqual(await topicPolicySetting.get(topic, aws), first);
  assert.deepEqual(topicPolicySetting.commands(topic, { before: first, after: undefined }), []);
});

test("what is taken away of a queue or topic that is gone is away", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  const redrive = { deadLetterArn: deadLetters.arn, receivesMax: 5 };
  await topicKeySetting.put(topic, { before: "alias/care", after: undefined }, aws);
  await topicPolicySetting.put(topic, { before: {}, after: undefined }, aws);
  await queuePolicySetting.put(queue, { before: {}, after: undefined }, aws);
  await queueRedriveSetting.put(queue, { before: redrive, after: undefined }, aws);
  await subscriptionSetting.put(subscription, { before: { isRaw: false, filterPolicy: "" }, after: undefined }, aws);
  assert.equal(await subscriptionSetting.get(subscription, aws), undefined);
});

test("a queue that was made since by somebody else becomes what was asked for, and keeps its policy", async () => {
  await using sandbox = await openThings();
  const aws = sandboxAws(sandbox);
  const policy = policyOf("sqs:SendMessage", queue.arn, "sns.amazonaws.com");
  await queuePolicySetting.put(queue, { before: undefined, after: policy }, aws);
  for (const after of queueValues) {
    await queueSetting.put(queue, { before: undefined, after }, aws);
    assert.deepEqual(await queueSetting.get(queue, aws), after);
  }
  assert.deepEqual(await queuePolicySetting.get(queue, aws), policy);
});

test("a queue whose name is not free yet is told by AWS's own code", async () => {
  await using sandbox = await openThings();
  const aws = sandboxAws(sandbox);
  await queueSetting.put(queue, { before: plainQueue, after: undefined }, aws);
  await assert.rejects(
    queueSetting.put(queue, { before: undefined, after: plainQueue }, aws),
    (error) => error instanceof AwsCallError && error.code.endsWith("QueueDeletedRecently"),
  );
});

test("a subscription is found behind many others, and one that waits to be confirmed is not there", async () => {
  await using sandbox = await openThings();
  const aws = sandboxAws(sandbox);
  const sns = await sandbox.client("sns");
  for (let index = 0; index < 101; index += 1) {
    await sns.call("Subscribe", { TopicArn: topic.arn, Protocol: "sqs", Endpoint: `${queue.arn}-${index}` });
  }
  const value = { isRaw: true, filterPolicy: "" };
  await subscriptionSetting.put(subscription, { before: undefined, after: value }, aws);
  assert.deepEqual(await subscriptionSetting.get(subscription, aws), value);
  const anothers = { ...topic, to: `arn:aws:sqs:${at.region}:444455556666:care` };
  await subscriptionSetting.put(anothers, { before: undefined, after: value }, aws);
  assert.equal(await subscriptionSetting.get(anothers, aws), undefined);
});

test("the command for a subscription looks its name up by itself", () => {
  const change = { before: { isRaw: true, filterPolicy: "{}" }, after: { isRaw: false, filterPolicy: "" } };
  const found = `--subscription-arn "$(aws sns list-subscriptions-by-topic --topic-arn ${topic.arn} --region ${at.region} --query 'Subscriptions[?Endpoint=='\\''${queue.arn}'\\''] | [0].SubscriptionArn' --output text)"`;
  const set = "aws sns set-subscription-attributes --attribute-name";
  assert.deepEqual(subscriptionSetting.commands(subscription, change), [
    `${set} RawMessageDelivery --attribute-value false --region ${at.region} ${found}`,
    `${set} FilterPolicy --attribute-value '{}' --region ${at.region} ${found}`,
  ]);
});

test("the command for a queue names it by its URL", () => {
  const china = { ...queue, region: "cn-north-1", arn: "arn:aws-cn:sqs:cn-north-1:111122223333:care" };
  assert.deepEqual(queueSetting.commands(china, { before: plainQueue, after: undefined }), [
    "aws sqs delete-queue --queue-url https://sqs.cn-north-1.amazonaws.com.cn/111122223333/care --region cn-north-1",
  ]);
});
