import type { Engine } from "../engine/engine.ts";
import { parseRows } from "../rows.ts";
import { arrivalsAtOnce, arrivalsTable, eventsTable, judgedTable, logFilesTable, settingsTable } from "../schema.ts";

/** Name of the setting that says up to when all that was stored is among the arrivals; seconds of the engine's clock. */
const knownUntil = "arrivals-known-until";

/** So far back is looked again: the machine's clock may have been set. */
const slackSeconds = 86_400;

/** What is being written is acknowledged sooner than this. */
const writingSeconds = 600;

/** How often it is written down up to when it was looked. */
const noteEverySeconds = 3_600;

const json = { format: "JSONCompactEachRow" };

/**
 * Makes arrivals of log files of which events are stored and that are none yet: those of a data folder that was there
 * before there were arrivals, and those of a reading that was killed between storing and acknowledging, whose file may
 * never come again as it was. Gives how many. Nothing else may write arrivals meanwhile.
 */
export async function adoptStored(
  engine: Engine,
  { latest, isWriting }: { readonly latest: number; readonly isWriting: boolean },
): Promise<number> {
  const [now, known] = await readTimes(engine);
  const to = isWriting ? now - writingSeconds : now;
  const span = { from: lookedBackTo(known), to: isWriting ? to : Infinity };
  const [[found = 0] = []] = await numbersOf(engine, `SELECT count() FROM (${strangers(span)})`);
  if (found > 0) await engine.execute(adoption(latest + 1, span));
  if (to - known < noteEverySeconds) return found;
  await engine.execute(`INSERT INTO ${settingsTable} VALUES ('${knownUntil}', '${to}', now64(3, 'UTC'))`);
  return found;
}

/** Drops arrivals that are all judged, and that are not needed to tell what was never one. */
export async function dropJudged(engine: Engine, cursor: number): Promise<void> {
  const done = Math.floor(cursor / arrivalsAtOnce);
  if (done === 0) return;
  const [, known] = await readTimes(engine);
  const old = await numbersOf(
    engine,
    `SELECT intDiv(number, ${arrivalsAtOnce}) AS lot FROM ${arrivalsTable} WHERE number < ${done * arrivalsAtOnce}
GROUP BY lot HAVING max(noted_at) < toDateTime(${lookedBackTo(known)}, 'UTC')`,
  );
  for (const [lot = 0] of old) await engine.execute(`ALTER TABLE ${arrivalsTable} DROP PARTITION ${lot}`);
  const marks = await numbersOf(
    engine,
    `SELECT DISTINCT intDiv(number, ${arrivalsAtOnce}) FROM ${judgedTable} WHERE number < ${done * arrivalsAtOnce}`,
  );
  for (const [lot = 0] of marks) await engine.execute(`ALTER TABLE ${judgedTable} DROP PARTITION ${lot}`);
}

/** Now, and up to when it was looked: the largest counts, but a clock may have been years ahead. */
async function readTimes(engine: Engine): Promise<[now: number, known: number]> {
  const sql = `SELECT toUnixTimestamp(now()), max(toUInt32OrZero(value)) FROM ${settingsTable} WHERE name = '${knownUntil}'`;
  const [[now = 0, known = 0] = []] = await numbersOf(engine, sql);
  return [now, Math.min(now, known)];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function lookedBackTo(known: number): number {
  return Math.max(0, known - slackSeconds);
}

/** Log files that brought events in a span of the engine's clock and are no arrivals. */
function strangers({ from, to }: Span): string {
  const since = `toDateTime(${from}, 'UTC')`;
  // Most events lie in parts that were not written since: they are not looked at.
  return `SELECT log_file, count() AS events, min(event_time) AS first_at, max(event_time) AS last_at, max(ingested_at) AS stored_at
FROM ${eventsTable}
WHERE _part IN (SELECT name FROM system.parts WHERE active AND modification_time >= ${since})
  AND ingested_at >= ${since} AND log_file NOT IN (SELECT log_file FROM ${arrivalsTable} WHERE noted_at >= ${since})
GROUP BY log_file${to === Infinity ? "" : ` HAVING stored_at < toDateTime(${to}, 'UTC')`}`;
}

/** In the order in which they were read, as far as that is known. */
function adoption(first: number, span: Span): string {
  return `INSERT INTO ${arrivalsTable} (number, log_file, source, kind, events, first_at, last_at, read_at)
SELECT ${first - 1} + row_number() OVER (ORDER BY at, log_file), log_file, source, kind, events, first_at, last_at, at
FROM (
  SELECT log_file, source, kind, events, first_at, last_at, if(toUnixTimestamp(read_at) = 0, toDateTime64(stored_at, 3, 'UTC'), read_at) AS at
  FROM (${strangers(span)}) AS stored
  LEFT ANY JOIN (SELECT log_file, toLowCardinality(source) AS source, kind, read_at FROM ${logFilesTable}) AS read USING log_file)
SETTINGS max_partitions_per_insert_block = 0, join_algorithm = 'grace_hash', max_bytes_before_external_group_by = ${spillBytes}, max_bytes_before_external_sort = ${spillBytes}`;
}

/** What a data folder of millions of log files takes more memory for goes to disk. */
const spillBytes = 200_000_000;

async function numbersOf(engine: Engine, sql: string): Promise<number[][]> {
  return parseRows<(string | number)[]>(await engine.query(sql, json)).map((row) => row.map(Number));
}
