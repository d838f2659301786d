import type { ExpressionBuilder, Kysely } from "kysely";
import type { IncidentTables } from "./database/incident-tables.ts";
import { chunksOf } from "../base/chunks.ts";
import { putSetting, readSetting } from "./database/settings.ts";
import { jsonOf, storableText } from "./database/storable-text.ts";
import { accountKey, contextOf, historyOf, incidentOf, silenceOf } from "./incident-rows.ts";
import type {
  ContextAsk,
  ContextRow,
  IncidentAsk,
  IncidentHistoryRow,
  IncidentParts,
  IncidentRow,
  IncidentTable,
  IncidentWrite,
  MuteRow,
  SilenceRow,
} from "./incident-table.ts";
import { writeIncidents } from "./write-incidents.ts";

/** Values named in one statement. */
const atOnce = 500;

/** Incidents that share a key are never more; if they are, those with the most recent events. */
const sharingMax = 2_000;

/** Incidents and what belongs to them, as rows. */
export class SqlIncidents implements IncidentTable {
  readonly #database: Kysely<IncidentTables>;

  constructor(database: Kysely<IncidentTables>) {
    this.#database = database;
  }

  async write(change: IncidentWrite): Promise<void> {
    await writeIncidents(this.#database, change);
  }

  async get(id: string): Promise<IncidentRow | undefined> {
    return (await this.rows([id]))[0];
  }

  async rows(ids: readonly string[]): Promise<IncidentRow[]> {
    const found: IncidentRow[] = [];
    for (const some of chunksOf(unique(ids), atOnce)) {
      const rows = await this.#database.selectFrom("incidents").selectAll().where("id", "in", some).execute();
      found.push(...rows.map(incidentOf));
    }
    return found;
  }

  async withNumber(number: number): Promise<IncidentRow | undefined> {
    const all = this.#database.selectFrom("incidents").selectAll();
    const row = await all.where("number", "=", number).executeTakeFirst();
    return row && incidentOf(row);
  }

  async list(
    ask: IncidentAsk,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<IncidentRow[]> {
    const last = after === undefined ? undefined : await this.get(after);
    if (after !== undefined && last === undefined) return [];
    const rows = await this.#database
      .selectFrom("incidents")
      .selectAll()
      .where((is) => asked(is, ask))
      .where((is) => is.and(last === undefined ? [] : [behind(is, last)]))
      .orderBy("last_at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(incidentOf);
  }

  async count(ask: IncidentAsk): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database
      .selectFrom("incidents")
      .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
      .where((is) => asked(is, ask))
      .groupBy("state")
      .execute();
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async sharing(keys: readonly string[], from: number, to: number): Promise<IncidentRow[]> {
    const found = new Map<string, IncidentRow>();
    for (const some of chunksOf(unique(keys), atOnce)) {
      const rows = await this.#database
        .selectFrom("incidents")
        .selectAll()
        .where("merged_into", "is", null)
        .where("state", "!=", "closed")
        .where("last_at", ">=", from)
        .where("first_at", "<=", to)
        .where("id", "in", (of) => of.selectFrom("incident_keys").select("incident").where("key", "in", some))
        .orderBy("last_at", "desc")
        .orderBy("id", "desc")
        .limit(sharingMax)
        .execute();
      for (const row of rows) found.set(row.id, incidentOf(row));
    }
    return [...found.values()];
  }

  async incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const some of chunksOf(unique(findings), atOnce)) {
      const all = this.#database.selectFrom("incident_findings").select(["finding", "incident"]);
      for (const row of await all.where("finding", "in", some).execute()) found.set(row.finding, row.incident);
    }
    return found;
  }

  async findingsOf(incident: string): Promise<string[]> {
    const all = this.#database.selectFrom("incident_findings").select("finding");
    const rows = await all.where("incident", "=", storableText(incident)).orderBy("finding").execute();
    return rows.map(({ finding }) => finding);
  }

  async partsOf(incidents: readonly string[], limit: number): Promise<ReadonlyMap<string, IncidentParts>> {
    const found = new Map<string, IncidentParts>();
    for (const incident of unique(incidents)) {
      const of = this.#database.selectFrom("incident_findings").where("incident", "=", incident);
      const rows = await of
        .select(["finding", "content"])
        .orderBy("rank", "desc")
        .orderBy("from_at", "desc")
        .orderBy("finding", "desc")
        .limit(limit)
        .execute();
      const all = await of.select(({ fn }) => fn.countAll<number>().as("findings")).executeTakeFirst();
      found.set(incident, {
        parts: rows.map(({ finding, content }) => ({ finding, content: JSON.parse(content) as unknown })),
        findings: Number(all?.findings ?? 0),
      });
    }
    return found;
  }

  async contextNear(ask: ContextAsk, limit: number): Promise<ContextRow[]> {
    const found = new Map<string, ContextRow>();
    const names = [
      ["actor", ask.actors],
      ["access_key", ask.accessKeys],
    ] as const;
    for (const [column, values] of names) {
      const named = unique(values).filter((value) => value !== "");
      for (const some of chunksOf(named, atOnce)) {
        const rows = await this.#database
          .selectFrom("incident_context")
          .selectAll()
          .where(column, "in", some)
          .where("to_at", ">=", ask.from)
          .where("from_at", "<=", ask.to)
          .orderBy("to_at", "desc")
          .orderBy("finding")
          .limit(limit)
          .execute();
        for (const row of rows) found.set(row.finding, contextOf(row));
      }
    }
    return [...found.values()];
  }

  async mutesOf(subjects: readonly string[]): Promise<MuteRow[]> {
    const found: MuteRow[] = [];
    for (const some of chunksOf(unique(subjects), atOnce)) {
      const all = this.#database.selectFrom("incident_mutes").selectAll();
      const rows = await all.where("subject", "in", some).execute();
      found.push(...rows.map(({ subject, rule, incident, at }) => ({ subject, rule, incident, at })));
    }
    return found;
  }

  async history(incident: string): Promise<IncidentHistoryRow[]> {
    const all = this.#database.selectFrom("incident_history").selectAll();
    const rows = await all.where("incident", "=", storableText(incident)).orderBy("number").execute();
    return rows.map(historyOf);
  }

  async historySince(number: number, limit: number): Promise<IncidentHistoryRow[]> {
    const all = this.#database.selectFrom("incident_history").selectAll();
    const rows = await all.where("number", ">", number).orderBy("number").limit(limit).execute();
    return rows.map(historyOf);
  }

  async silences(): Promise<SilenceRow[]> {
    const all = this.#database.selectFrom("incident_silences").selectAll();
    return (await all.orderBy("created_at", "desc").orderBy("id").execute()).map(silenceOf);
  }

  async putSilence({ id, until, createdAt, by, reason, content }: SilenceRow): Promise<void> {
    await this.#database
      .insertInto("incident_silences")
      .values({
        ...{ id: storableText(id), until, created_at: createdAt, by: storableText(by) },
        ...{ reason: storableText(reason), content: jsonOf(content) },
      })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((of) => ({
          until: of.ref("excluded.until"),
          by: of.ref("excluded.by"),
          reason: of.ref("excluded.reason"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }

  async removeSilence(id: string): Promise<void> {
    await this.#database.deleteFrom("incident_silences").where("id", "=", storableText(id)).execute();
  }

  async nextNumber(): Promise<number> {
    const last = await this.#database
      .selectFrom("incidents")
      .select(({ fn }) => fn.max("number").as("number"))
      .executeTakeFirst();
    // Of an empty table it is null, whatever the types say.
    return Number(last?.number ?? 0) + 1;
  }

  setting(name: string): Promise<unknown> {
    return readSetting(this.#database, "incident_settings", name);
  }

  setSetting(name: string, value: unknown): Promise<void> {
    return putSetting(this.#database, "incident_settings", name, value);
  }
}

type Incidents = ExpressionBuilder<IncidentTables, "incidents">;

/** Those that became a part of others are told by these. */
function asked(is: Incidents, { states, severities, accountId, owner, key, from, to }: IncidentAsk) {
  const found = [...(accountId === undefined ? [] : [accountKey(accountId)]), ...(key === undefined ? [] : [key])];
  return is.and([
    is("merged_into", "is", null),
    ...(states === undefined ? [] : [oneOf(is, "state", states)]),
    ...(severities === undefined ? [] : [oneOf(is, "severity", severities)]),
    ...(owner === undefined ? [] : [is("owner", "=", storableText(owner))]),
    ...found.map((one) =>
      is(
        "id",
        "in",
        is.selectFrom("incident_keys").select("incident_keys.incident").where("key", "=", storableText(one)),
      ),
    ),
    ...(from === undefined ? [] : [is("last_at", ">=", from)]),
    ...(to === undefined ? [] : [is("first_at", "<", to)]),
  ]);
}

function oneOf(is: Incidents, column: "state" | "severity", values: readonly string[]) {
  return is.or(unique(values).map((value) => is(column, "=", value)));
}

/** What comes after an incident, the one with the most recent events first. */
function behind(is: Incidents, { lastAt, id }: IncidentRow) {
  return is.or([is("last_at", "<", lastAt), is.and([is("last_at", "=", lastAt), is("id", "<", id)])]);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map(storableText))];
}
