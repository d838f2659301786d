import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import { type Collection, type LastingState } from "../../base/lasting.ts";

/** State that is open in this process until it is closed. */
export interface OpenState extends LastingState {
  close(): void;
}

/** Opens, or makes, the file that the sandbox's things last in; `:memory:` for one that does not last. */
export function openState(path: string): OpenState {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  return new SqliteState(new DatabaseSync(path));
}

class SqliteState implements OpenState {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #collections = new Map<string, StoredCollection<never>>();
  /** How to take back what was changed together so far; undefined where nothing is. */
  #undo: (() => void)[] | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    // A killed process loses nothing; a machine that loses its power may lose the last moments, in a sandbox.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    database.exec(
      "CREATE TABLE IF NOT EXISTS things (collection TEXT, key TEXT, thing TEXT, PRIMARY KEY (collection, key)) WITHOUT ROWID",
    );
    this.#put = database.prepare("INSERT OR REPLACE INTO things VALUES (?, ?, ?)");
    this.#delete = database.prepare("DELETE FROM things WHERE collection = ? AND key = ?");
  }

  collection<Thing>(name: string): Collection<Thing> {
    const known = this.#collections.get(name) as StoredCollection<Thing> | undefined;
    if (known !== undefined) return known;
    const rows = this.#database.prepare("SELECT key, thing FROM things WHERE collection = ?").all(name);
    const things = new Map(rows.map(({ key, thing }) => [String(key), JSON.parse(String(thing)) as Thing]));
    const collection = new StoredCollection<Thing>(things, {
      put: (key, thing) => this.#put.run(name, key, JSON.stringify(thing)),
      delete: (key) => this.#delete.run(name, key),
    });
    this.#collections.set(name, collection as StoredCollection<never>);
    this.#undo?.push(collection.begin());
    return collection;
  }

  together<Result>(change: () => Result): Result {
    if (this.#undo !== undefined) return change();
    const undo = (this.#undo = [...this.#collections.values()].map((collection) => collection.begin()));
    this.#database.exec("BEGIN");
    try {
      const result = change();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      for (const back of undo) back();
      throw error;
    } finally {
      for (const collection of this.#collections.values()) collection.end();
      this.#undo = undefined;
    }
  }

  close(): void {
    this.#database.close();
  }
}

interface Disk<Thing> {
  put(key: string, thing: Thing): void;
  delete(key: string): void;
}

class StoredCollection<Thing> implements Collection<Thing> {
  readonly #things: Map<string, Thing>;
  readonly #disk: Disk<Thing>;
  /** The keys in order; made when first asked for, then kept so. */
  #keys: string[] | undefined;
  /** What stood there before the changes that go together. */
  #before: Map<string, Thing | undefined> | undefined;

  constructor(things: Map<string, Thing>, disk: Disk<Thing>) {
    this.#things = things;
    this.#disk = disk;
  }

  get size(): number {
    return this.#things.size;
  }

  get(key: string): Thing | undefined {
    return this.#things.get(key);
  }

  has(key: string): boolean {
    return this.#things.has(key);
  }

  put(key: string, thing: Thing): void {
    this.#disk.put(key, thing);
    this.#remember(key);
    if (this.#keys !== undefined && !this.#things.has(key)) this.#keys.splice(firstAtLeast(this.#keys, key), 0, key);
    this.#things.set(key, thing);
  }

  delete(key: string): boolean {
    if (!this.#things.has(key)) return false;
    this.#disk.delete(key);
    this.#remember(key);
    if (this.#keys !== undefined) this.#keys.splice(firstAtLeast(this.#keys, key), 1);
    return this.#things.delete(key);
  }

  *entries(prefix = ""): Generator<readonly [string, Thing]> {
    this.#keys ??= [...this.#things.keys()].sort();
    let key = this.#keys[firstAtLeast(this.#keys, prefix)];
    while (key?.startsWith(prefix) === true) {
      const thing = this.#things.get(key);
      if (thing !== undefined) yield [key, thing];
      // Looked for anew: things may have come and gone meanwhile.
      const keys: readonly string[] = (this.#keys ??= [...this.#things.keys()].sort());
      const at = firstAtLeast(keys, key);
      key = keys[keys[at] === key ? at + 1 : at];
    }
  }

  *values(prefix = ""): Generator<Thing> {
    for (const [, thing] of this.entries(prefix)) yield thing;
  }

  /** From now on changes can be taken back, by calling what is returned. */
  begin(): () => void {
    const before = (this.#before = new Map());
    return () => {
      for (const [key, thing] of before) {
        if (thing === undefined) this.#things.delete(key);
        else this.#things.set(key, thing);
      }
      this.#keys = undefined;
    };
  }

  end(): void {
    this.#before = undefined;
  }

  #remember(key: string): void {
    if (this.#before !== undefined && !this.#before.has(key)) this.#before.set(key, this.#things.get(key));
  }
}

/** The first place in the ordered keys whose key is not before `wanted`. */
function firstAtLeast(keys: readonly string[], wanted: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
