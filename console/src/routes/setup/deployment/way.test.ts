import assert from "node:assert/strict";
import { test } from "node:test";
import type { Drift, Wiring } from "../../../setup-types.ts";
import { noWay, partOfDrift, wayOf } from "./way.ts";

const status = {
  deliveryError: "",
  notificationError: "",
  lastDeliveryAt: null,
  lastNotificationAt: null,
  lastDigestAt: null,
  stoppedAt: null,
};
const at = (arn: string) => ({ accountId: "111122223333", region: "eu-central-1", arn });
const wiring: Wiring = {
  readAt: "2026-11-20T12:00:00.000Z",
  places: {
    trail: at("arn:aws:cloudtrail:eu-central-1:111122223333:trail/all"),
    bucket: at("arn:aws:s3:::logs"),
    topic: at("arn:aws:sns:eu-central-1:111122223333:notices"),
    queue: at("arn:aws:sqs:eu-central-1:111122223333:notices-queue"),
    subscription: at("arn:aws:sns:eu-central-1:111122223333:notices"),
  },
  values: {
    trail: { isMultiRegion: true, validatesLogFiles: true },
    "trail-logging": true,
    bucket: { hasObjectLock: false },
    topic: true,
    queue: { retentionSeconds: 1 },
    subscription: { isRaw: false },
  },
  unread: [],
  status: null,
};

function drift(about: string): Drift {
  return {
    check: "x",
    about,
    sentence: "",
    loss: "",
    manner: "tell",
    help: "",
    heldBack: null,
    plan: null,
    culprit: null,
  };
}

function states(changed: Partial<Wiring>, drifts: readonly Drift[] = []): string {
  const { stations } = wayOf({ wiring: { ...wiring, ...changed }, drifts: [...drifts] });
  return stations.map(({ state }) => state).join(" ");
}

test("a way that is as agreed is good at every station and between them", () => {
  const way = wayOf({ wiring, drifts: [] });
  assert.equal(states({}), "good good good good");
  assert.deepEqual(
    way.stations.map(({ name }) => name),
    ["all", "logs", "notices", "notices-queue"],
  );
  assert.ok(way.passages.every(({ state }) => state === "good"));
  assert.deepEqual(way.stations[0]?.facts, ["logs", "all regions", "with digests"]);
});

test("a drift stands at the station that it is about", () => {
  assert.equal(states({}, [drift("the bucket logs")]), "good drift good good");
  assert.equal(states({}, [drift("the trail all")]), "drift good good good");
  assert.equal(states({}, [drift("the lifecycle rules of the bucket logs")]), "good drift good good");
  assert.equal(states({}, [drift("the event selectors of the trail queue")]), "drift good good good");
  assert.equal(states({}, [drift("the subscription of the queue a to the topic b")]), "good good good good");
  assert.equal(states({}, [drift("the role of the account")]), "good good good good");
});

test("what was not read is never said to be missing", () => {
  const { topic: _, ...values } = wiring.values;
  assert.equal(states({ values }), "good good missing good");
  const unread = [{ setting: "topic", code: "AccessDenied", sentence: "may not be read" }];
  assert.equal(states({ values, unread }), "good good unread good");
  assert.equal(
    states({ unread: [{ ...unread[0], setting: "bucket-policy", code: "", sentence: "" }] }),
    "good unread good good",
  );
});

test("what the trail says of its deliveries stands between the stations", () => {
  const way = wayOf({
    wiring: { ...wiring, status: { ...status, deliveryError: "AccessDenied" } },
    drifts: [drift("the subscription of the queue")],
  });
  assert.deepEqual(
    way.passages.map(({ state, problem }) => [state, problem]),
    [
      ["bad", "AWS says: AccessDenied"],
      ["good", ""],
      ["bad", "changed"],
    ],
  );
  const { subscription: _, ...values } = wiring.values;
  const unsubscribed = wayOf({ wiring: { ...wiring, values }, drifts: [] }).passages[2];
  assert.deepEqual([unsubscribed?.state, unsubscribed?.problem], ["bad", "not subscribed"]);
});

test("a way that is not laid yet is said to be none, not to be broken", () => {
  const way = wayOf(noWay);
  assert.deepEqual(new Set([...way.stations, ...way.passages].map(({ state }) => state)), new Set(["none"]));
});

test("a drift without a known subject is told by its first change", () => {
  const step = { id: "1", place: at("x"), before: null, after: null, what: "", why: "", cost: "", undo: "" };
  const choice = { kind: "use" as const, trailArn: null, sentence: "" };
  const plan = { id: "p", deployment: "d", madeAt: "", choice, places: {}, notes: [], obstacles: [] };
  assert.equal(partOfDrift({ about: "", plan: { ...plan, steps: [{ ...step, setting: "queue-policy" }] } }), "queue");
  assert.equal(
    partOfDrift({ about: "", plan: { ...plan, steps: [{ ...step, setting: "dead-letter-queue" }] } }),
    "deadLetter",
  );
  assert.equal(partOfDrift({ about: "a new region", plan: null }), undefined);
});
