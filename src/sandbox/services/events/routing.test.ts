import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsError } from "../../../aws/index.ts";
import { testCaller } from "../call.fixture.ts";
import { testEvents } from "./events.fixture.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("an event comes to the queue of the rule that means it, whole", async () => {
  const { ask, rule, bodies } = testEvents();
  const orders = await rule("orders", { source: ["shop"], detail: { total: [{ numeric: [">", 100] }] } });
  const others = await rule("others", { source: ["elsewhere"] });
  const sent = await ask("PutEvents", {
    Entries: [{ Source: "shop", DetailType: "Order", Detail: '{"total":250}', Resources: ["arn:aws:x"] }],
  });
  assert.equal(sent.FailedEntryCount, 0);
  const [body = ""] = await bodies(orders.url);
  assert.deepEqual(JSON.parse(body), {
    version: "0",
    id: sent.Entries?.[0]?.EventId,
    "detail-type": "Order",
    source: "shop",
    account: "111122223333",
    time: "2026-11-20T12:00:00Z",
    region: "us-east-1",
    resources: ["arn:aws:x"],
    detail: { total: 250 },
  });
  assert.deepEqual(await bodies(others.url), []);
});

test("read-only management events reach only rules in the state that asks for them (EventBridge User Guide, AWS service events via CloudTrail)", async () => {
  const { rule, bodies, record } = testEvents();
  const plain = await rule("plain", { source: ["aws.iam"] });
  const all = await rule("all", { source: ["aws.iam"] }, {}, "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  await record("CreateUser", false);
  await record("ListUsers", true);
  const names = async (url: string) =>
    (await bodies(url)).map((body) => (JSON.parse(body) as { detail: { eventName: string } }).detail.eventName);
  assert.deepEqual(await names(plain.url), ["CreateUser"]);
  assert.deepEqual(await names(all.url), ["CreateUser", "ListUsers"]);
});

for (const [what, target, expected] of [
  ["a fixed text", { Input: '{"fixed":true}' }, '{"fixed":true}'],
  ["a part", { InputPath: "$.detail.user" }, '{"name":"ana \\"x\\""}'],
  [
    "a filled template",
    {
      InputTransformer: {
        InputPathsMap: { who: "$.detail.user.name", what: "$.detail.user" },
        InputTemplate: '{"text":"by <who>","user":<what>,"rule":<aws.events.rule-name>}',
      },
    },
    '{"text":"by ana \\"x\\"","user":{"name":"ana \\"x\\""},"rule":"shaped"}',
  ],
] as const) {
  test(`a target gets ${what} where it asks for that`, async () => {
    const { ask, rule, bodies } = testEvents();
    const queue = await rule("shaped", { source: ["app"] }, target);
    await ask("PutEvents", {
      Entries: [{ Source: "app", DetailType: "t", Detail: '{"user":{"name":"ana \\"x\\""}}' }],
    });
    assert.deepEqual(await bodies(queue.url), [expected]);
  });
}

test("what a queue's policy refuses goes to the dead-letter queue and is shown as a failure", async () => {
  const { service, sqs, ask, openQueue, rule } = testEvents();
  const dead = await openQueue("dead");
  const queue = await rule("refused", { source: ["app"] }, { DeadLetterConfig: { Arn: dead.arn } });
  await sqs.ask("SetQueueAttributes", { QueueUrl: queue.url, Attributes: { Policy: "" } });
  await ask("PutEvents", { Entries: [{ Source: "app", DetailType: "t", Detail: "{}" }] });
  const got = await sqs.ask("ReceiveMessage", { QueueUrl: dead.url, MessageAttributeNames: ["All"] });
  assert.equal(got.Messages?.[0]?.MessageAttributes?.["ERROR_CODE"]?.StringValue, "AccessDenied");
  assert.deepEqual(
    service.deliveryFailures().newest.map(({ code, deadLetterArn }) => [code, deadLetterArn]),
    [["AccessDenied", dead.arn]],
  );
});

test("a fault of the target is tried again until the target's retries are over", async () => {
  const { world, inside, service, ask, rule } = testEvents();
  await rule("retried", { source: ["app"] }, { RetryPolicy: { MaximumRetryAttempts: 1 } });
  for (let fault = 0; fault < 2; fault += 1) inside.faults.push(new AwsError("InternalFailure", "broken", 500));
  await ask("PutEvents", { Entries: [{ Source: "app", DetailType: "t", Detail: "{}" }] });
  assert.equal(service.deliveryFailures().waiting, 1);
  world.clock.advance(1_000);
  while (service.deliveryFailures().total === 0) await turn();
  assert.equal(service.deliveryFailures().newest[0]?.attempts, 2);
});

test("an event goes from one account's bus to another's whose policy lets it in, and says where it comes from", async () => {
  const { sqs, ask } = testEvents();
  const there = { accountId: "444455556666", caller: testCaller({ accountId: "444455556666" }) };
  const bus = "arn:aws:events:us-east-1:444455556666:event-bus/central";
  await ask("CreateEventBus", { Name: "central" }, there);
  const Statement = [
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "events:PutEvents", Resource: bus },
  ];
  await ask(
    "PutPermission",
    { EventBusName: "central", Policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
    there,
  );
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }],
  });
  const { QueueUrl } = await sqs.ask("CreateQueue", { QueueName: "central", Attributes: { Policy } }, there);
  await ask("PutRule", { Name: "all", EventBusName: "central", EventPattern: '{"source":["app"]}' }, there);
  await ask(
    "PutTargets",
    { Rule: "all", EventBusName: "central", Targets: [{ Id: "q", Arn: "arn:aws:sqs:us-east-1:444455556666:central" }] },
    there,
  );
  await ask("PutRule", { Name: "forward", EventPattern: '{"source":["app"]}' });
  await ask("PutTargets", { Rule: "forward", Targets: [{ Id: "bus", Arn: bus }] });
  await ask("PutEvents", { Entries: [{ Source: "app", DetailType: "t", Detail: "{}" }] });
  const got = await sqs.ask("ReceiveMessage", { QueueUrl }, there);
  assert.equal((JSON.parse(got.Messages?.[0]?.Body ?? "{}") as { account: string }).account, "111122223333");
});

test("rules that lead in a circle come to an end", async () => {
  const { service, ask } = testEvents();
  await ask("CreateEventBus", { Name: "other" });
  const arn = (name: string) => `arn:aws:events:us-east-1:111122223333:event-bus/${name}`;
  for (const [name, target] of [
    ["default", "other"],
    ["other", "default"],
  ] as const) {
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: arn(name) }];
    await ask("PutPermission", { EventBusName: name, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await ask("PutRule", { Name: "on", EventBusName: name, EventPattern: '{"source":["app"]}' });
    await ask("PutTargets", { Rule: "on", EventBusName: name, Targets: [{ Id: "bus", Arn: arn(target) }] });
  }
  await ask("PutEvents", { Entries: [{ Source: "app", DetailType: "t", Detail: "{}" }] });
  assert.deepEqual(
    service.deliveryFailures().newest.map(({ code }) => code),
    ["EventLoopPrevented"],
  );
});

test("a rule with a schedule fires when the clock says so, and no more once it is disabled", async () => {
  const { world, service, ask, openQueue, bodies } = testEvents();
  const queue = await openQueue("ticks");
  await ask("PutRule", { Name: "ticks", ScheduleExpression: "rate(5 minutes)" });
  await ask("PutTargets", { Rule: "ticks", Targets: [{ Id: "q", Arn: queue.arn }] });
  for (let tick = 0; tick < 2; tick += 1) {
    while (world.clock.waiting.length === 0) await turn();
    world.clock.advance(5 * 60_000);
  }
  while (world.clock.waiting.length === 0) await turn();
  const times = (await bodies(queue.url)).map((body) => (JSON.parse(body) as { time: string }).time);
  assert.deepEqual(times, ["2026-11-20T12:05:00Z", "2026-11-20T12:10:00Z"]);
  await ask("DisableRule", { Name: "ticks" });
  await turn();
  assert.deepEqual(world.clock.waiting, []);
  await service[Symbol.asyncDispose]();
});
