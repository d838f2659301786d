import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { RowBytes } from "./row-bytes.ts";

/** The engine, and a folder from which it reads what is to be stored. */
export interface ProofPlace {
  readonly engine: Engine;
  readonly spoolDirectory: string;
}

/** A table, its columns in the order in which rows are written, and how one is written. */
export interface ProofLayout<Row> {
  readonly table: string;
  /** A second table of the same rows in another order, and those that it takes; it is written first. */
  readonly alsoIn?: { readonly table: string; readonly where: string };
  /** Names and plain types. */
  readonly columns: Readonly<Record<string, string>>;
  /** Rows with the same word replace each other. */
  readonly keyOf: (row: Row) => string;
  readonly write: (bytes: RowBytes, row: Row) => void;
}

/** One insert's rows at most: what the engine holds in memory while it sorts them. */
const bytesAtOnce = 16 * 1024 * 1024;

/**
 * Stores rows, of several with one key the last. They go through a file, so that what a stranger wrote in them is never
 * part of a statement; when this returns, they are on disk.
 */
export async function putRows<Row>(
  { engine, spoolDirectory }: ProofPlace,
  layout: ProofLayout<Row>,
  rows: readonly Row[],
): Promise<void> {
  const path = join(spoolDirectory, `proofs-${randomUUID()}.rows`);
  try {
    for (const bytes of inLots(layout, rows)) {
      await writeFile(path, bytes, { mode: 0o600 });
      const { table, alsoIn } = layout;
      if (alsoIn !== undefined) await engine.execute(insertFrom(path, layout, alsoIn));
      await engine.execute(insertFrom(path, layout, { table, where: "1" }));
    }
  } finally {
    await rm(path, { force: true });
  }
}

function* inLots<Row>(layout: ProofLayout<Row>, rows: readonly Row[]): Generator<Buffer> {
  const bytes = new RowBytes();
  for (const row of new Map(rows.map((one) => [layout.keyOf(one), one])).values()) {
    layout.write(bytes, row);
    if (bytes.sizeBytes >= bytesAtOnce) yield bytes.take();
  }
  if (bytes.sizeBytes > 0) yield bytes.take();
}

/** On one thread and as one part, so that a torn insert leaves all of a lot or nothing. */
function insertFrom<Row>(
  path: string,
  { columns }: ProofLayout<Row>,
  { table, where }: { readonly table: string; readonly where: string },
): string {
  const structure = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const blockBytes = 2 * bytesAtOnce;
  return `INSERT INTO ${table} (${Object.keys(columns).join(", ")})
SELECT * FROM file(${quote(path)}, 'RowBinary', ${quote(structure.join(", "))}) WHERE ${where}
SETTINGS max_insert_threads = 1, max_threads = 1, max_block_size = 1000000, input_format_max_block_size_bytes = ${blockBytes},
min_insert_block_size_rows = 0, min_insert_block_size_bytes = ${blockBytes * 2}`;
}
