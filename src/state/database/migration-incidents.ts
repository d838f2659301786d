import { sql, type Kysely } from "kysely";
import { byteText } from "./engine.ts";

/** Incidents with what they are found by, the findings in them, their history, and what is not to be told. */
export async function incidents(db: Kysely<unknown>): Promise<void> {
  const name = byteText(db);
  await incidentTables(db, name);
  await memoryTables(db, name);
}

async function incidentTables({ schema }: Kysely<unknown>, name: ReturnType<typeof byteText>): Promise<void> {
  await schema
    .createTable("incidents")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("number", "bigint", (column) => column.notNull().unique())
    .addColumn("state", name, (column) => column.notNull())
    .addColumn("severity", name, (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("owner", name, (column) => column.notNull())
    .addColumn("account_ids", "text", (column) => column.notNull())
    .addColumn("keys", "text", (column) => column.notNull())
    .addColumn("first_at", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("silent_until", "bigint")
    .addColumn("merged_into", name)
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("incidents_newest")
    .on("incidents")
    .columns(["last_at", "id"])
    .where(sql.ref("merged_into"), "is", null)
    .execute();
  // Its accounts stand among them, so that both are found in one way.
  await schema
    .createTable("incident_keys")
    .addColumn("key", name, (column) => column.notNull())
    .addColumn("incident", name, (column) => column.notNull())
    .addPrimaryKeyConstraint("incident_keys_key", ["key", "incident"])
    .execute();
  await schema.createIndex("incident_keys_of").on("incident_keys").columns(["incident"]).execute();
  await schema
    .createTable("incident_findings")
    .addColumn("finding", name, (column) => column.primaryKey())
    .addColumn("incident", name, (column) => column.notNull())
    .addColumn("rank", "integer", (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("hits", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("incident_findings_worst")
    .on("incident_findings")
    .columns(["incident", "rank", "from_at", "finding"])
    .execute();
  await schema
    .createTable("incident_history")
    .addColumn("number", "bigint", (column) => column.primaryKey())
    .addColumn("incident", name, (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("kind", name, (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("incident_history_of").on("incident_history").columns(["incident", "number"]).execute();
}

async function memoryTables({ schema }: Kysely<unknown>, name: ReturnType<typeof byteText>): Promise<void> {
  await schema
    .createTable("incident_context")
    .addColumn("finding", name, (column) => column.primaryKey())
    .addColumn("actor", name, (column) => column.notNull())
    .addColumn("access_key", name, (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("to_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  for (const column of ["actor", "access_key"]) {
    await schema.createIndex(`incident_context_${column}`).on("incident_context").columns([column, "to_at"]).execute();
  }
  await schema.createIndex("incident_context_seen").on("incident_context").columns(["seen_at"]).execute();
  await schema
    .createTable("incident_mutes")
    .addColumn("subject", name, (column) => column.notNull())
    .addColumn("rule", name, (column) => column.notNull())
    .addColumn("incident", name, (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("incident_mutes_key", ["subject", "rule", "incident"])
    .execute();
  await schema
    .createTable("incident_silences")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("incident_settings")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}
