import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeEventId } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import type { Predicate } from "../../predicate/index.ts";
import type { StoredRecord } from "../index.ts";
import { began, minute, openArrivalPlace, type ArrivalPlace, type Part } from "./arrivals.fixture.ts";

const all = { predicate: { kind: "all" } } as const;
/** One store for all tests that do not start anew. */
let shared: ArrivalPlace;
let sharedFolder: TemporaryFolder;
before(async () => {
  sharedFolder = makeTemporaryFolder();
  shared = await openArrivalPlace(sharedFolder.path);
});
after(async () => {
  await shared[Symbol.asyncDispose]();
  sharedFolder[Symbol.dispose]();
});

let tests = 0;

/** The shared store with nothing waiting, and an account and numbers of log files that no other test has. */
async function ownPlace() {
  const firstFile = 10_000n * BigInt(tests++);
  const recipientAccountId = String(111_122_223_333 + tests);
  await shared.arrivals.markAll();
  return {
    arrivals: shared.arrivals,
    records: (...ask: Parameters<ArrivalPlace["records"]>) => shared.records(...ask),
    bring: (...parts: Part[]) =>
      shared.bring(
        ...parts.map((part) => ({
          ...part,
          logFile: firstFile + part.logFile,
          fields: { recipientAccountId, ...part.fields },
        })),
      ),
    waitingIds: async (limit?: number) => (await shared.waitingIds(limit)).map((id) => id - Number(firstFile)),
  };
}

const idsOf = (records: readonly StoredRecord[]) => records.map(({ id }) => id);

test("log files wait in the order in which they were acknowledged, until each is marked", async () => {
  const place = await ownPlace();
  assert.deepEqual(await place.arrivals.waiting(9), []);
  await place.bring({ logFile: 9n, numbers: [1, 2], readAt: began + 5 }, { logFile: 3n, numbers: [7] });
  await place.bring({ logFile: 1n, numbers: [4], readAt: began - 9 * minute });
  const waiting = await place.arrivals.waiting(9);
  assert.deepEqual(waiting[0], {
    number: 1,
    id: 9n,
    source: "bucket",
    kind: "records",
    events: 2,
    firstAt: began + minute,
    lastAt: began + 2 * minute,
    readAt: began + 5,
  });
  assert.deepEqual(await place.waitingIds(), [9, 3, 1]);
  assert.deepEqual(await place.waitingIds(2), [9, 3]);
  assert.deepEqual(await place.arrivals.countWaiting(), { logFiles: 3, events: 4 });
  await place.arrivals.markJudged(waiting.slice(1, 2));
  assert.deepEqual(await place.waitingIds(), [9, 1]);
  await place.arrivals.markJudged(waiting.slice(0, 2));
  await place.arrivals.markJudged(waiting.slice(0, 2));
  assert.deepEqual(await place.waitingIds(), [1]);
  assert.deepEqual(await place.arrivals.countWaiting(), { logFiles: 1, events: 1 });
  await place.arrivals.markJudged(waiting);
  assert.deepEqual(await place.waitingIds(), []);
  assert.deepEqual(await place.arrivals.countWaiting(), { logFiles: 0, events: 0 });
});

test("a log file that brought nothing new is never told", async () => {
  const place = await ownPlace();
  await place.bring({ logFile: 1n, numbers: [1, 2] });
  await place.bring({ logFile: 2n, numbers: [1, 2] }, { logFile: 3n, numbers: [] });
  assert.deepEqual(await place.waitingIds(), [1]);
});

test("what waits and what is marked lasts, and numbers go on after a restart", async () => {
  using folder = makeTemporaryFolder();
  {
    await using place = await openArrivalPlace(folder.path);
    await place.bring({ logFile: 1n, numbers: [1] }, { logFile: 2n, numbers: [2] }, { logFile: 3n, numbers: [3] });
    const [first, , third] = await place.arrivals.waiting(9);
    assert.ok(first && third);
    await place.arrivals.markJudged([first]);
    await place.arrivals.markJudged([third]);
  }
  {
    await using place = await openArrivalPlace(folder.path);
    assert.deepEqual(await place.waitingIds(), [2]);
    await place.arrivals.markJudged(await place.arrivals.waiting(9));
  }
  await using place = await openArrivalPlace(folder.path);
  assert.deepEqual(await place.waitingIds(), []);
  await place.bring({ logFile: 4n, numbers: [4] });
  assert.deepEqual(
    (await place.arrivals.waiting(9)).map(({ number, id }) => [number, id]),
    [[4, 4n]],
  );
});

test("a file that was replaced before it was judged is still told, and so is its newer reading", async () => {
  const place = await ownPlace();
  const name = "/logs/growing.json";
  await place.bring({ logFile: 1n, numbers: [1, 2], name });
  await place.bring({ logFile: 2n, numbers: [1, 2, 3], name });
  const waiting = await place.arrivals.waiting(9);
  const events = await place.records(waiting, all);
  assert.deepEqual(idsOf(events), [1, 2, 3].map(makeEventId));
});

test("a file that is acknowledged again after it was judged is told again with all of its events", async () => {
  const place = await ownPlace();
  await place.bring({ logFile: 1n, numbers: [1] });
  const [once] = await place.arrivals.waiting(9);
  assert.ok(once);
  await place.arrivals.markJudged([once]);
  await place.bring({ logFile: 1n, numbers: [1, 2] });
  const [again, ...others] = await place.arrivals.waiting(9);
  assert.ok(again);
  assert.deepEqual([again.number, again.events, others], [once.number + 1, 2, []]);
  assert.deepEqual(idsOf(await place.records([again], all)), [1, 2].map(makeEventId));
});

test("all that waits can be marked at once, and what comes later waits", async () => {
  const place = await ownPlace();
  assert.equal(await place.arrivals.markAll(), 0);
  await place.bring({ logFile: 1n, numbers: [1] }, { logFile: 2n, numbers: [2] });
  assert.equal(await place.arrivals.markAll(), 2);
  await place.bring({ logFile: 3n, numbers: [3] });
  assert.deepEqual(await place.waitingIds(), [3]);
});

test("events are those that the files brought first, by time, of a condition", async () => {
  const place = await ownPlace();
  await place.bring({ logFile: 1n, numbers: [5, 3, 1], fields: { eventName: "AssumeRole" } });
  await place.bring({ logFile: 2n, numbers: [4, 3, 2, 5_000] });
  await place.bring({ logFile: 3n, numbers: [6] });
  const [first, second] = await place.arrivals.waiting(9);
  assert.ok(first && second);
  const told = async (...ask: Parameters<typeof place.records>) => idsOf(await place.records(...ask));
  assert.deepEqual(await told([second, first], all), [1, 2, 3, 4, 5, 5_000].map(makeEventId));
  assert.deepEqual(await told([second], all), [2, 4, 5_000].map(makeEventId));
  assert.deepEqual(await told([], all), []);
  const named = { kind: "field", path: ["eventName"], test: { op: "equals", values: ["assumerole"], cased: false } };
  assert.deepEqual(await told([first, second], { predicate: named as Predicate }), [1, 3, 5].map(makeEventId));
});

test("files that lie far apart are found in one portion, and nothing that lies between them", async () => {
  const place = await ownPlace();
  const days = Array.from({ length: 150 }, (_, index) => index * 1_440);
  await place.bring(...days.map((at, index) => ({ logFile: BigInt(index + 1), numbers: [at, at + (index % 7)] })));
  await place.bring({ logFile: 1_000n, numbers: days.map((at) => at + 700) });
  const waiting = (await place.arrivals.waiting(150)).toReversed();
  const events = await place.records(waiting, all);
  const expected = days.flatMap((at, index) => (index % 7 === 0 ? [at] : [at, at + (index % 7)]));
  assert.deepEqual(idsOf(events), expected.map(makeEventId));
});

test("the values of a field are told once, without empty ones", async () => {
  const place = await ownPlace();
  await place.bring(
    { logFile: 1n, numbers: [1, 2], fields: { sourceIPAddress: "192.0.2.1" } },
    { logFile: 2n, numbers: [3], fields: { sourceIPAddress: "" } },
    { logFile: 3n, numbers: [4], fields: { sourceIPAddress: "192.0.2.1" } },
    {
      logFile: 4n,
      numbers: [5],
      fields: { sourceIPAddress: "2001:db8::1", resources: [{ ARN: "arn:a" }, { ARN: "arn:b" }] },
    },
  );
  const waiting = await place.arrivals.waiting(9);
  const told = async (path: readonly string[], from = 0) =>
    (await place.arrivals.distinct(waiting.slice(from), path)).toSorted();
  assert.deepEqual(await told(["sourceIPAddress"]), ["192.0.2.1", "2001:db8::1"]);
  assert.deepEqual(await told(["sourceIPAddress"], 3), ["2001:db8::1"]);
  assert.deepEqual(await told(["resources", "ARN"]), ["arn:a", "arn:b"]);
});

test("a record tells whether it fulfils a second condition", async () => {
  const place = await ownPlace();
  await place.bring({ logFile: 1n, numbers: [1, 2, 3] });
  const waiting = await place.arrivals.waiting(9);
  const at = began + 2 * minute;
  const mark: Predicate = { kind: "field", path: ["eventTime"], test: { op: "compare-time", by: ">=", at } };
  const marks = async (ask: Parameters<typeof place.records>[1]) =>
    (await place.records(waiting, ask)).map(({ isMarked }) => isMarked);
  assert.deepEqual(await marks({ ...all, mark }), [false, true, true]);
  assert.deepEqual(await marks(all), [true, true, true]);
});

test("it is known whether anything was ever judged, also after a restart", async () => {
  using folder = makeTemporaryFolder();
  {
    await using place = await openArrivalPlace(folder.path);
    assert.equal(place.arrivals.isAnyJudged(), false);
    await place.bring({ logFile: 1n, numbers: [1] }, { logFile: 2n, numbers: [2] });
    assert.equal(place.arrivals.isAnyJudged(), false);
    // Of two that wait the later one alone.
    await place.arrivals.markJudged((await place.arrivals.waiting(9)).slice(1));
    assert.equal(place.arrivals.isAnyJudged(), true);
  }
  await using place = await openArrivalPlace(folder.path);
  assert.equal(place.arrivals.isAnyJudged(), true);
});
