import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import { type Clock } from "../../base/clock.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
import { attributesOf, type HistoryCategory, type HistoryEntry, historyEntryOf } from "./history-entry.ts";

/** How long the event history goes back (User Guide, "Working with CloudTrail Event history"). */
export const historyMilliseconds = 90 * 24 * 3_600_000;

/** Where a page ended: the last event's instant and number. */
export interface PagePlace {
  readonly at: number;
  readonly id: number;
}

export interface HistoryQuestion {
  readonly accountId: string;
  readonly region: string;
  readonly category: HistoryCategory;
  /** Milliseconds, both included. */
  readonly from: number;
  readonly to: number;
  readonly attribute: { readonly key: string; readonly value: string } | undefined;
  /** Only what comes after this place, newest first. */
  readonly after: PagePlace | undefined;
  readonly limit: number;
}

export interface FoundEvent {
  readonly place: PagePlace;
  readonly entry: HistoryEntry;
  /** The record as JSON text. */
  readonly json: string;
}

/** The management events of the last 90 days, of all accounts and regions, trail or no trail. */
export interface History {
  /** What page tokens are sealed with; the same for as long as the file lasts. */
  readonly tokenKey: Uint8Array;
  /** Keeps records that belong here and are not there yet; says how many. All of a call are written, or none. */
  add(records: readonly { readonly record: CloudTrailRecord; readonly json: string }[]): number;
  /** Newest first; of the same second the later written first. */
  find(question: HistoryQuestion): readonly FoundEvent[];
  /** Takes away what is too old, at most `limit` events; says how many. `add` does it too, a little each time. */
  expire(limit?: number): number;
  close(): void;
}

/** Opens, or makes, the file of the event history; `:memory:` for one that does not last. */
export function openHistory(path: string, options: { readonly clock: Clock }): History {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  return new SqliteHistory(new DatabaseSync(path), options.clock);
}

const tables = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scopes (scope INTEGER PRIMARY KEY, account TEXT, region TEXT, category TEXT,
  UNIQUE (account, region, category));
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, scope INTEGER, at INTEGER, event TEXT, record TEXT,
  UNIQUE (scope, event));
CREATE INDEX IF NOT EXISTS events_by_time ON events (scope, at, id);
CREATE INDEX IF NOT EXISTS events_by_age ON events (at);
CREATE TABLE IF NOT EXISTS attributes (scope INTEGER, key TEXT, value TEXT, at INTEGER, id INTEGER,
  PRIMARY KEY (scope, key, value, at, id)) WITHOUT ROWID;`;

const newestFirst = "ORDER BY at DESC, id DESC LIMIT ?";
const inRange = "at BETWEEN ? AND ? AND (at, id) < (?, ?)";

/** Expired events taken away with each `add`: more than come in by one call, so the file stops growing. */
const expiredEachTime = 2_000;

class SqliteHistory implements History {
  readonly tokenKey: Uint8Array;
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #scopes = new Map<string, number>();
  readonly #statements: {
    readonly addEvent: StatementSync;
    readonly addAttribute: StatementSync;
    readonly byTime: StatementSync;
    readonly byAttribute: StatementSync;
    readonly old: StatementSync;
    readonly deleteEvent: StatementSync;
    readonly deleteAttribute: StatementSync;
  };

  constructor(database: DatabaseSync, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    database.exec(tables);
    this.tokenKey = lastingKey(database);
    const attribute = "scope = ? AND key = ? AND value = ?";
    this.#statements = {
      addEvent: database.prepare("INSERT OR IGNORE INTO events (scope, at, event, record) VALUES (?, ?, ?, ?)"),
      addAttribute: database.prepare("INSERT OR IGNORE INTO attributes VALUES (?, ?, ?, ?, ?)"),
      byTime: database.prepare(`SELECT at, id, record FROM events WHERE scope = ? AND ${inRange} ${newestFirst}`),
      byAttribute: database.prepare(
        `SELECT found.at, found.id, record FROM (SELECT at, id FROM attributes WHERE ${attribute} AND ${inRange} ${newestFirst}) found
JOIN events USING (id) ORDER BY found.at DESC, found.id DESC`,
      ),
      old: database.prepare("SELECT id, scope, at, record FROM events WHERE at < ? ORDER BY at LIMIT ?"),
      deleteEvent: database.prepare("DELETE FROM events WHERE id = ?"),
      deleteAttribute: database.prepare(`DELETE FROM attributes WHERE ${attribute} AND at = ? AND id = ?`),
    };
  }

  add(records: readonly { readonly record: CloudTrailRecord; readonly json: string }[]): number {
    const since = this.#clock.now() - historyMilliseconds;
    const entries = records.flatMap(({ record, json }) => {
      const entry = historyEntryOf(record);
      return entry === undefined || entry.at < since ? [] : [{ entry, json }];
    });
    return this.#together(() => {
      this.#takeOld(expiredEachTime);
      let added = 0;
      for (const { entry, json } of entries) if (this.#addOne(entry, json)) added += 1;
      return added;
    });
  }

  find(question: HistoryQuestion): readonly FoundEvent[] {
    const scope = this.#scopeOf(question.accountId, question.region, question.category, false);
    if (scope === undefined) return [];
    const from = Math.max(question.from, this.#clock.now() - historyMilliseconds);
    const { at, id } = question.after ?? { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };
    const range = [from, question.to, at, id, question.limit];
    const { attribute } = question;
    const rows =
      attribute === undefined
        ? this.#statements.byTime.all(scope, ...range)
        : this.#statements.byAttribute.all(scope, attribute.key, attribute.value, ...range);
    return rows.flatMap((row) => {
      const json = String(row["record"]);
      const entry = historyEntryOf(JSON.parse(json) as CloudTrailRecord);
      return entry === undefined ? [] : [{ place: { at: Number(row["at"]), id: Number(row["id"]) }, entry, json }];
    });
  }

  expire(limit = Number.MAX_SAFE_INTEGER): number {
    return this.#together(() => this.#takeOld(limit));
  }

  close(): void {
    this.#database.close();
  }

  #addOne(entry: HistoryEntry, json: string): boolean {
    const scope = this.#scopeOf(entry.accountId, entry.region, entry.category, true);
    if (scope === undefined) return false;
    const { changes, lastInsertRowid } = this.#statements.addEvent.run(scope, entry.at, entry.eventId, json);
    if (changes === 0) return false;
    for (const [key, value] of attributesOf(entry)) {
      this.#statements.addAttribute.run(scope, key, value, entry.at, lastInsertRowid);
    }
    return true;
  }

  /** What an event is found by follows from its record, so nothing else has to remember it. */
  #takeOld(limit: number): number {
    const old = this.#statements.old.all(this.#clock.now() - historyMilliseconds, limit);
    for (const { id = 0, scope = 0, at = 0, record } of old) {
      const entry = historyEntryOf(JSON.parse(String(record)) as CloudTrailRecord);
      for (const [key, value] of entry === undefined ? [] : attributesOf(entry)) {
        this.#statements.deleteAttribute.run(scope, key, value, at, id);
      }
      this.#statements.deleteEvent.run(id);
    }
    return old.length;
  }

  #scopeOf(accountId: string, region: string, category: string, mayMake: boolean): number | undefined {
    const name = JSON.stringify([accountId, region, category]);
    const known = this.#scopes.get(name);
    if (known !== undefined) return known;
    if (mayMake) {
      const make = "INSERT OR IGNORE INTO scopes (account, region, category) VALUES (?, ?, ?)";
      this.#database.prepare(make).run(accountId, region, category);
    }
    const read = "SELECT scope FROM scopes WHERE account = ? AND region = ? AND category = ?";
    const scope = this.#database.prepare(read).get(accountId, region, category)?.["scope"];
    if (scope === undefined) return undefined;
    this.#scopes.set(name, Number(scope));
    return Number(scope);
  }

  #together<Result>(change: () => Result): Result {
    this.#database.exec("BEGIN");
    try {
      const result = change();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      // What was made within is gone again.
      this.#scopes.clear();
      throw error;
    }
  }
}

function lastingKey(database: DatabaseSync): Uint8Array {
  database.prepare("INSERT OR IGNORE INTO settings VALUES ('token-key', ?)").run(randomBytes(32));
  const value = database.prepare("SELECT value FROM settings WHERE name = 'token-key'").get()?.["value"];
  if (!(value instanceof Uint8Array)) throw new TypeError("The event history has no key for its tokens");
  return value;
}
