import { sql, type Kysely } from "kysely";
import { storableText } from "./database/storable-text.ts";
import type { CollectTables } from "./database/tables.ts";
import { StateError } from "./errors.ts";
import type { FilterRow, FilterTable } from "./filter-table.ts";

export class SqlFilters implements FilterTable {
  readonly #database: Kysely<CollectTables>;

  constructor(database: Kysely<CollectTables>) {
    this.#database = database;
  }

  async add({ name, query, createdAt, dropped, lastDroppedAt }: FilterRow): Promise<void> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto("filters")
      .values({
        name,
        query: storableText(query),
        created_at: createdAt,
        dropped,
        last_dropped_at: lastDroppedAt ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 0n) return;
    throw new StateError(`There is a filter ${name} already`, {
      code: "filter-exists",
      fault: "user",
      help: "Choose another name, or remove that filter first",
    });
  }

  async remove(name: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.deleteFrom("filters").where("name", "=", name).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async list(): Promise<FilterRow[]> {
    const rows = await this.#database.selectFrom("filters").selectAll().orderBy("name").execute();
    return rows.map((row) => ({
      name: row.name,
      query: row.query,
      createdAt: row.created_at,
      dropped: row.dropped,
      lastDroppedAt: row.last_dropped_at ?? undefined,
    }));
  }

  async countDropped(name: string, events: number, at: number): Promise<void> {
    await this.#database
      .updateTable("filters")
      .set({ dropped: sql`dropped + ${events}`, last_dropped_at: at })
      .where("name", "=", name)
      .execute();
  }
}
