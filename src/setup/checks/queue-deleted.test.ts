import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, withNow } from "./agreed-wiring.fixture.ts";
import { queueDeleted } from "./queue-deleted.ts";

const gone = { queue: undefined, "queue-policy": undefined, "queue-redrive": undefined } as const;

test("the queue is made again with all that it had, and lost notices are replayed", () => {
  const [drift] = queueDeleted.find(withNow(contextOf(), gone));
  assert.deepEqual(
    drift?.steps.map(({ setting, after, isFresh }) => [setting, after, isFresh === true]),
    [
      ["queue", goodValues.queue, false],
      ["queue-redrive", goodValues["queue-redrive"], true],
      ["queue-policy", goodValues["queue-policy"], true],
    ],
  );
  assert.equal(drift?.replays, true);
  assert.match(drift?.help ?? "", /within 60 seconds/);
});

test("what went with it is made again too", () => {
  const [drift] = queueDeleted.find(
    withNow(contextOf(), { ...gone, "dead-letter-queue": undefined, subscription: undefined }),
  );
  assert.deepEqual(
    drift?.steps.map(({ setting }) => setting),
    ["dead-letter-queue", "queue", "queue-redrive", "queue-policy", "subscription"],
  );
});

test("a queue of others that stands there has not been deleted", () => {
  const { agreed } = contextOf();
  assert.deepEqual(queueDeleted.find(contextOf({ agreed: { ...agreed, values: {} } })), []);
});
