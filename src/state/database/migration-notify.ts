import { sql, type Kysely } from "kysely";
import { byteText, isPostgres } from "./engine.ts";

/** Channels and routes, what waits to be told, what was told, and every delivery. */
export async function notify(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("notify_channels")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("is_paused", "integer", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("channel_secrets")
    .addColumn("channel", name, (column) => column.primaryKey())
    .addColumn("secrets", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("notify_routes")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("notify_settings")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await outbox(db);
  await deliveries(db);
}

/** Numbers that grow, in both engines. */
function growing(db: Kysely<unknown>): ReturnType<typeof sql> {
  return isPostgres(db) ? sql`bigserial` : sql`integer`;
}

async function outbox(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("notify_outbox")
    .addColumn("number", growing(db), (column) => column.primaryKey())
    .addColumn("id", name, (column) => column.notNull())
    .addColumn("channel", name, (column) => column.notNull())
    .addColumn("route", name, (column) => column.notNull())
    .addColumn("in_group", name, (column) => column.notNull())
    .addColumn("thread", name, (column) => column.notNull())
    // Nothing once it is told: its row stays a while, so that nobody is told twice.
    .addColumn("due_at", "bigint")
    .addColumn("first_due_at", "bigint", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("message", name)
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("notify_outbox_once").unique().on("notify_outbox").columns(["id", "channel"]).execute();
  // Only what waits: small, however much was told.
  const waits = [sql.ref("due_at"), "is not", null] as const;
  await schema
    .createIndex("notify_outbox_due")
    .on("notify_outbox")
    .columns(["channel", "due_at", "number"])
    .where(...waits)
    .execute();
  await schema
    .createIndex("notify_outbox_group")
    .on("notify_outbox")
    .columns(["channel", "in_group"])
    .where(...waits)
    .execute();
  await schema.createIndex("notify_outbox_thread").on("notify_outbox").columns(["thread", "channel"]).execute();
  await schema.createIndex("notify_outbox_created").on("notify_outbox").columns(["created_at"]).execute();
}

async function deliveries(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("notify_deliveries")
    .addColumn("number", growing(db), (column) => column.primaryKey())
    .addColumn("channel", byteText(db), (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("notices", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("answer", "text", (column) => column.notNull())
    .addColumn("took_ms", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("notify_deliveries_of")
    .on("notify_deliveries")
    .columns(["channel", "status", "at"])
    .execute();
  await schema.createIndex("notify_deliveries_at").on("notify_deliveries").columns(["at"]).execute();
}
