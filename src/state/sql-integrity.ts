import type { ExpressionBuilder, Kysely, Selectable } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { putSetting, readSetting } from "./database/settings.ts";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { IntegrityFindingsTable, IntegrityKeysTable, IntegrityTables } from "./database/tables.ts";
import type { ChainRow, IntegrityFindingRow, IntegrityTable, PublicKeyRow } from "./integrity-table.ts";

/** Rows written in one statement. */
const atOnce = 500;

/** What verifying remembers, as rows. */
export class SqlIntegrity implements IntegrityTable {
  readonly #database: Kysely<IntegrityTables>;

  constructor(database: Kysely<IntegrityTables>) {
    this.#database = database;
  }

  async putKeys(keys: readonly PublicKeyRow[]): Promise<void> {
    const rows = keys.map(storableTexts).map((key) => ({
      region: key.region,
      fingerprint: key.fingerprint,
      value: key.value,
      valid_from: key.validFrom,
      valid_to: key.validTo,
      seen_at: key.seenAt,
      authority: key.authority,
    }));
    for (const some of chunksOf(rows, atOnce)) {
      await this.#database
        .insertInto("integrity_keys")
        .values(some)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }

  async keys(region?: string): Promise<PublicKeyRow[]> {
    const all = this.#database.selectFrom("integrity_keys").selectAll();
    const ofRegion = region === undefined ? all : all.where("region", "=", storableText(region));
    return (await ofRegion.orderBy("region").orderBy("valid_from").orderBy("fingerprint").execute()).map(keyOf);
  }

  async putChain(row: ChainRow): Promise<void> {
    const { id, accountId, region, content, changedAt } = storableTexts(row);
    await this.#database
      .insertInto("integrity_chains")
      .values({ id, account_id: accountId, region, content: jsonOf(content), changed_at: changedAt })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((of) => ({
          account_id: of.ref("excluded.account_id"),
          region: of.ref("excluded.region"),
          content: of.ref("excluded.content"),
          changed_at: of.ref("excluded.changed_at"),
        })),
      )
      .execute();
  }

  async getChain(id: string): Promise<ChainRow | undefined> {
    const row = await this.#database
      .selectFrom("integrity_chains")
      .selectAll()
      .where("id", "=", storableText(id))
      .executeTakeFirst();
    return row && chainOf(row);
  }

  async chains(): Promise<ChainRow[]> {
    return (await this.#database.selectFrom("integrity_chains").selectAll().orderBy("id").execute()).map(chainOf);
  }

  async putFinding(row: IntegrityFindingRow): Promise<void> {
    const finding = storableTexts(row);
    await this.#database
      .insertInto("integrity_findings")
      .values({
        id: finding.id,
        kind: finding.kind,
        account_id: finding.accountId,
        region: finding.region,
        from_at: finding.from,
        to_at: finding.to,
        found_at: finding.foundAt,
        settled_at: finding.settledAt ?? null,
        content: jsonOf(finding.content),
      })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((of) => ({
          kind: of.ref("excluded.kind"),
          account_id: of.ref("excluded.account_id"),
          region: of.ref("excluded.region"),
          from_at: of.ref("excluded.from_at"),
          to_at: of.ref("excluded.to_at"),
          found_at: of.ref("excluded.found_at"),
          settled_at: of.ref("excluded.settled_at"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }

  async getFinding(id: string): Promise<IntegrityFindingRow | undefined> {
    const row = await this.#database
      .selectFrom("integrity_findings")
      .selectAll()
      .where("id", "=", storableText(id))
      .executeTakeFirst();
    return row && findingOf(row);
  }

  async findings(
    ask: { readonly isOpen?: boolean; readonly accountId?: string; readonly from?: number; readonly to?: number },
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<IntegrityFindingRow[]> {
    const last = after === undefined ? undefined : await this.getFinding(after);
    if (after !== undefined && last === undefined) return [];
    const rows = await this.#database
      .selectFrom("integrity_findings")
      .selectAll()
      .where((is) => asked(is, ask))
      .where((is) => is.and(last === undefined ? [] : [behind(is, last)]))
      .orderBy("found_at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(findingOf);
  }

  setting(name: string): Promise<unknown> {
    return readSetting(this.#database, "integrity_settings", name);
  }

  setSetting(name: string, value: unknown): Promise<void> {
    return putSetting(this.#database, "integrity_settings", name, value);
  }
}

type Findings = ExpressionBuilder<IntegrityTables, "integrity_findings">;

/** Findings about a time that has any part in common with the one asked for; an instant has itself. */
function asked(
  is: Findings,
  {
    isOpen,
    accountId,
    from,
    to,
  }: { readonly isOpen?: boolean; readonly accountId?: string; readonly from?: number; readonly to?: number },
) {
  return is.and([
    ...(isOpen === undefined ? [] : [is("settled_at", isOpen ? "is" : "is not", null)]),
    ...(accountId === undefined ? [] : [is("account_id", "=", storableText(accountId))]),
    ...(from === undefined ? [] : [is.or([is("to_at", ">", from), is("from_at", ">=", from)])]),
    ...(to === undefined ? [] : [is("from_at", "<", to)]),
  ]);
}

/** What comes after a finding, the newest first. */
function behind(is: Findings, { foundAt, id }: IntegrityFindingRow) {
  return is.or([is("found_at", "<", foundAt), is.and([is("found_at", "=", foundAt), is("id", "<", id)])]);
}

function keyOf(row: Selectable<IntegrityKeysTable>): PublicKeyRow {
  return {
    region: row.region,
    fingerprint: row.fingerprint,
    value: row.value,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    seenAt: row.seen_at,
    authority: row.authority,
  };
}

function chainOf(row: IntegrityTables["integrity_chains"]): ChainRow {
  return {
    id: row.id,
    accountId: row.account_id,
    region: row.region,
    content: JSON.parse(row.content) as unknown,
    changedAt: row.changed_at,
  };
}

function findingOf(row: Selectable<IntegrityFindingsTable>): IntegrityFindingRow {
  return {
    id: row.id,
    kind: row.kind,
    accountId: row.account_id,
    region: row.region,
    from: row.from_at,
    to: row.to_at,
    foundAt: row.found_at,
    settledAt: row.settled_at ?? undefined,
    content: JSON.parse(row.content) as unknown,
  };
}
