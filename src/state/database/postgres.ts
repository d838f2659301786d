import { PostgresDialect, type Dialect } from "kysely";

/** What a column holds, as `pg` names types by number (Postgres, `pg_type.oid`): bigint and numeric. */
const numbers: ReadonlySet<number> = new Set([20, 1700]);

/** A Postgres server; the package is brought in only when one is named. */
export async function postgresDialect(url: string): Promise<Dialect> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0], format?: "text" | "binary") =>
        numbers.has(oid) && format !== "binary"
          ? Number
          : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  });
  // A connection that breaks while nobody uses it is replaced by the pool; who uses one hears it there.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}
