import { chunksOf } from "../../base/chunks.ts";
import { quoteText as quote, type FieldPath } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { StoredLogFile } from "../log-files.ts";
import { parseRows } from "../rows.ts";
import { arrivalsTable } from "../schema.ts";
import type { RecordAsk, StoredRecord } from "../stored-records.ts";
import { adoptStored, dropJudged } from "./adopt-stored.ts";
import { distinctValues, recordsOf } from "./arrived-events.ts";
import type { ArrivedFile, Arrivals } from "./arrivals.ts";
import { MarkedArrivals } from "./marked-arrivals.ts";

/** Rows in one INSERT of literal values. */
const atOnce = 2_000;

/** How often it is looked for what was stored and never acknowledged, while nothing else is to do. */
const adoptEveryMs = 3_600_000;

const json = { format: "JSONCompactEachRow" };

/**
 * Arrivals as rows that acknowledging adds, numbered in the order in which they are written. There is one writer, which
 * writes one after another: when a number can be seen, every smaller one that will ever be there can be seen too. So a
 * number up to which all is judged leaves nothing out, whatever clocks say and in whatever order readings end.
 */
export class EngineArrivals implements Arrivals {
  readonly #engine: Engine;
  readonly #now: () => number;
  readonly #marked: MarkedArrivals;
  /** The last number that was given out. */
  #latest: number;
  #turn: Promise<unknown> = Promise.resolve();
  #adoptedAt: number;

  private constructor(engine: Engine, now: () => number, marked: MarkedArrivals, latest: number) {
    this.#engine = engine;
    this.#now = now;
    this.#marked = marked;
    this.#latest = latest;
    this.#adoptedAt = now();
  }

  static async open(engine: Engine, now: () => number): Promise<EngineArrivals> {
    const marked = await MarkedArrivals.open(engine);
    const latest = await lastNumber(engine, marked.cursor);
    const adopted = await adoptStored(engine, { latest, isWriting: false });
    await dropJudged(engine, marked.cursor);
    return new EngineArrivals(engine, now, marked, latest + adopted);
  }

  /**
   * Adds log files that are about to be acknowledged. Before that, for what is acknowledged is not read again: who is
   * killed in between has added one too many, never one too few.
   */
  async note(files: readonly StoredLogFile[]): Promise<void> {
    const brought = files.filter(({ stored }) => stored > 0);
    for (const some of chunksOf(brought, atOnce)) await this.#inTurn(() => this.#insert(some));
  }

  async waiting(limit: number): Promise<ArrivedFile[]> {
    if (this.#marked.cursor >= this.#latest) await this.#adopt();
    if (this.#marked.cursor >= this.#latest) return [];
    const sql = `SELECT toString(number), toString(log_file), source, kind, toString(events), toString(toUnixTimestamp64Milli(first_at)),
toString(toUnixTimestamp64Milli(last_at)), toString(toUnixTimestamp64Milli(read_at))
FROM ${arrivalsTable} WHERE ${this.#marked.unmarked()} ORDER BY number LIMIT ${Math.trunc(limit)}`;
    const rows = parseRows<ArrivalRow>(await this.#engine.query(sql, json));
    return rows.map(([number, logFile, source, kind, events, firstAt, lastAt, readAt]) => ({
      number: Number(number),
      id: BigInt(logFile),
      source,
      kind,
      events: Number(events),
      firstAt: Number(firstAt),
      lastAt: Number(lastAt),
      readAt: Number(readAt),
    }));
  }

  isAnyJudged(): boolean {
    return !this.#marked.isNone;
  }

  async countWaiting(): Promise<{ readonly logFiles: number; readonly events: number }> {
    if (this.#marked.cursor >= this.#latest) return { logFiles: 0, events: 0 };
    const sql = `SELECT toString(count()), toString(sum(events)) FROM ${arrivalsTable} WHERE ${this.#marked.unmarked()}`;
    const [row] = parseRows<[string, string]>(await this.#engine.query(sql, json));
    return { logFiles: Number(row?.[0] ?? 0), events: Number(row?.[1] ?? 0) };
  }

  records(
    files: readonly ArrivedFile[],
    ask: RecordAsk,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly StoredRecord[], void, undefined> {
    return recordsOf(this.#engine, files, ask, signal);
  }

  distinct(files: readonly ArrivedFile[], path: FieldPath, signal?: AbortSignal): Promise<string[]> {
    return distinctValues(this.#engine, files, path, signal);
  }

  markJudged(files: readonly ArrivedFile[]): Promise<void> {
    return this.#marked.mark(files.map(({ number }) => number));
  }

  markAll(): Promise<number> {
    return this.#marked.markAll();
  }

  /** What was stored by a reading that never ended, and whose file changed since: rare, and found all the same. */
  async #adopt(): Promise<void> {
    const now = this.#now();
    if (Math.abs(now - this.#adoptedAt) < adoptEveryMs) return;
    this.#adoptedAt = now;
    await this.#inTurn(async () => {
      this.#latest += await adoptStored(this.#engine, { latest: this.#latest, isWriting: true });
    });
    await dropJudged(this.#engine, this.#marked.cursor);
  }

  async #insert(files: readonly StoredLogFile[]): Promise<void> {
    const first = this.#latest + 1;
    this.#latest += files.length;
    const rows = files.map(({ id, source, kind, stored, firstEventAt, lastEventAt, readAt }, index) => {
      const times = [firstEventAt ?? 0, lastEventAt ?? 0, readAt].map((at) => (Math.trunc(at) / 1000).toFixed(3));
      return `(${[first + index, id, quote(source), quote(kind), stored, ...times].join(", ")})`;
    });
    await this.#engine.execute(
      `INSERT INTO ${arrivalsTable} (number, log_file, source, kind, events, first_at, last_at, read_at) VALUES ${rows.join(", ")}`,
    );
  }

  /** Numbers are written in their order. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

type ArrivalRow = [string, string, string, string, string, string, string, string];

async function lastNumber(engine: Engine, cursor: number): Promise<number> {
  const rows = await engine.query(`SELECT toString(max(number)) FROM ${arrivalsTable}`, json);
  return Math.max(cursor, Number(parseRows<[string]>(rows)[0]?.[0] ?? 0));
}
