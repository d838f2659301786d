import type { Engine } from "./engine/engine.ts";
import { database, eventsTable, indexNames } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** With this many parts waiting, merging goes on beside the writing; at 1,000 the engine would slow the writing itself. */
const partsMax = 800;
/** A month with fewer events outside the indexes is left to the engine's own merges. */
const unindexedRowsMax = 50_000;

/**
 * Holds the engine's merges back while much is written: they would build the indexes, over and over, on the
 * processors that the writing needs. When it ends they catch up in the background; searches are exact all the while.
 */
export class BulkWriting implements AsyncDisposable {
  readonly #engine: Engine;
  #isMerging = false;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  static async begin(engine: Engine): Promise<BulkWriting> {
    await engine.execute(`SYSTEM STOP MERGES ${eventsTable}`);
    return new BulkWriting(engine);
  }

  /** Call it between batches. */
  async check(): Promise<void> {
    if (this.#isMerging) return;
    const [parts = 0] = await numbers(
      this.#engine,
      `SELECT count() FROM system.parts WHERE active AND database = '${database}' AND table = 'events'`,
    );
    if (parts < partsMax) return;
    this.#isMerging = true;
    await this.#engine.execute(`SYSTEM START MERGES ${eventsTable}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isMerging) await this.#engine.execute(`SYSTEM START MERGES ${eventsTable}`);
    await buildIndexes(this.#engine);
    await this.#engine.execute("SYSTEM JEMALLOC PURGE");
  }
}

/** Asks for the look-up indexes where much lacks them. Goes on in the background, also after a restart. */
async function buildIndexes(engine: Engine): Promise<void> {
  const rows = parseRows<[string]>(
    await engine.query(
      `SELECT partition_id FROM system.parts WHERE active AND database = '${database}' AND table = 'events'
GROUP BY partition_id HAVING sumIf(rows, level = 0 AND data_version = min_block_number) > ${unindexedRowsMax}`,
      { format: "JSONCompactEachRow" },
    ),
  );
  for (const [partition] of rows) {
    await engine.execute(
      `ALTER TABLE ${eventsTable} ${indexNames.map((name) => `MATERIALIZE INDEX ${name} IN PARTITION ID '${partition}'`).join(", ")} SETTINGS mutations_sync = 0`,
    );
  }
}

const pollMs = 100;

/** Waits until neither merges nor index building are under way; for measurements. */
export async function waitUntilSettled(engine: Engine): Promise<void> {
  for (;;) {
    const [busy = 0] = await numbers(
      engine,
      `SELECT (SELECT count() FROM system.merges) + (SELECT count() FROM system.mutations WHERE NOT is_done)`,
    );
    if (busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function numbers(engine: Engine, sql: string): Promise<number[]> {
  const rows = parseRows<(string | number)[]>(await engine.query(sql, { format: "JSONCompactEachRow" }));
  return (rows[0] ?? []).map(Number);
}
