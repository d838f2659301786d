import { PostgresAdapter, sql, type Kysely, type RawBuilder, type Transaction } from "kysely";

/** The two engines differ in little; what does asks here. */
export function isPostgres<Tables>(database: Kysely<Tables>): boolean {
  return database.getExecutor().adapter instanceof PostgresAdapter;
}

/** The type of names, which are compared byte by byte in both engines. */
export function byteText<Tables>(database: Kysely<Tables>): RawBuilder<unknown> {
  return isPostgres(database) ? sql`text collate "C"` : sql`text`;
}

/**
 * A change that is not flushed to disk before it is answered: a kill loses nothing of it, a power cut may lose the last
 * ones. For what is many and is found again by itself.
 */
export async function changeUnflushed<Tables, Result>(
  database: Kysely<Tables>,
  change: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  if (isPostgres(database)) {
    return await database.transaction().execute(async (transaction) => {
      await sql`SET LOCAL synchronous_commit = off`.execute(transaction);
      return change(transaction);
    });
  }
  return await database.connection().execute(async (connection) => {
    await sql`PRAGMA synchronous = NORMAL`.execute(connection);
    try {
      return await connection.transaction().execute(change);
    } finally {
      await sql`PRAGMA synchronous = FULL`.execute(connection);
    }
  });
}
