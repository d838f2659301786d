import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, places, policy, trailValue, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { topicChanged } from "./topic-changed.ts";

const otherArn = "arn:aws:sns:us-east-1:111122223333:other";

function changedTo(topicArn: string) {
  const base = withNow(contextOf(), { trail: { ...trailValue, topicArn }, subscription: undefined });
  const topic = { ...places.topic, arn: topicArn };
  const there = { ...places, topic, subscription: { ...topic, to: places.queue.arn } };
  return { ...base, now: { ...base.now, places: there } };
}

test("another topic is followed: it may send into our queue, which is subscribed to it", () => {
  const [drift] = topicChanged.find(changedTo(otherArn));
  assert.deepEqual([drift?.follows, drift?.replays, drift?.manner], [true, true, "repair"]);
  const [queuePolicy, subscription] = drift?.steps ?? [];
  assert.match(JSON.stringify(queuePolicy?.after), new RegExp(`\\["${places.topic.arn}","${otherArn}"\\]`));
  assert.deepEqual(subscription?.place, { ...places.topic, arn: otherArn, to: places.queue.arn });
});

test("a queue that hears of the other topic already is left as it is", () => {
  const base = changedTo(otherArn);
  const open = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
  };
  const ready = withNow(base, { "queue-policy": policy(open), subscription: { isRaw: false, filterPolicy: "" } });
  assert.deepEqual(topicChanged.find(ready)[0]?.steps, []);
});

test("no topic any more is turned back", () => {
  const [drift] = topicChanged.find(withNow(contextOf(), { trail: { ...trailValue, topicArn: "" } }));
  assert.equal(drift?.follows, undefined);
  assert.deepEqual(drift?.steps[0]?.after, trailValue);
});

test("a way that was agreed on without a topic needs none", () => {
  const agreed = wiring({ ...wiring().values, trail: { ...trailValue, topicArn: "" } });
  assert.deepEqual(topicChanged.find(contextOf({ agreed })), []);
});
