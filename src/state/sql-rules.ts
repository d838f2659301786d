import type { Kysely } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { RuleTables } from "./database/tables.ts";
import type { RuleFileRow, RuleItemRow, RulePackageRow, RuleSettingRow, RuleTable } from "./rule-table.ts";

/** Rows written in one statement. */
const atOnce = 200;

const statuses = ["on", "off", "staged"] as const;

/** Settings of rules, packages and named things, as rows. */
export class SqlRules implements RuleTable {
  readonly #database: Kysely<RuleTables>;

  constructor(database: Kysely<RuleTables>) {
    this.#database = database;
  }

  async settings(): Promise<RuleSettingRow[]> {
    const rows = await this.#database.selectFrom("rule_settings").selectAll().orderBy("rule").execute();
    return rows.map((row) => ({
      rule: row.rule,
      // A word that this program does not know is none that it may run by.
      status: statuses.find((known) => known === row.status) ?? "off",
      changedAt: row.changed_at,
      content: JSON.parse(row.content) as unknown,
    }));
  }

  async putSetting(row: RuleSettingRow): Promise<void> {
    await this.putSettings([row]);
  }

  async putSettings(rows: readonly RuleSettingRow[]): Promise<void> {
    const values = rows.map(({ rule, status, changedAt, content }) => ({
      ...{ rule: storableText(rule), status, changed_at: changedAt, content: jsonOf(content) },
    }));
    await this.#database.transaction().execute(async (change) => {
      for (const some of chunksOf(values, atOnce)) {
        await change
          .insertInto("rule_settings")
          .values(some)
          .onConflict((conflict) =>
            conflict.column("rule").doUpdateSet((of) => ({
              status: of.ref("excluded.status"),
              changed_at: of.ref("excluded.changed_at"),
              content: of.ref("excluded.content"),
            })),
          )
          .execute();
      }
    });
  }

  async removeSettings(rules: readonly string[]): Promise<void> {
    await this.#database.transaction().execute(async (change) => {
      for (const some of chunksOf(rules.map(storableText), atOnce)) {
        await change.deleteFrom("rule_settings").where("rule", "in", some).execute();
      }
    });
  }

  async packages(): Promise<RulePackageRow[]> {
    const rows = await this.#database.selectFrom("rule_packages").selectAll().orderBy("name").execute();
    return rows.map(({ imported_at: importedAt, ...rest }) => ({ ...rest, importedAt }));
  }

  async putPackage(row: RulePackageRow, files: readonly RuleFileRow[]): Promise<void> {
    const { importedAt, ...rest } = storableTexts(row);
    await this.#database.transaction().execute(async (change) => {
      await change.deleteFrom("rule_files").where("package", "=", rest.name).execute();
      await change
        .insertInto("rule_packages")
        .values({ ...rest, imported_at: importedAt })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet((of) => ({
            origin: of.ref("excluded.origin"),
            license: of.ref("excluded.license"),
            author: of.ref("excluded.author"),
            version: of.ref("excluded.version"),
            imported_at: of.ref("excluded.imported_at"),
          })),
        )
        .execute();
      const rows = files.map(storableTexts).map(({ path, text }) => ({ package: rest.name, path, text }));
      for (const some of chunksOf(rows, atOnce)) await change.insertInto("rule_files").values(some).execute();
    });
  }

  async removePackage(name: string): Promise<void> {
    const kept = storableText(name);
    await this.#database.transaction().execute(async (change) => {
      await change.deleteFrom("rule_files").where("package", "=", kept).execute();
      await change.deleteFrom("rule_packages").where("name", "=", kept).execute();
    });
  }

  async files(packageName: string): Promise<RuleFileRow[]> {
    const rows = await this.#database
      .selectFrom("rule_files")
      .select(["path", "text"])
      .where("package", "=", storableText(packageName))
      .orderBy("path")
      .execute();
    return rows.map(({ path, text }) => ({ path, text }));
  }

  async items(kind: string): Promise<RuleItemRow[]> {
    const rows = await this.#database
      .selectFrom("rule_items")
      .selectAll()
      .where("kind", "=", storableText(kind))
      .orderBy("name")
      .execute();
    return rows.map((row) => ({
      kind: row.kind,
      name: row.name,
      changedAt: row.changed_at,
      content: JSON.parse(row.content) as unknown,
    }));
  }

  async putItem({ kind, name, changedAt, content }: RuleItemRow): Promise<void> {
    await this.#database
      .insertInto("rule_items")
      .values({
        kind: storableText(kind),
        name: storableText(name),
        changed_at: changedAt,
        content: jsonOf(content),
      })
      .onConflict((conflict) =>
        conflict.columns(["kind", "name"]).doUpdateSet((of) => ({
          changed_at: of.ref("excluded.changed_at"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }

  async removeItem(kind: string, name: string): Promise<void> {
    await this.#database
      .deleteFrom("rule_items")
      .where("kind", "=", storableText(kind))
      .where("name", "=", storableText(name))
      .execute();
  }
}
