import { sql, type Kysely } from "kysely";

/** What is counted by whoever looks every few seconds is counted in an index. */
export async function figures({ schema }: Kysely<unknown>): Promise<void> {
  // With the column that the condition names, or SQLite would read each row for it.
  for (const [table, columns] of [
    ["findings", ["is_staged", "level", "merged_into"]],
    ["incidents", ["state", "severity", "merged_into"]],
  ] as const) {
    await schema
      .createIndex(`${table}_figures`)
      .on(table)
      .columns([...columns])
      .where(sql.ref("merged_into"), "is", null)
      .execute();
  }
}
