import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, own, places, policy, withNow } from "./agreed-wiring.fixture.ts";
import { topicPolicyChanged } from "./topic-policy-changed.ts";

const was = goodValues["topic-policy"];
const statements = was["Statement"] as readonly Readonly<Record<string, unknown>>[];

function find(...now: readonly object[]) {
  return topicPolicyChanged.find(withNow(contextOf(), { "topic-policy": policy(...now) }));
}

test("the topic's policy gets what it lacks, and keeps what it has", () => {
  const mine = {
    Sid: "Mine",
    Effect: "Allow",
    Principal: { AWS: own },
    Action: "SNS:Subscribe",
    Resource: places.topic.arn,
  };
  const [drift] = find(mine);
  assert.equal(drift?.manner, "repair");
  assert.equal(drift.replays, true);
  assert.deepEqual(drift.steps[0]?.after, policy(mine, ...statements));
});

test("a statement that was narrowed to another trail gets ours beside it", () => {
  const other = "arn:aws:cloudtrail:us-east-1:111122223333:trail/other";
  const [drift] = find({ ...statements[0], Condition: { StringEquals: { "aws:SourceArn": other } } });
  const both = { ...statements[0], Condition: { StringEquals: { "aws:SourceArn": [other, places.trail.arn] } } };
  assert.deepEqual(drift?.steps[0]?.after, policy(both));
});

test("another way of saying the same is no drift, nor is a topic that is gone", () => {
  assert.deepEqual(find({ ...statements[0], Sid: "Renamed", Action: ["sns:*"] }), []);
  assert.deepEqual(topicPolicyChanged.find(withNow(contextOf(), { topic: undefined, "topic-policy": undefined })), []);
});
