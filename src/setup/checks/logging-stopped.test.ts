import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { loggingStopped } from "./logging-stopped.ts";

test("a stopped trail is started again, and told since when", () => {
  const stopped = withNow(contextOf(), { "trail-logging": false });
  const { status } = stopped.now;
  assert.ok(status !== undefined);
  const stoppedAt = Date.UTC(2026, 10, 20, 3);
  const [drift] = loggingStopped.find({ ...stopped, now: { ...stopped.now, status: { ...status, stoppedAt } } });
  assert.equal(drift?.sentence, "The trail main was logging and is stopped");
  assert.match(drift.loss, /^Since 2026-11-20T03:00:00.000Z nothing is recorded/);
  assert.equal(drift.manner, "repair");
  assert.deepEqual(drift.culprit, { eventNames: ["StopLogging"], mentions: ["main"] });
  assert.deepEqual(
    drift.steps.map(({ id, before, after }) => ({ id, before, after })),
    [{ id: "trail-logging arn:aws:cloudtrail:us-east-1:111122223333:trail/main", before: false, after: true }],
  );
});

test("a trail that was agreed on as stopped is none", () => {
  const stopped = wiring({ ...goodValues, "trail-logging": false });
  assert.deepEqual(loggingStopped.find(contextOf({ agreed: stopped, now: stopped })), []);
});

test("a trail that is gone is not told as stopped", () => {
  assert.deepEqual(loggingStopped.find(withNow(contextOf(), { trail: undefined, "trail-logging": undefined })), []);
});
