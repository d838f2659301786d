import { sql, type Kysely } from "kysely";
import { byteText } from "./engine.ts";

/** Hits of rules, the findings that they add up to, how many there were by day, and what detecting remembers. */
export async function findings(db: Kysely<unknown>): Promise<void> {
  const name = byteText(db);
  await findingTable(db, name);
  await hitTables(db, name);
  await memoryTables(db, name);
}

async function findingTable({ schema }: Kysely<unknown>, name: ReturnType<typeof byteText>): Promise<void> {
  await schema
    .createTable("findings")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("rule", name, (column) => column.notNull())
    .addColumn("group_key", name, (column) => column.notNull())
    .addColumn("group_text", "text", (column) => column.notNull())
    .addColumn("is_staged", "integer", (column) => column.notNull())
    .addColumn("level", name, (column) => column.notNull())
    .addColumn("outcome", name, (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("to_at", "bigint", (column) => column.notNull())
    .addColumn("reach_from", "bigint", (column) => column.notNull())
    .addColumn("reach_to", "bigint", (column) => column.notNull())
    .addColumn("first_event", name, (column) => column.notNull())
    .addColumn("hits", "bigint", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("changed", "bigint", (column) => column.notNull())
    .addColumn("merged_into", name)
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("findings_changed").on("findings").columns(["changed"]).unique().execute();
  await schema
    .createIndex("findings_merged")
    .on("findings")
    .columns(["merged_into"])
    .where(sql.ref("merged_into"), "is not", null)
    .execute();
  // Those that have hits: the ones that a hit may join, and the ones that people are shown.
  for (const [index, columns] of Object.entries({
    findings_near: ["rule", "group_key", "reach_to", "to_at"],
    findings_newest: ["to_at", "id"],
  })) {
    await schema.createIndex(index).on("findings").columns(columns).where(sql.ref("merged_into"), "is", null).execute();
  }
}

async function hitTables({ schema }: Kysely<unknown>, name: ReturnType<typeof byteText>): Promise<void> {
  await schema
    .createTable("finding_hits")
    .addColumn("rule", name, (column) => column.notNull())
    .addColumn("event_key", name, (column) => column.notNull())
    .addColumn("finding", name, (column) => column.notNull())
    .addColumn("about", name, (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("to_at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_hits_key", ["event_key", "rule"])
    .execute();
  await schema.createIndex("finding_hits_of").on("finding_hits").columns(["finding", "from_at", "event_key"]).execute();
  await schema.createIndex("finding_hits_about").on("finding_hits").columns(["about"]).execute();
  await schema
    .createTable("finding_days")
    .addColumn("rule", name, (column) => column.notNull())
    .addColumn("day", "integer", (column) => column.notNull())
    .addColumn("kept", "bigint", (column) => column.notNull())
    .addColumn("not_kept", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_days_key", ["day", "rule"])
    .execute();
}

async function memoryTables({ schema }: Kysely<unknown>, name: ReturnType<typeof byteText>): Promise<void> {
  await schema
    .createTable("finding_spans")
    .addColumn("id", "bigint", (column) => column.primaryKey())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("to_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("finding_counters")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("last", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("finding_settings")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}
