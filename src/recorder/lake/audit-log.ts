import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** An event of an application's in an event data store. */
export interface AuditRecord {
  readonly storeArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly eventId: string;
  /** When it happened, in milliseconds; retention goes by it. */
  readonly at: number;
  /** The record as JSON text (User Guide, "CloudTrail Lake integrations event schema"). */
  readonly json: string;
}

/** Whoever wants the records of event data stores as they come; called after they are written. */
export interface AuditSink {
  accept(records: readonly AuditRecord[]): void | Promise<void>;
}

/** What event data stores hold. */
export interface AuditLog {
  /** All of a call are written before it returns, or none. */
  add(records: readonly AuditRecord[]): void;
  /** A store's records in the order they came, those after `after`; the number is for going on. */
  read(storeArn: string, after: number, limit: number): readonly { readonly number: number; readonly json: string }[];
  /** Takes away what happened before an instant; says how many. */
  expire(storeArn: string, before: number): number;
  /** Takes a store's records away. */
  forget(storeArn: string): void;
  close(): void;
}

/** Opens, or makes, the file that event data stores keep their records in; `:memory:` for one that does not last. */
export function openAuditLog(path: string): AuditLog {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS records (number INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT, at INTEGER, event TEXT, record TEXT);
CREATE INDEX IF NOT EXISTS records_by_store ON records (store, number);
CREATE INDEX IF NOT EXISTS records_by_time ON records (store, at);`);
  const add = database.prepare("INSERT INTO records (store, at, event, record) VALUES (?, ?, ?, ?)");
  const read = database.prepare(
    "SELECT number, record FROM records WHERE store = ? AND number > ? ORDER BY number LIMIT ?",
  );
  const expire = database.prepare("DELETE FROM records WHERE store = ? AND at < ?");
  const forget = database.prepare("DELETE FROM records WHERE store = ?");
  return {
    add(records) {
      database.exec("BEGIN");
      try {
        for (const { storeArn, at, eventId, json } of records) add.run(storeArn, at, eventId, json);
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    read: (storeArn, after, limit) =>
      read.all(storeArn, after, limit).map(({ number, record }) => ({ number: Number(number), json: String(record) })),
    expire: (storeArn, before) => Number(expire.run(storeArn, before).changes),
    forget(storeArn) {
      forget.run(storeArn);
    },
    close() {
      database.close();
    },
  };
}
