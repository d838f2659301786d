import { quoteText as quote } from "../predicate/index.ts";
import type { Engine } from "./engine/engine.ts";
import { parseRows } from "./rows.ts";
import { database, eventsTable } from "./schema.ts";

/** What the table of events had before, in the place of which there is something else. */
const former = {
  INDEX: ["by_principal_arn", "by_resource_arns", "by_resource_hashes", "by_access_key", "by_source_ip"],
  COLUMN: ["resource_hashes"],
} as const;

/**
 * Takes from an older store's events what nothing asks any more. Only what is there is dropped: for an index that is not,
 * `DROP INDEX IF EXISTS` makes every part anew all the same (26.7: a link for each of its files, at every start).
 */
export async function dropFormer(engine: Engine): Promise<void> {
  const table = eventsTable.slice(database.length + 1);
  const there = (system: string, names: readonly string[]) =>
    `FROM system.${system} WHERE database = ${quote(database)} AND table = ${quote(table)} AND name IN (${names.map(quote).join(", ")})`;
  const sql = `SELECT 'INDEX' AS kind, name ${there("data_skipping_indices", former.INDEX)}
UNION ALL SELECT 'COLUMN' AS kind, name ${there("columns", former.COLUMN)} ORDER BY kind DESC`;
  const rows = await engine.query(sql, { format: "JSONCompactEachRow" });
  const drops = parseRows<[string, string]>(rows).map(([kind, name]) => `DROP ${kind} ${name}`);
  // One statement, indexes first: a column cannot go before the index that covers it.
  if (drops.length > 0) await engine.execute(`ALTER TABLE ${eventsTable} ${drops.join(", ")}`);
}
