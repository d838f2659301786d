import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect, type Dialect, type SqliteDatabase } from "kysely";

/** Statements kept prepared; the same few are asked over and over. */
const statementsMax = 200;

/** A file of the data folder, which one process at a time has open. What was committed survives a power cut. */
export function sqliteDialect(directory: string): Dialect {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "state.sqlite");
  const database = new DatabaseSync(path, { timeout: 5_000 });
  chmodSync(path, 0o600);
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  return new SqliteDialect({ database: asKyselyWantsIt(database) });
}

/** Node's own SQLite behind the few calls that Kysely makes. */
function asKyselyWantsIt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known) return known;
    const statement = database.prepare(text);
    if (prepared.size >= statementsMax) prepared.clear();
    prepared.set(text, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
