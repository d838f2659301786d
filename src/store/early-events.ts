import { quoteText as quote } from "../predicate/index.ts";
import { identifyingFields } from "./columns.ts";
import type { Engine } from "./engine/engine.ts";
import { chunksOf } from "../base/chunks.ts";
import { epoch, hourWithin, inHours, instant, rowsOf } from "./insert.ts";
import { notOf } from "./left-out.ts";
import { idLists } from "./lists.ts";
import type { StoredEvent, WholeEvent } from "./read-events.ts";
import { parseRows } from "./rows.ts";
import { earlyFilesTable, eventsTable, sightingsTable } from "./schema.ts";
import type { Batch, InsertCompanion } from "./write.ts";

/** How an event can come before the log file that CloudTrail writes it in. */
export type EarlyKind = "events" | "lookup" | "push";

/** A log file of ours that holds such events. */
export interface EarlyFile {
  readonly logFile: bigint;
  readonly kind: EarlyKind;
}

export interface UnreconciledRequest {
  /** Events that happened before, milliseconds: their log file should have come by now. */
  readonly olderThan: number;
  /** What they came by; from EventBridge, where not given: who has no trail has no log files either. */
  readonly kinds?: readonly EarlyKind[];
  readonly limit?: number;
}

export interface UnreconciledEvents {
  readonly account: string;
  readonly region: string;
  /** Start of the hour that they happened in, milliseconds. */
  readonly hour: number;
  readonly events: number;
}

const hourMs = 3_600_000;
const json = { format: "JSONCompactEachRow" };
/** Rows in one INSERT of literal values. */
const atOnce = 2_000;
const eventKey = "(event_id, cityHash64(account_id))";

/**
 * Events that come before their log file does. The event stays one; when the file comes, it is noted that it holds the
 * event too. While nothing comes early, nothing is done; later only for batches that have events in the same hours.
 */
export class EarlyEvents {
  readonly #engine: Engine;
  /** Starts of the hours that have early events. */
  readonly #hours: Set<number>;

  private constructor(engine: Engine, hours: Set<number>) {
    this.#engine = engine;
    this.#hours = hours;
  }

  static async open(engine: Engine): Promise<EarlyEvents> {
    const rows = await engine.query(`SELECT DISTINCT hour FROM ${earlyFilesTable}`, json);
    return new EarlyEvents(engine, new Set(parseRows<[number]>(rows).map(([hour]) => hour * hourMs)));
  }

  /** What is done around the inserts of a batch; nothing while nothing has come early. */
  companion({ early = [] }: Batch): InsertCompanion | undefined {
    if (early.length === 0 && this.#hours.size === 0) return undefined;
    return {
      before: (path) => this.#noteFiles(path, early),
      after: (path, hours, without) => this.#noteSightings(path, hours, without),
    };
  }

  async withLogFiles(events: readonly WholeEvent[]): Promise<WholeEvent[]> {
    const times = events.map(({ event }) => event.time).filter((at) => this.#hours.has(at - (at % hourMs)));
    if (times.length === 0) return [...events];
    const ids = events.map(({ event }) => `toUUID(${quote(event.id)})`);
    const rows = await this.#engine.query(
      `SELECT event_id, toString(cityHash64(account_id)), toString(log_file) FROM ${sightingsTable} FINAL
WHERE event_time IN (${times.map(instant).join(", ")}) AND event_id IN (${ids.join(", ")})`,
      json,
    );
    const files = new Map(
      parseRows<[string, string, string]>(rows).map(([id, accountHash, logFile]) => [`${id} ${accountHash}`, logFile]),
    );
    return events.map((whole) => withLogFile(whole, files.get(`${whole.event.id} ${whole.event.accountHash}`)));
  }

  async unreconciled({
    olderThan,
    kinds = ["events"],
    limit = 10_000,
  }: UnreconciledRequest): Promise<UnreconciledEvents[]> {
    const hours = this.#hoursOf(undefined).filter((hour) => hour < olderThan);
    if (hours.length === 0) return [];
    const rows = await this.#engine.query(
      `SELECT account_id, region, toUnixTimestamp(toStartOfHour(event_time)) AS hour, count() FROM ${eventsTable}
WHERE event_time < ${instant(olderThan)} AND ${earlyAndUnseen(hours, kinds)}
GROUP BY account_id, region, hour ORDER BY hour DESC, account_id, region LIMIT ${Math.trunc(limit)}`,
      json,
    );
    return parseRows<[string, string, number, string]>(rows).map(([account, region, hour, events]) => ({
      account,
      region,
      hour: hour * 1000,
      events: Number(events),
    }));
  }

  /** Before the events of early files are stored: whoever is killed in between has noted too much, never too little. */
  async #noteFiles(path: string, early: readonly EarlyFile[]): Promise<void> {
    if (early.length === 0) return;
    const kinds = new Map(early.map(({ logFile, kind }) => [logFile.toString(), kind]));
    for (const list of idLists([...kinds.keys()])) {
      const rows = parseRows<[string, string]>(
        await this.#engine.query(
          `SELECT DISTINCT toString(log_file), toString(intDiv(toUnixTimestamp(event_time), 3600))
FROM (${rowsOf(path, identifyingFields)}) WHERE event_time != ${epoch} AND log_file IN (${list})`,
          json,
        ),
      );
      for (const some of chunksOf(rows, atOnce)) {
        const values = some.map(
          ([logFile, hour]) => `(${logFile}, ${quote(kinds.get(logFile) ?? "")}, ${hour}, now())`,
        );
        await this.#engine.execute(`INSERT INTO ${earlyFilesTable} VALUES ${values.join(", ")}`);
      }
      for (const [, hour] of rows) this.#hours.add(Number(hour) * hourMs);
    }
  }

  /** After the events of a batch are stored, and before its files count as read: so a torn one is done again. */
  async #noteSightings(
    path: string,
    batchHours: readonly number[] | undefined,
    without: readonly bigint[],
  ): Promise<void> {
    const hours = this.#hoursOf(batchHours);
    if (hours.length === 0) return;
    const unseen = `SELECT event_id, cityHash64(account_id) FROM ${eventsTable} WHERE ${earlyAndUnseen(hours)}`;
    const [some] = parseRows<[number]>(await this.#engine.query(`SELECT count() FROM (${unseen} LIMIT 1)`, json));
    if (Number(some?.[0] ?? 0) === 0) return;
    const conditions = [
      `event_time != ${epoch}`,
      ...notOf(path, without),
      // What came early itself is no sighting; the files of this batch have just been noted.
      `log_file NOT IN (${earlyFiles(hours)})`,
      `${eventKey} IN (${unseen})`,
    ];
    await this.#engine.execute(`INSERT INTO ${sightingsTable}
SELECT event_time, event_id, account_id, log_file, now('UTC')
FROM (${rowsOf(path, identifyingFields)}) WHERE ${conditions.join(" AND ")} LIMIT 1 BY event_id, cityHash64(account_id)`);
  }

  /** In order; of all early events where a batch's hours are not known. */
  #hoursOf(batchHours: readonly number[] | undefined): number[] {
    const hours = batchHours === undefined ? [...this.#hours] : batchHours.filter((hour) => this.#hours.has(hour));
    return hours.sort((a, b) => a - b);
  }
}

/** A condition on events: they came early, in one of these hours, and no log file has brought them. */
function earlyAndUnseen(hours: readonly number[], kinds?: readonly EarlyKind[]): string {
  const ofKinds = kinds === undefined ? "" : ` AND kind IN (${["", ...kinds].map((kind) => quote(kind)).join(", ")})`;
  return [
    inHours(hours),
    `log_file IN (${earlyFiles(hours)}${ofKinds})`,
    `${eventKey} NOT IN (SELECT event_id, cityHash64(account_id) FROM ${sightingsTable} WHERE ${inHours(hours)})`,
  ].join(" AND ");
}

/** Log files that brought events of these hours early. */
function earlyFiles(hours: readonly number[]): string {
  return `SELECT log_file FROM ${earlyFilesTable} WHERE ${hourWithin(hours)}`;
}

function withLogFile(whole: WholeEvent, logFile: string | undefined): WholeEvent {
  if (logFile === undefined) return whole;
  const event: StoredEvent = { ...whole.event, logFile };
  return { ...whole, event, seenFirstIn: whole.event.logFile };
}
