import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, places, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { topicDeleted } from "./topic-deleted.ts";

const gone = { topic: undefined, "topic-policy": undefined, "topic-key": undefined } as const;

test("the topic is made again with its key and policy, then the subscription that went with it", () => {
  const [drift] = topicDeleted.find(withNow(contextOf(), { ...gone, subscription: undefined }));
  assert.deepEqual(
    drift?.steps.map(({ setting, after, isFresh }) => [setting, after, isFresh === true]),
    [
      ["topic", true, false],
      ["topic-key", "alias/notices", true],
      ["topic-policy", goodValues["topic-policy"], true],
      ["subscription", goodValues.subscription, false],
    ],
  );
  assert.equal(drift?.replays, true);
});

test("a subscription that is still there is not made again", () => {
  const [drift] = topicDeleted.find(withNow(contextOf(), gone));
  assert.deepEqual(
    drift?.steps.map(({ setting }) => setting),
    ["topic", "topic-key", "topic-policy"],
  );
});

test("a topic that the trail does not name any more is not made again", () => {
  const moved = withNow(contextOf(), { ...gone, trail: { ...trailValue, topicArn: `${places.topic.arn}-2` } });
  assert.deepEqual(topicDeleted.find(moved), []);
});
