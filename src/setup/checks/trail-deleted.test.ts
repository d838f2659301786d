import assert from "node:assert/strict";
import { test } from "node:test";
import { agreeOnFollowed } from "./agree-on-followed.ts";
import {
  account,
  afterSteps,
  contextOf,
  goodValues,
  own,
  places,
  trailValue,
  trailView,
  withNow,
} from "./agreed-wiring.fixture.ts";
import type { TrailView } from "../account/account.ts";
import { trailsIn } from "../account/unseen-regions.ts";
import type { CheckContext } from "./check.ts";
import { findDrifts } from "./find-drifts.ts";
import { trailDeleted } from "./trail-deleted.ts";

const otherArn = `arn:aws:cloudtrail:eu-west-1:${own}:trail/other`;

function deleted(...others: readonly TrailView[]): CheckContext {
  const gone = {
    trail: undefined,
    "trail-logging": undefined,
    "trail-selectors": undefined,
    "trail-insights": undefined,
  };
  return { ...withNow(contextOf(), gone), account: { ...account, trails: others } };
}

test("without another, the trail is made again as it was, and started last", () => {
  const [drift] = trailDeleted.find(deleted());
  assert.deepEqual(
    drift?.steps.map(({ setting, after, isFresh }) => [setting, after, isFresh === true]),
    [
      ["trail", trailValue, false],
      ["trail-selectors", goodValues["trail-selectors"], true],
      ["trail-insights", goodValues["trail-insights"], true],
      ["trail-logging", true, true],
    ],
  );
  assert.equal(drift?.follows, undefined);
  assert.match(drift?.steps[0]?.cost ?? "", /^Nothing for the first copy/);
});

test("another trail of the same bucket and topic is followed by itself", () => {
  const context = deleted(trailView(otherArn));
  const [drift] = trailDeleted.find(context);
  assert.deepEqual([drift?.manner, drift?.follows, drift?.trailArn], ["repair", true, otherArn]);
  assert.deepEqual(
    drift?.steps.map(({ setting }) => setting),
    ["topic-policy"],
  );
  assert.match(JSON.stringify(drift?.steps[0]?.after), /trail\/main.*trail\/other/);
});

test("one with a topic of its own is heard there", () => {
  const topicArn = `arn:aws:sns:eu-west-1:${own}:theirs`;
  const [drift] = trailDeleted.find(deleted(trailView(otherArn, { topicArn })));
  const [queuePolicy, subscription] = drift?.steps ?? [];
  assert.equal(queuePolicy?.setting, "queue-policy");
  assert.deepEqual(subscription?.place, { accountId: own, region: "eu-west-1", arn: topicArn, to: places.queue.arn });
  assert.equal(drift?.steps.length, 2);
});

test("one without a topic, or with another bucket, is changed or used only with a person's yes", () => {
  const [silent] = trailDeleted.find(deleted(trailView(otherArn, { topicArn: "" })));
  assert.equal(silent?.manner, "propose");
  const change = silent.steps.find(({ setting }) => setting === "trail");
  assert.deepEqual([change?.place.arn, change?.before], [otherArn, { ...trailValue, topicArn: "" }]);
  assert.deepEqual(change?.after, trailValue);
  const [elsewhere] = trailDeleted.find(deleted(trailView(otherArn, { bucket: "theirs" })));
  assert.equal(elsewhere?.manner, "propose");
});

for (const [what, other] of [
  ["is stopped", trailView(otherArn, {}, { isLogging: false })],
  ["cannot deliver", trailView(otherArn, {}, { deliveryError: "AccessDenied" })],
  ["records one region", trailView(otherArn, { isMultiRegion: false })],
  ["is no organization's", trailView(otherArn, { isOrganization: false })],
  ["records less", trailView(otherArn, {}, { selectors: { basic: [{ ReadWriteType: "WriteOnly" }] } })],
  ["may not be looked at", trailView(otherArn, {}, { selectors: undefined })],
] as const) {
  test(`another trail is not taken for as good when it ${what}`, () => {
    const [drift] = trailDeleted.find(deleted(other));
    assert.equal(drift?.trailArn, undefined);
    assert.equal(drift?.steps[0]?.setting, "trail");
  });
}

test("the way is as it should be once the other trail is agreed on", () => {
  const context = deleted(trailView(otherArn));
  const [drift] = findDrifts(context);
  assert.ok(drift !== undefined);
  const done = afterSteps(context, drift.steps);
  const trail = { accountId: own, region: "eu-west-1", arn: otherArn };
  const moved = withNow(
    { ...done, now: { ...done.now, places: { ...done.now.places, trail } } },
    { trail: trailValue, "trail-logging": true, "trail-selectors": goodValues["trail-selectors"] },
  );
  const agreed = agreeOnFollowed(context.agreed, moved.now, drift);
  assert.equal(agreed.places.trail?.arn, otherArn);
  assert.deepEqual(findDrifts({ ...moved, agreed }), []);
});

test("while other regions' trails may not be seen, it is not made again by itself: one there would be paid for twice", () => {
  const sentence = "The trails of us-east-1 cannot be read: Rate exceeded";
  const unread = [{ what: trailsIn("us-east-1"), code: "ThrottlingException", sentence }];
  const context = deleted();
  const [drift] = trailDeleted.find({
    ...context,
    account: { ...context.account, regions: ["eu-west-1", "us-east-1"], unread },
  });
  assert.equal(drift?.manner, "propose");
  assert.match(drift?.steps[0]?.cost ?? "", /us-east-1 could not be seen.*charged/);
});
