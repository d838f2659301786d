import { PostgresAdapter, type Kysely } from "kysely";

/** The two engines differ in little; what does asks here. */
export function isPostgres<Tables>(database: Kysely<Tables>): boolean {
  return database.getExecutor().adapter instanceof PostgresAdapter;
}
