import assert from "node:assert/strict";
import { test } from "node:test";
import { testWorld } from "../call.fixture.ts";
import { refusal, testSqs } from "./sqs.fixture.ts";

test("a message goes out once within its visibility timeout, and again after it with another receipt handle", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("jobs");
  const sent = await ask("SendMessage", { QueueUrl, MessageBody: "work" });
  assert.equal(sent.MD5OfMessageBody, "67e92c8765a9bc7fb2d335c459de9eb5");
  const first = await ask("ReceiveMessage", { QueueUrl, MessageSystemAttributeNames: ["All"] });
  assert.equal(first.Messages?.[0]?.Body, "work");
  assert.equal(first.Messages?.[0]?.Attributes?.ApproximateReceiveCount, "1");
  assert.equal(first.Messages?.[0]?.Attributes?.SenderId, "AIDAEXAMPLEEXAMPLE01");
  assert.deepEqual(await ask("ReceiveMessage", { QueueUrl }), {});
  world.clock.advance(30_000);
  const second = await ask("ReceiveMessage", { QueueUrl, MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  assert.deepEqual(second.Messages?.[0]?.Attributes, { ApproximateReceiveCount: "2" });
  assert.notEqual(second.Messages?.[0]?.ReceiptHandle, first.Messages?.[0]?.ReceiptHandle);
  await ask("DeleteMessage", { QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle });
  assert.deepEqual(await counts(), ["0", "1", "0"]);
  await ask("DeleteMessage", { QueueUrl, ReceiptHandle: second.Messages?.[0]?.ReceiptHandle });
  assert.deepEqual(await counts(), ["0", "0", "0"]);

  async function counts() {
    const { Attributes: all = {} } = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    return [
      all.ApproximateNumberOfMessages,
      all.ApproximateNumberOfMessagesNotVisible,
      all.ApproximateNumberOfMessagesDelayed,
    ];
  }
});

test("a delayed message is counted as such and comes when its delay is over", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("later", { DelaySeconds: "10" });
  await ask("SendMessage", { QueueUrl, MessageBody: "a" });
  await ask("SendMessage", { QueueUrl, MessageBody: "b", DelaySeconds: 2 });
  const before = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["ApproximateNumberOfMessagesDelayed"] });
  assert.deepEqual(before.Attributes, { ApproximateNumberOfMessagesDelayed: "2" });
  world.clock.advance(2_000);
  const got = await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  assert.deepEqual(
    got.Messages?.map(({ Body }) => Body),
    ["b"],
  );
});

test("a long poll ends when a message arrives, when one becomes visible, and when its time is over", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("polled");
  const arriving = ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await ask("SendMessage", { QueueUrl, MessageBody: "now" });
  assert.equal((await arriving).Messages?.[0]?.Body, "now");
  const again = ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 5 });
  world.clock.advance(20_000);
  assert.deepEqual(await again, {});
  const visible = ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  world.clock.advance(10_000);
  assert.equal((await visible).Messages?.[0]?.Body, "now");
});

test("a client that leaves a long poll takes no message with it", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("left");
  const client = new AbortController();
  const left = ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 }, { signal: client.signal });
  client.abort();
  assert.deepEqual(await left, {});
  await ask("SendMessage", { QueueUrl, MessageBody: "stays" });
  const got = await ask("ReceiveMessage", { QueueUrl });
  assert.equal(got.Messages?.[0]?.Body, "stays");
});

test("a message received too often goes to the dead-letter queue, and back with a move task", async () => {
  const { world, ask, queue } = testSqs();
  const dead = await queue("dead");
  const deadLetterTargetArn = "arn:aws:sqs:us-east-1:111122223333:dead";
  const QueueUrl = await queue("source", {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
    VisibilityTimeout: "1",
  });
  await ask("SendMessage", { QueueUrl, MessageBody: "poison" });
  for (let round = 0; round < 2; round += 1) {
    assert.equal((await ask("ReceiveMessage", { QueueUrl })).Messages?.length, 1);
    world.clock.advance(1_000);
  }
  assert.deepEqual(await ask("ReceiveMessage", { QueueUrl }), {});
  assert.deepEqual((await ask("ListDeadLetterSourceQueues", { QueueUrl: dead })).queueUrls, [QueueUrl]);
  const buried = await ask("ReceiveMessage", {
    QueueUrl: dead,
    VisibilityTimeout: 0,
    MessageSystemAttributeNames: ["All"],
  });
  assert.equal(buried.Messages?.[0]?.Attributes?.DeadLetterQueueSourceArn, "arn:aws:sqs:us-east-1:111122223333:source");
  await ask("StartMessageMoveTask", { SourceArn: deadLetterTargetArn });
  assert.equal((await ask("ReceiveMessage", { QueueUrl })).Messages?.[0]?.Body, "poison");
  const tasks = await ask("ListMessageMoveTasks", { SourceArn: deadLetterTargetArn });
  assert.equal(tasks.Results?.[0]?.ApproximateNumberOfMessagesMoved, 1);
});

test("messages, in flight or not, are there after a restart", async () => {
  const world = testWorld();
  const before = testSqs(world);
  const QueueUrl = await before.queue("lasting");
  for (const MessageBody of ["a", "b", "c"]) await before.ask("SendMessage", { QueueUrl, MessageBody });
  const taken = await before.ask("ReceiveMessage", { QueueUrl });
  const after = testSqs(world);
  const rest = await after.ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  assert.deepEqual(
    rest.Messages?.map(({ Body }) => Body),
    ["b", "c"],
  );
  await after.ask("DeleteMessage", { QueueUrl, ReceiptHandle: taken.Messages?.[0]?.ReceiptHandle });
  world.clock.advance(60_000);
  const all = await after.ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  assert.deepEqual(
    all.Messages?.map(({ Body }) => Body),
    ["b", "c"],
  );
});

test("a queue drops what is older than it keeps", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("short", { MessageRetentionPeriod: "60" });
  await ask("SendMessage", { QueueUrl, MessageBody: "old" });
  world.clock.advance(59_000);
  await ask("SendMessage", { QueueUrl, MessageBody: "new" });
  world.clock.advance(2_000);
  const got = await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  assert.deepEqual(
    got.Messages?.map(({ Body }) => Body),
    ["new"],
  );
});

test("a visibility timeout can be changed while a message is in flight, and only then", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("changing");
  await ask("SendMessage", { QueueUrl, MessageBody: "x" });
  const ReceiptHandle = (await ask("ReceiveMessage", { QueueUrl })).Messages?.[0]?.ReceiptHandle;
  await ask("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
  // SQS API Reference, ChangeMessageVisibility: MessageNotInflight.
  await assert.rejects(
    ask("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 9 }),
    refusal("MessageNotInflight"),
  );
  assert.equal((await ask("ReceiveMessage", { QueueUrl })).Messages?.length, 1);
});

test("a purge empties the queue, once a minute", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("purged");
  await ask("SendMessage", { QueueUrl, MessageBody: "x" });
  await ask("PurgeQueue", { QueueUrl });
  assert.deepEqual(await ask("ReceiveMessage", { QueueUrl }), {});
  await assert.rejects(ask("PurgeQueue", { QueueUrl }), refusal("PurgeQueueInProgress"));
});

test("ten thousand messages go in and out without a look at all of them", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("many");
  for (let batch = 0; batch < 1_000; batch += 1) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `m${index}`, MessageBody: `${batch}-${index}` }));
    assert.equal((await ask("SendMessageBatch", { QueueUrl, Entries })).Successful?.length, 10);
  }
  const seen = new Set<string>();
  for (;;) {
    const { Messages: messages = [] } = await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    if (messages.length === 0) break;
    for (const { Body = "" } of messages) seen.add(Body);
    await ask("DeleteMessageBatch", {
      QueueUrl,
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: `d${index}`, ReceiptHandle })),
    });
  }
  assert.equal(seen.size, 10_000);
});
