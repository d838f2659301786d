import type { Kysely, Selectable } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { storableText, storableTexts } from "./database/storable-text.ts";
import type { SourcesTable, CollectTables } from "./database/tables.ts";
import { StateError } from "./errors.ts";
import type { SetAsideMessage, SourceFigures, SourceRow, SourceTable } from "./source-table.ts";

/** Rows written in one statement. */
const atOnce = 500;

const noFigures: SourceFigures = {
  messages: 0,
  logFiles: 0,
  events: 0,
  duplicates: 0,
  swallowed: {},
  firstFileAt: undefined,
  lastFileAt: undefined,
  lastEventAt: undefined,
};

export class SqlSources implements SourceTable {
  readonly #database: Kysely<CollectTables>;

  constructor(database: Kysely<CollectTables>) {
    this.#database = database;
  }

  async add(source: SourceRow): Promise<void> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto("sources")
      .values({
        name: source.name,
        type: source.type,
        settings: JSON.stringify(source.settings),
        is_paused: source.isPaused ? 1 : 0,
        created_at: source.createdAt,
        changed_at: source.changedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 0n) return;
    throw new StateError(`There is a source ${source.name} already`, {
      code: "source-exists",
      fault: "user",
      help: "Choose another name, or remove that source first: its events stay",
    });
  }

  async change(
    name: string,
    { settings, isPaused }: Partial<Pick<SourceRow, "settings" | "isPaused">>,
    at: number,
  ): Promise<void> {
    await this.#database
      .updateTable("sources")
      .set({
        changed_at: at,
        ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
        ...(isPaused === undefined ? {} : { is_paused: isPaused ? 1 : 0 }),
      })
      .where("name", "=", name)
      .execute();
  }

  async remove(name: string): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom("sources").where("name", "=", name).execute();
      for (const table of ["source_secrets", "source_figures", "source_memory", "set_aside"] as const) {
        await transaction.deleteFrom(table).where("source", "=", name).execute();
      }
    });
  }

  async get(name: string): Promise<SourceRow | undefined> {
    const row = await this.#database.selectFrom("sources").selectAll().where("name", "=", name).executeTakeFirst();
    return row && sourceOf(row);
  }

  async list(): Promise<SourceRow[]> {
    return (await this.#database.selectFrom("sources").selectAll().orderBy("name").execute()).map(sourceOf);
  }

  async secrets(name: string): Promise<Readonly<Record<string, string>>> {
    const row = await this.#database
      .selectFrom("source_secrets")
      .select("secrets")
      .where("source", "=", name)
      .executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.secrets) as Record<string, string>);
  }

  async setSecrets(source: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.#database
      .insertInto("source_secrets")
      .values({ source, secrets: JSON.stringify(secrets) })
      .onConflict((conflict) =>
        conflict.column("source").doUpdateSet((of) => ({ secrets: of.ref("excluded.secrets") })),
      )
      .execute();
  }

  async figures(name: string): Promise<SourceFigures> {
    const row = await this.#database
      .selectFrom("source_figures")
      .select("figures")
      .where("source", "=", name)
      .executeTakeFirst();
    return row === undefined ? noFigures : { ...noFigures, ...(JSON.parse(row.figures) as Partial<SourceFigures>) };
  }

  async setFigures(source: string, figures: SourceFigures): Promise<void> {
    await this.#database
      .insertInto("source_figures")
      .values({ source, figures: JSON.stringify(figures) })
      .onConflict((conflict) =>
        conflict.column("source").doUpdateSet((of) => ({ figures: of.ref("excluded.figures") })),
      )
      .execute();
  }

  async memory(source: string, prefix = ""): Promise<ReadonlyMap<string, unknown>> {
    const rows = await this.#database
      .selectFrom("source_memory")
      .select(["key", "value"])
      .where("source", "=", source)
      .where("key", ">=", storableText(prefix))
      .where("key", "<", `${storableText(prefix)}\u{10ffff}`)
      .orderBy("key")
      .execute();
    return new Map(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
  }

  async remember(source: string, values: ReadonlyMap<string, unknown>): Promise<void> {
    const stored = new Map([...values].map(([key, value]) => [storableText(key), JSON.stringify(value)]));
    const rows = [...stored].map(([key, value]) => ({ source, key, value }));
    await this.#database.transaction().execute(async (transaction) => {
      for (const some of chunksOf(rows, atOnce)) {
        await transaction
          .insertInto("source_memory")
          .values(some)
          .onConflict((conflict) =>
            conflict.columns(["source", "key"]).doUpdateSet((of) => ({ value: of.ref("excluded.value") })),
          )
          .execute();
      }
    });
  }

  async forget(source: string, keys: readonly string[]): Promise<void> {
    for (const some of chunksOf(keys.map(storableText), atOnce)) {
      await this.#database.deleteFrom("source_memory").where("source", "=", source).where("key", "in", some).execute();
    }
  }

  async setAside(message: SetAsideMessage): Promise<void> {
    const { source, id, body, reason, received, setAsideAt } = storableTexts(message);
    await this.#database
      .insertInto("set_aside")
      .values({ source, id, body, reason, received, set_aside_at: setAsideAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async aside(
    source: string,
    { after = "", limit }: { readonly after?: string; readonly limit: number },
  ): Promise<SetAsideMessage[]> {
    const rows = await this.#database
      .selectFrom("set_aside")
      .selectAll()
      .where("source", "=", source)
      .where("id", ">", storableText(after))
      .orderBy("id")
      .limit(limit)
      .execute();
    return rows.map(({ set_aside_at: setAsideAt, ...row }) => ({ ...row, setAsideAt }));
  }

  async asideCount(source: string): Promise<number> {
    const row = await this.#database
      .selectFrom("set_aside")
      .select((of) => of.fn.countAll<number>().as("count"))
      .where("source", "=", source)
      .executeTakeFirstOrThrow();
    return row.count;
  }

  async dropAside(source: string, ids: readonly string[]): Promise<void> {
    for (const some of chunksOf(ids.map(storableText), atOnce)) {
      await this.#database.deleteFrom("set_aside").where("source", "=", source).where("id", "in", some).execute();
    }
  }
}

function sourceOf(row: Selectable<SourcesTable>): SourceRow {
  return {
    name: row.name,
    type: row.type,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
    isPaused: row.is_paused === 1,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
