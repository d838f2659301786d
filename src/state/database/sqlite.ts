import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteAdapter, SqliteDialect, type Dialect, type SqliteDatabase } from "kysely";

/** Statements kept prepared; the same few are asked over and over. */
const statementsMax = 200;

/** Longer ones are for many rows, and another statement for each number of them: kept, they would fill the memory. */
const keptTextLengthMax = 1_000;

/** Names in the ledger come in any order: with SQLite's own 2 MB, a third fewer of them are written in a second. */
const cacheKibibytes = 32_000;

/** How long one process waits for another that writes. */
const busyMilliseconds = 5_000;

/** A file of the data folder. What was committed survives a power cut. */
export function sqliteDialect(directory: string): Dialect {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "state.sqlite");
  const database = new DatabaseSync(path, { timeout: busyMilliseconds });
  try {
    chmodSync(path, 0o600);
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return new NodeSqliteDialect({ database: asKyselyWantsIt(database) });
}

/** Kysely migrates without a transaction unless it is told that SQLite can: a kill would leave half of the tables. */
class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Node's own SQLite behind the few calls that Kysely makes. */
function asKyselyWantsIt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known) return known;
    // Whoever reads first and writes then would be refused at once if another process wrote in between.
    const statement = database.prepare(text === "begin" ? "begin immediate" : text);
    if (text.length > keptTextLengthMax) return statement;
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
