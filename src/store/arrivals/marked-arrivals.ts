import { chunksOf } from "../../base/chunks.ts";
import type { Engine } from "../engine/engine.ts";
import { parseRows } from "../rows.ts";
import { arrivalsTable, judgedTable } from "../schema.ts";

/** Rows in one INSERT of literal values. */
const atOnce = 10_000;

/** With so many that are marked one by one, the number up to which all are is told anew. */
const singleMax = 10_000;

const json = { format: "JSONCompactEachRow" };

/**
 * Which numbers are judged: all up to one, the cursor, and single ones behind it. Whoever judges takes what is first, so
 * there are hardly ever single ones, and marking is one row. The largest cursor counts: no clock is asked.
 */
export class MarkedArrivals {
  readonly #engine: Engine;
  #cursor: number;
  #single: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(engine: Engine, cursor: number, single: number) {
    this.#engine = engine;
    this.#cursor = cursor;
    this.#single = single;
  }

  static async open(engine: Engine): Promise<MarkedArrivals> {
    const cursors = await numbersOf(engine, `SELECT toString(max(number)) FROM ${judgedTable} WHERE is_all = 1`);
    const cursor = cursors[0] ?? 0;
    const single = await numbersOf(
      engine,
      `SELECT toString(count()) FROM ${judgedTable} WHERE is_all = 0 AND number > ${cursor}`,
    );
    return new MarkedArrivals(engine, cursor, single[0] ?? 0);
  }

  /** All up to this number are judged. */
  get cursor(): number {
    return this.#cursor;
  }

  get isNone(): boolean {
    return this.#cursor === 0 && this.#single === 0;
  }

  /** A condition on arrivals. */
  unmarked(): string {
    const behind = `number > ${this.#cursor}`;
    const single = `number NOT IN (SELECT number FROM ${judgedTable} WHERE is_all = 0 AND ${behind})`;
    return this.#single === 0 ? behind : `${behind} AND ${single}`;
  }

  mark(numbers: readonly number[]): Promise<void> {
    return this.#inTurn(async () => {
      const marked = new Set(numbers.filter((number) => number > this.#cursor));
      if (marked.size === 0) return;
      const last = [...marked].reduce((most, number) => Math.max(most, number), 0);
      if (await this.#isAllUpTo(last, marked)) await this.#moveCursor(last);
      else await this.#markSingle([...marked]);
    });
  }

  markAll(): Promise<number> {
    return this.#inTurn(async () => {
      const sql = `SELECT toString(count()), toString(max(number)) FROM ${arrivalsTable} WHERE ${this.unmarked()}`;
      const [row] = parseRows<[string, string]>(await this.#engine.query(sql, json));
      const [count = 0, last = 0] = (row ?? []).map(Number);
      if (count > 0) await this.#moveCursor(last);
      return count;
    });
  }

  async #isAllUpTo(last: number, marked: ReadonlySet<number>): Promise<boolean> {
    const sql = `SELECT toString(number) FROM ${arrivalsTable} WHERE ${this.unmarked()} AND number <= ${last} LIMIT ${marked.size + 1}`;
    return (await numbersOf(this.#engine, sql)).every((number) => marked.has(number));
  }

  async #moveCursor(to: number): Promise<void> {
    await this.#engine.execute(`INSERT INTO ${judgedTable} VALUES (${to}, 1)`);
    this.#cursor = to;
    if (this.#single === 0) return;
    const behind = `SELECT toString(count()) FROM ${judgedTable} WHERE is_all = 0 AND number > ${to}`;
    this.#single = (await numbersOf(this.#engine, behind))[0] ?? 0;
  }

  async #markSingle(numbers: readonly number[]): Promise<void> {
    // Before, for of an insert that fails nobody knows what is there.
    this.#single += numbers.length;
    for (const some of chunksOf(numbers, atOnce)) {
      await this.#engine.execute(
        `INSERT INTO ${judgedTable} VALUES ${some.map((number) => `(${number}, 0)`).join(", ")}`,
      );
    }
    if (this.#single <= singleMax) return;
    const sql = `SELECT toString(min(number) - 1) FROM ${arrivalsTable} WHERE ${this.unmarked()} HAVING count() > 0`;
    const [done = Math.max(...numbers)] = await numbersOf(this.#engine, sql);
    if (done > this.#cursor) await this.#moveCursor(done);
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

async function numbersOf(engine: Engine, sql: string): Promise<number[]> {
  return parseRows<[string]>(await engine.query(sql, json)).map(([number]) => Number(number));
}
