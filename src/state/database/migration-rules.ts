import type { Kysely } from "kysely";
import { byteText } from "./engine.ts";

/** What a house has settled about rules, packages of rules with their files, and named things that rules know the shape of. */
export async function rules(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("rule_settings")
    .addColumn("rule", name, (column) => column.primaryKey())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("rule_packages")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("license", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("imported_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("rule_files")
    .addColumn("package", name, (column) => column.notNull())
    .addColumn("path", name, (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("rule_files_key", ["package", "path"])
    .execute();
  await schema
    .createTable("rule_items")
    .addColumn("kind", name, (column) => column.notNull())
    .addColumn("name", name, (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("rule_items_key", ["kind", "name"])
    .execute();
}
