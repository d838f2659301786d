import type { Kysely } from "kysely";
import type { AccountTable, KnownAccount } from "./account-table.ts";
import { storableTexts } from "./database/storable-text.ts";
import type { CollectTables } from "./database/tables.ts";

export class SqlAccounts implements AccountTable {
  readonly #database: Kysely<CollectTables>;

  constructor(database: Kysely<CollectTables>) {
    this.#database = database;
  }

  async keep(accounts: readonly KnownAccount[]): Promise<void> {
    for (const account of accounts.map(storableTexts)) {
      await this.#database
        .insertInto("accounts")
        .values({
          id: account.id,
          name: account.name,
          email: account.email,
          status: account.status,
          organization_id: account.organizationId ?? null,
          source: account.source,
          first_seen_at: account.firstSeenAt,
          seen_at: account.seenAt,
        })
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet((of) => ({
            name: of.ref("excluded.name"),
            email: of.ref("excluded.email"),
            status: of.ref("excluded.status"),
            organization_id: of.ref("excluded.organization_id"),
            source: of.ref("excluded.source"),
            seen_at: of.ref("excluded.seen_at"),
          })),
        )
        .execute();
    }
  }

  async list(): Promise<KnownAccount[]> {
    const rows = await this.#database.selectFrom("accounts").selectAll().orderBy("id").execute();
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      status: row.status,
      organizationId: row.organization_id ?? undefined,
      source: row.source,
      firstSeenAt: row.first_seen_at,
      seenAt: row.seen_at,
    }));
  }
}
