import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { Engine } from "../engine/engine.ts";
import { parseRows } from "../rows.ts";
import { arrivalsAtOnce, arrivalsTable, eventsTable, judgedTable, settingsTable, setUpStatements } from "../schema.ts";
import { adoptStored, dropJudged } from "./adopt-stored.ts";
import { MarkedArrivals } from "./marked-arrivals.ts";

const day = 86_400;

/** The engine alone, whose rows may be of any time. */
async function openPlace(folder: string) {
  const engine = await Engine.open({ directory: folder, setUp: setUpStatements });
  const ask = async (sql: string) => parseRows<unknown[]>(await engine.query(sql, { format: "JSONCompactEachRow" }));
  return {
    engine,
    ask,
    /** An event of a log file that was stored so many seconds ago. */
    store: (logFile: number, secondsAgo: number) =>
      engine.execute(
        `INSERT INTO ${eventsTable} (event_time, event_id, log_file, ingested_at) VALUES (now64(3), generateUUIDv4(), ${logFile}, now() - ${secondsAgo})`,
      ),
    arrived: async () =>
      (await ask(`SELECT toUInt32(number), toUInt32(log_file) FROM ${arrivalsTable} ORDER BY number`)) as number[][],
    knownUntil: (secondsAgo: number) =>
      engine.execute(
        `INSERT INTO ${settingsTable} VALUES ('arrivals-known-until', toString(toUnixTimestamp(now()) - ${secondsAgo}), now64(3, 'UTC'))`,
      ),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

test("what is just being written is left to whoever will acknowledge it", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  await place.store(1, 0);
  await place.store(2, 3_600);
  assert.equal(await adoptStored(place.engine, { latest: 6, isWriting: true }), 1);
  assert.deepEqual(await place.arrived(), [[7, 2]]);
  assert.equal(await adoptStored(place.engine, { latest: 7, isWriting: true }), 0);
  assert.equal(await adoptStored(place.engine, { latest: 7, isWriting: false }), 1);
  assert.deepEqual(await place.arrived(), [
    [7, 2],
    [8, 1],
  ]);
  assert.equal(await adoptStored(place.engine, { latest: 8, isWriting: false }), 0);
});

test("what was stored long before it was last looked is not looked at again", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  await place.store(1, 10 * day);
  await place.store(2, 4 * day);
  await place.knownUntil(5 * day);
  assert.equal(await adoptStored(place.engine, { latest: 0, isWriting: false }), 1);
  assert.deepEqual(await place.arrived(), [[1, 2]]);
});

test("a clock that was years ahead keeps nothing from being found", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  await place.knownUntil(-4_000 * day);
  await place.store(1, 100);
  assert.equal(await adoptStored(place.engine, { latest: 0, isWriting: false }), 1);
});

test("arrivals are dropped by the million when they are judged and old, and the cursor stays", async () => {
  using folder = makeTemporaryFolder();
  await using place = await openPlace(folder.path);
  const lot = arrivalsAtOnce;
  const lots = async () =>
    (
      await place.ask(`SELECT DISTINCT toUInt32(intDiv(number, ${lot})) AS lot FROM ${arrivalsTable} ORDER BY lot`)
    ).flat();
  const arrive = (first: number, secondsAgo: number) =>
    place.engine.execute(
      `INSERT INTO ${arrivalsTable} SELECT number + ${first}, 1, '', '', 1, now64(3), now64(3), now64(3), now() - ${secondsAgo} FROM numbers(10)`,
    );
  await arrive(5, 9 * day);
  await arrive(lot + 5, 0);
  await arrive(2 * lot - 20, 9 * day);
  await arrive(2 * lot + 5, 9 * day);
  await place.knownUntil(0);
  const marked = await MarkedArrivals.open(place.engine);
  await marked.mark([5, 7]);
  await dropJudged(place.engine, marked.cursor);
  assert.deepEqual(await lots(), [0, 1, 2]);
  assert.equal(await marked.markAll(), 38);
  await dropJudged(place.engine, marked.cursor);
  assert.deepEqual(await lots(), [1, 2]);
  assert.deepEqual(await place.ask(`SELECT toUInt32(number), is_all FROM ${judgedTable}`), [[2 * lot + 14, 1]]);
  assert.equal((await MarkedArrivals.open(place.engine)).cursor, 2 * lot + 14);
});
