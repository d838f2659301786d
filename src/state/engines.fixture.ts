import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { LedgerObject } from "./ledger.ts";
import { openState } from "./open-state.ts";
import { findPostgres, runOnPostgres, startPostgres, type TestPostgres } from "./postgres.fixture.ts";
import type { State } from "./state.ts";

export const hour = 3_600_000;
export const noon = Date.UTC(2026, 10, 21, 12);

export function object(number: number, fields: Partial<LedgerObject> = {}): LedgerObject {
  const key = `AWSLogs/111122223333/CloudTrail/eu-central-1/2026/11/21/${String(number).padStart(6, "0")}.json.gz`;
  return {
    name: `s3://logs/${key}`,
    bucket: "logs",
    key,
    source: "queue",
    accountId: "111122223333",
    region: "eu-central-1",
    kind: "log",
    hour: noon,
    ...fields,
  };
}

export interface Place extends AsyncDisposable {
  /** Opens the same state, again and again. */
  open(): Promise<State>;
  /** Says something to its database. */
  run(text: string): Promise<void>;
}

export interface Engine {
  readonly name: "SQLite" | "Postgres";
  readonly makePlace: () => Promise<Place>;
  /** One whose tables are not made yet. */
  readonly makeEmptyPlace: () => Promise<Place>;
}

/** What is promised of state holds in SQLite, and in Postgres where a server is installed. */
export async function onEveryEngine(what: string, defineTests: (engine: Engine) => void): Promise<void> {
  describe(`${what} in SQLite`, () => {
    defineTests({ name: "SQLite", makePlace: makeSqlitePlace, makeEmptyPlace: makeSqlitePlace });
  });
  const programs = await findPostgres();
  const skip = programs === undefined ? "no Postgres server is installed" : false;
  describe(`${what} in Postgres`, { skip }, () => {
    let postgres: TestPostgres | undefined;
    let original = "";
    before(async () => {
      if (programs === undefined) return;
      postgres = await startPostgres(programs);
      original = await postgres.emptyDatabase();
      // What each test begins with: the tables are made once.
      await (await openState({ directory: "unused", url: original }))[Symbol.asyncDispose]();
    });
    after(async () => {
      await postgres?.[Symbol.asyncDispose]();
    });
    defineTests({
      name: "Postgres",
      makePlace: async () => placeAt((await postgres?.copyOf(original)) ?? ""),
      makeEmptyPlace: async () => placeAt((await postgres?.emptyDatabase()) ?? ""),
    });
  });
}

function placeAt(url: string): Place {
  return {
    open: () => openState({ directory: "unused", url }),
    run: (text) => runOnPostgres(url, text),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function makeSqlitePlace(): Promise<Place> {
  const folder = makeTemporaryFolder();
  return {
    open: () => openState({ directory: folder.path }),
    async run(text) {
      mkdirSync(join(folder.path, "state"), { recursive: true });
      const database = new DatabaseSync(join(folder.path, "state", "state.sqlite"));
      database.exec(text);
      database.close();
    },
    async [Symbol.asyncDispose]() {
      folder[Symbol.dispose]();
    },
  };
}
