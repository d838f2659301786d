import assert from "node:assert/strict";
import { test } from "node:test";
import { testWorld } from "../call.fixture.ts";
import { refusal, testSqs } from "./sqs.fixture.ts";

const fifo = { FifoQueue: "true", ContentBasedDeduplication: "true", VisibilityTimeout: "10" };

test("a group's messages come in order, and none while one of the group is in flight", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("orders.fifo", fifo);
  for (const [MessageGroupId, MessageBody] of [
    ["a", "a1"],
    ["a", "a2"],
    ["b", "b1"],
    ["a", "a3"],
  ] as const) {
    await ask("SendMessage", { QueueUrl, MessageGroupId, MessageBody });
  }
  const take = async (MaxNumberOfMessages: number) =>
    (await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages })).Messages ?? [];
  const first = await take(2);
  assert.deepEqual(
    first.map(({ Body }) => Body),
    ["a1", "a2"],
  );
  assert.deepEqual(
    (await take(10)).map(({ Body }) => Body),
    ["b1"],
  );
  assert.deepEqual(await take(10), []);
  await ask("DeleteMessage", { QueueUrl, ReceiptHandle: first[0]?.ReceiptHandle });
  assert.deepEqual(await take(10), []);
  world.clock.advance(10_000);
  assert.deepEqual(new Set((await take(10)).map(({ Body }) => Body)), new Set(["b1", "a2", "a3"]));
});

test("the same content within five minutes is one message, also over a restart", async () => {
  const world = testWorld();
  const { ask, queue } = testSqs(world);
  const QueueUrl = await queue("once.fifo", fifo);
  const message = { QueueUrl, MessageGroupId: "g", MessageBody: "same" };
  const first = await ask("SendMessage", message);
  const again = await testSqs(world).ask("SendMessage", message);
  assert.equal(again.MessageId, first.MessageId);
  assert.equal(again.SequenceNumber, first.SequenceNumber);
  world.clock.advance(5 * 60_000 + 1);
  const later = await ask("SendMessage", message);
  assert.notEqual(later.MessageId, first.MessageId);
});

test("an expired receipt handle of a FIFO queue is refused", async () => {
  const { world, ask, queue } = testSqs();
  const QueueUrl = await queue("expired.fifo", fifo);
  await ask("SendMessage", { QueueUrl, MessageGroupId: "g", MessageBody: "x" });
  const ReceiptHandle = (await ask("ReceiveMessage", { QueueUrl })).Messages?.[0]?.ReceiptHandle;
  world.clock.advance(10_000);
  // SQS API Reference, DeleteMessage: the receipt handle has expired.
  await assert.rejects(ask("DeleteMessage", { QueueUrl, ReceiptHandle }), refusal("InvalidParameterValue"));
});

for (const [what, code, input] of [
  ["without a group", "MissingParameter", { MessageBody: "x" }],
  ["with a delay of its own", "InvalidParameterValue", { MessageBody: "x", MessageGroupId: "g", DelaySeconds: 1 }],
  ["with a group that has a blank in it", "InvalidParameterValue", { MessageBody: "x", MessageGroupId: "a b" }],
] as const) {
  test(`a FIFO queue refuses a message ${what} (SQS API Reference, SendMessage)`, async () => {
    const { ask, queue } = testSqs();
    const QueueUrl = await queue("strict.fifo", fifo);
    await assert.rejects(ask("SendMessage", { QueueUrl, ...input }), refusal(code));
  });
}
