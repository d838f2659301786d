import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { type Clock } from "../../src/base/clock.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { playCompany, playStory, stories, type TruthLine } from "../../src/sandbox/stories/index.ts";
import { skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { RealShapes } from "./like-real.fixture.ts";
import { openRecording, type Recording } from "./open-recording.fixture.ts";
import { realRecords } from "./real-records.fixture.ts";
import { type SeenCall, watchCalls } from "./watch-calls.fixture.ts";

let recording: Recording;
let seen: ReadonlyMap<string, SeenCall>;
let made: readonly CloudTrailRecord[];
let delivered: readonly CloudTrailRecord[];
const truths = new Map<string, readonly TruthLine[]>();
const brokenScenes: unknown[] = [];

before(async () => {
  recording = await openRecording("recording");
  seen = watchCalls(recording.opened.sandbox);
  for (const story of stories) truths.set(story.name, await playStory(story, recording.stage));
  await playAnHour();
  made = parsed(await recording.journal());
  await recording.opened.sandbox.delivery.deliverNow();
  delivered = await recording.delivered();
});

after(() => recording[Symbol.asyncDispose]());

/** An hour of the quiet company, which goes on until it is told to end. */
async function playAnHour(): Promise<void> {
  const { stage } = recording;
  const end = stage.clock.now() + 60 * 60 * 1000;
  const stop = new AbortController();
  const clock: Clock = {
    now: () => stage.clock.now(),
    async waitUntil(at, signal) {
      if (at > end) stop.abort();
      await stage.clock.waitUntil(Math.min(at, end), signal);
    },
  };
  const { signal } = stop;
  await playCompany({ ...stage, clock, signal, onBrokenScene: (...broken) => brokenScenes.push(broken) });
}

test("an hour of the company goes by without a broken scene, and nothing went wrong within", () => {
  assert.deepEqual(brokenScenes, []);
  assert.deepEqual(recording.opened.troubles, []);
});

for (const story of stories) {
  test(`${story.name}: every matter is in the delivered records under its id, by the name it was said to have`, () => {
    const truth = truths.get(story.name) ?? [];
    for (const { requestId, eventId, eventSource, eventName } of truth) {
      const found = delivered.filter((record) =>
        requestId === undefined ? record.eventID === eventId : record.requestID === requestId,
      );
      assert.ok(
        found.some((record) => record.eventSource === eventSource && record.eventName === eventName),
        `${eventSource} ${eventName} ${requestId ?? eventId}`,
      );
    }
    const occurring = new Set(truth.map(({ eventName, why }) => `${eventName} ${why}`));
    for (const { eventName, why } of story.expected()) assert.ok(occurring.has(`${eventName} ${why}`), eventName);
  });
}

test("every call that a service saw is recorded, in each account once", async () => {
  const calls = [...seen];
  const byRequest = Map.groupBy(parsed(await recording.journal()), ({ requestID }) => requestID);
  for (const [requestId, { service, operation, isFromService }] of calls) {
    // Deliveries go on while the records are read.
    if (isFromService) continue;
    const records = byRequest.get(requestId) ?? [];
    assert.ok(records.length > 0, `${service} ${operation}`);
    const named = records.map(({ eventName, recipientAccountId, resources }) =>
      JSON.stringify([eventName, recipientAccountId, resources]),
    );
    assert.equal(new Set(named).size, named.length, `${service} ${operation}`);
  }
});

test("every record of the journal that a trail selects is delivered, exactly once", () => {
  const ids = delivered.map(({ eventID }) => eventID);
  assert.equal(new Set(ids).size, ids.length);
  const arrived = new Set(ids);
  const begun = new Map<string, number>();
  for (const [place, { eventName, recipientAccountId = "" }] of made.entries()) {
    if (eventName === "StartLogging" && !begun.has(recipientAccountId)) begun.set(recipientAccountId, place);
  }
  const missing = made.filter(
    (record, place) =>
      place > (begun.get(record.recipientAccountId ?? "") ?? Infinity) &&
      !arrived.has(record.eventID) &&
      // What is not there has no owner and no kind that a trail could ask for.
      !(record.eventCategory === "Data" && record.errorCode === "NoSuchBucket"),
  );
  assert.deepEqual(
    missing.map(({ eventName, recipientAccountId }) => `${eventName} ${recipientAccountId}`),
    [],
  );
  assert.equal(begun.size, 4);
});

test(
  "at least 95 of 100 records of the stories have the field shapes of AWS's records of the same calls",
  { skip: skipWithoutSharedData },
  async (t) => {
    const real = new RealShapes(realRecords());
    const differences = new Map<string, number>();
    const without = new Map<string, number>();
    let [alike, strictly, compared] = [0, 0, 0];
    for (const record of made) {
      const verdict = await real.judge(record, seen);
      const name = `${record.eventSource} ${record.eventName}`;
      if (verdict.kind === "without-real-records") {
        count(without, name);
        continue;
      }
      compared += 1;
      if (real.isStrictlyAlike(record)) strictly += 1;
      if (verdict.kind === "alike") alike += 1;
      else count(differences, `${name} ${record.errorCode ?? ""} ${verdict.paths.join(" ")}`);
    }
    t.diagnostic(`${alike} of ${compared} records are alike (${share(alike, compared)})`);
    t.diagnostic(`${strictly} are so without leave for what callers choose (${share(strictly, compared)})`);
    t.diagnostic(`${made.length - compared} of ${made.length} records are of kinds that no real record shows`);
    for (const [difference, times] of differences) t.diagnostic(`differs: ${times} ${difference}`);
    t.diagnostic(`no real record: ${[...without].map(([name, times]) => `${times} ${name}`).join(", ")}`);
    assert.ok(made.length > 500 && compared > made.length / 2);
    assert.ok(alike / compared >= 0.95, share(alike, compared));
  },
);

function parsed(lines: readonly string[]): readonly CloudTrailRecord[] {
  return lines.map((line) => JSON.parse(line) as CloudTrailRecord);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
