import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeEventId } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { Engine } from "../engine/engine.ts";
import { arrivalsTable, judgedTable, settingsTable } from "../schema.ts";
import { began, minute, openArrivalPlace, type Part } from "./arrivals.fixture.ts";

const all = { predicate: { kind: "all" } } as const;

/** Says something to the engine of a store that is closed. */
async function runOn(folder: string, ...statements: string[]): Promise<void> {
  await using engine = await Engine.open({ directory: join(folder, "data", "events"), setUp: [] });
  for (const statement of statements) await engine.execute(statement);
}

test("when the engine is killed between acknowledging and marking, everything is told again and nothing is lost", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openArrivalPlace(folder.path);
  const kill = () => process.kill(place.store.engineProcessId ?? 0, "SIGKILL");
  await place.bring({ logFile: 1n, numbers: [1] }, { logFile: 2n, numbers: [2] });
  const waiting = await place.arrivals.waiting(9);
  kill();
  await assert.rejects(place.arrivals.markJudged(waiting));
  assert.deepEqual(await place.waitingIds(), [1, 2]);
  await place.arrivals.markJudged(waiting.slice(1));
  kill();
  await assert.rejects(place.acknowledge({ logFile: 3n, numbers: [] }, { logFile: 1n, numbers: [1] }));
  await place.bring({ logFile: 3n, numbers: [3] });
  assert.deepEqual(await place.waitingIds(), [1, 3]);
  await place.arrivals.markJudged(await place.arrivals.waiting(9));
  assert.deepEqual(await place.waitingIds(), []);
});

test("what was stored and never acknowledged is told after a restart, and again with the rest of its file", async () => {
  using folder = makeTemporaryFolder();
  const torn: Part = { logFile: 7n, numbers: [1, 2, 3] };
  {
    await using place = await openArrivalPlace(folder.path);
    await place.bring({ logFile: 1n, numbers: [50] });
    await place.arrivals.markJudged(await place.arrivals.waiting(9));
    // Killed here.
    await place.write({ ...torn, numbers: [1, 3] });
    assert.deepEqual(await place.waitingIds(), []);
  }
  {
    await using place = await openArrivalPlace(folder.path);
    const [found, ...others] = await place.arrivals.waiting(9);
    assert.ok(found);
    assert.deepEqual(
      [found.id, found.events, found.firstAt, found.lastAt, others],
      [7n, 2, began + minute, began + 3 * minute, []],
    );
    await place.arrivals.markJudged([found]);
    await place.bring(torn);
    assert.deepEqual(
      (await place.arrivals.waiting(9)).map(({ number, events }) => [number, events]),
      [[3, 3]],
    );
  }
  await using place = await openArrivalPlace(folder.path);
  assert.deepEqual(await place.waitingIds(), [7]);
});

test("events of a reading that was killed are told although their file has changed since", async () => {
  using folder = makeTemporaryFolder();
  const name = "/logs/growing.json";
  {
    await using place = await openArrivalPlace(folder.path);
    await place.write({ logFile: 1n, numbers: [1, 2], name });
  }
  await using place = await openArrivalPlace(folder.path);
  await place.bring({ logFile: 2n, numbers: [1, 2, 3], name });
  const waiting = await place.arrivals.waiting(9);
  const events = await place.records(waiting, all);
  assert.deepEqual(
    events.map(({ id }) => id),
    [1, 2, 3].map(makeEventId),
  );
});

test("in a data folder from before there were arrivals, all waits, those that were read first at the head", async () => {
  using folder = makeTemporaryFolder();
  const name = "/logs/growing.json";
  {
    await using place = await openArrivalPlace(folder.path);
    await place.bring({ logFile: 9n, numbers: [1, 2], readAt: began - minute });
    await place.bring({ logFile: 5n, numbers: [3], name, readAt: began - 3 * minute });
    await place.bring({ logFile: 4n, numbers: [3, 4], name, readAt: began - 2 * minute });
    await place.bring({ logFile: 3n, numbers: [] });
    await place.arrivals.markAll();
  }
  await runOn(
    folder.path,
    `DROP TABLE ${arrivalsTable}`,
    `DROP TABLE ${judgedTable}`,
    `OPTIMIZE TABLE trailwarden.log_files FINAL`,
    `TRUNCATE TABLE ${settingsTable}`,
  );
  await using place = await openArrivalPlace(folder.path);
  const waiting = await place.arrivals.waiting(9);
  // Of a file that was replaced, only its events tell.
  assert.deepEqual(
    waiting.map(({ number, id, source, kind, events }) => [number, id, source, kind, events]),
    [
      [1, 4n, "bucket", "records", 1],
      [2, 9n, "bucket", "records", 2],
      [3, 5n, "", "", 1],
    ],
  );
  assert.deepEqual(await place.arrivals.countWaiting(), { logFiles: 3, events: 4 });
  await place.arrivals.markJudged(waiting);
  await place.bring({ logFile: 10n, numbers: [10] });
  assert.deepEqual(await place.waitingIds(), [10]);
});

test("thousands of files are told, read in portions in the order of time, and marked in any order", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openArrivalPlace(folder.path);
  const count = 4_000;
  // Ids that have nothing to do with time; each file has two events that are far apart.
  const parts = Array.from({ length: count }, (_, index): Part => ({
    logFile: BigInt((index * 7_919) % count) + 1n,
    numbers: [index, index + count],
  }));
  await place.bring(...parts);
  const waiting = await place.arrivals.waiting(count + 1);
  assert.deepEqual(
    waiting.map(({ id }) => id),
    parts.map(({ logFile }) => logFile),
  );
  const seen = new Set<string>();
  let [last, turns] = [0, 0];
  for (const { id, time } of await place.records(waiting, all)) {
    seen.add(id);
    if (time < last) turns++;
    last = time;
  }
  assert.deepEqual([seen.size, turns], [2 * count, 2]);
  const some = new Set(waiting.filter(({ number }) => number % 3 === 0));
  await place.arrivals.markJudged([...some].toReversed());
  const left = waiting.filter((file) => !some.has(file));
  assert.deepEqual(await place.arrivals.waiting(count), left);
  assert.equal((await place.arrivals.countWaiting()).logFiles, left.length);
  await place.arrivals.markJudged(left.slice(1_000));
  await place.arrivals.markJudged(left.slice(0, 999));
  assert.deepEqual(await place.arrivals.waiting(9), left.slice(999, 1_000));
});

test("who stops reading in the middle lets the engine go, and who gives up is heard", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openArrivalPlace(folder.path);
  await place.bring({ logFile: 1n, numbers: Array.from({ length: 2_000 }, (_, index) => index) });
  const waiting = await place.arrivals.waiting(9);
  // More often than there are readers.
  for (let times = 0; times < 7; times++) {
    for await (const [first] of place.arrivals.records(waiting, all)) {
      assert.equal(first?.id, makeEventId(0));
      break;
    }
  }
  assert.equal((await place.records(waiting, all)).length, 2_000);
  await assert.rejects(place.records(waiting, all, AbortSignal.abort()));
});
