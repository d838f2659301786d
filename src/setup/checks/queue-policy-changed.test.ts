import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, own, places, policy, withNow } from "./agreed-wiring.fixture.ts";
import { queuePolicyChanged } from "./queue-policy-changed.ts";

const was = goodValues["queue-policy"];
const statements = was["Statement"] as readonly Readonly<Record<string, unknown>>[];

function find(...now: readonly object[]) {
  return queuePolicyChanged.find(withNow(contextOf(), { "queue-policy": policy(...now) }));
}

test("the queue's policy gets what it lacks, and keeps what it has", () => {
  const mine = { Sid: "Mine", Effect: "Allow", Principal: { AWS: own }, Action: "sqs:*", Resource: places.queue.arn };
  const [drift] = find(mine);
  assert.equal(drift?.manner, "repair");
  assert.equal(drift.replays, true);
  assert.deepEqual(drift.steps[0]?.after, policy(mine, ...statements));
});

test("a Deny is told, not worked around", () => {
  const deny = { Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
  const [drift] = find(...statements, deny);
  assert.equal(drift?.manner, "tell");
  assert.match(drift.sentence, /as one of its statements denies it$/);
});

test("an older way of writing it is no drift", () => {
  const old = { Effect: "Allow", Principal: "*", Action: "SQS:SendMessage", Resource: places.queue.arn };
  assert.deepEqual(find({ ...old, Condition: { ArnLike: { "aws:SourceArn": places.topic.arn } } }), []);
});
