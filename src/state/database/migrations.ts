import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { byteText } from "./engine.ts";
import { figures } from "./migration-figures.ts";
import { findings } from "./migration-findings.ts";
import { incidents } from "./migration-incidents.ts";
import { notify } from "./migration-notify.ts";
import { rules } from "./migration-rules.ts";

/** In the order in which they are made; one that was released is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-collect": { up: collect },
  "002-left-out": { up: leftOut },
  "003-setup": { up: setup },
  "004-integrity": { up: integrity },
  "005-rules": { up: rules },
  "006-findings": { up: findings },
  "007-incidents": { up: incidents },
  "008-notify": { up: notify },
  "009-figures": { up: figures },
};

async function collect(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("sources")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("is_paused", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  for (const what of ["secrets", "figures"]) {
    await schema
      .createTable(`source_${what}`)
      .addColumn("source", "text", (column) => column.primaryKey())
      .addColumn(what, "text", (column) => column.notNull())
      .execute();
  }
  await schema
    .createTable("source_memory")
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("key", name, (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("source_memory_key", ["source", "key"])
    .execute();
  await schema
    .createTable("set_aside")
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("id", name, (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("received", "integer", (column) => column.notNull())
    .addColumn("set_aside_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("set_aside_key", ["source", "id"])
    .execute();
  await schema
    .createTable("accounts")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("organization_id", "text")
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("first_seen_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("filters")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("dropped", "bigint", (column) => column.notNull())
    .addColumn("last_dropped_at", "bigint")
    .execute();
  await ledger(db, name);
}

async function ledger({ schema }: Kysely<unknown>, name: ReturnType<typeof sql>): Promise<void> {
  await schema
    .createTable("ledger")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("bucket", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("hour", "bigint", (column) => column.notNull())
    .addColumn("size_bytes", "bigint")
    .addColumn("version", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("noticed_at", "bigint")
    .addColumn("listed_at", "bigint")
    .addColumn("named_at", "bigint")
    .addColumn("read_at", "bigint")
    .addColumn("records", "bigint", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("due_at", "bigint")
    .addColumn("problem", "text")
    .execute();
  // Only what is still to be done: small, however long the ledger gets.
  await schema
    .createIndex("ledger_due")
    .on("ledger")
    .columns(["source", "state", "due_at"])
    .where(sql.ref("due_at"), "is not", null)
    .execute();
  await schema
    .createIndex("ledger_missing")
    .on("ledger")
    .columns(["name"])
    .where(sql.ref("due_at"), "is not", null)
    .execute();
  await schema
    .createTable("ledger_hours")
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("hour", "bigint", (column) => column.notNull())
    .addColumn("known", "bigint", (column) => column.notNull())
    .addColumn("noticed", "bigint", (column) => column.notNull())
    .addColumn("listed", "bigint", (column) => column.notNull())
    .addColumn("named", "bigint", (column) => column.notNull())
    .addColumn("read", "bigint", (column) => column.notNull())
    .addColumn("failing", "bigint", (column) => column.notNull())
    .addColumn("left_out", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("ledger_hours_key", ["hour", "account_id", "region", "kind", "source"])
    .execute();
}

/** What was left out is found again without a look at everything that was read. */
async function leftOut({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex("ledger_left_out")
    .on("ledger")
    .columns(["name"])
    .where(sql.ref("state"), "=", sql.lit("left out"))
    .execute();
}

async function setup(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("deployments")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("agreed", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("deployment_secrets")
    .addColumn("deployment", name, (column) => column.primaryKey())
    .addColumn("secrets", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("setup_runs")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("deployment", name, (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("setup_runs_newest").on("setup_runs").columns(["deployment", "started_at", "id"]).execute();
  await schema
    .createTable("setup_history")
    .addColumn("deployment", name, (column) => column.notNull())
    .addColumn("id", name, (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("setup_history_key", ["deployment", "id"])
    .execute();
}

async function integrity(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const name = byteText(db);
  await schema
    .createTable("integrity_keys")
    .addColumn("region", name, (column) => column.notNull())
    .addColumn("fingerprint", name, (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("valid_from", "bigint", (column) => column.notNull())
    .addColumn("valid_to", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("authority", name, (column) => column.notNull())
    .addPrimaryKeyConstraint("integrity_keys_key", ["authority", "region", "fingerprint"])
    .execute();
  await schema
    .createTable("integrity_chains")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createTable("integrity_findings")
    .addColumn("id", name, (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("region", "text", (column) => column.notNull())
    .addColumn("from_at", "bigint", (column) => column.notNull())
    .addColumn("to_at", "bigint", (column) => column.notNull())
    .addColumn("found_at", "bigint", (column) => column.notNull())
    .addColumn("settled_at", "bigint")
    .addColumn("content", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("integrity_findings_newest").on("integrity_findings").columns(["found_at", "id"]).execute();
  // What still stands: few, however many were settled.
  await schema
    .createIndex("integrity_findings_open")
    .on("integrity_findings")
    .columns(["found_at", "id"])
    .where(sql.ref("settled_at"), "is", null)
    .execute();
  await schema
    .createTable("integrity_settings")
    .addColumn("name", name, (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}
