import type { Kysely, Transaction } from "kysely";
import type { IncidentTables } from "./database/incident-tables.ts";
import { sql } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { isPostgres } from "./database/engine.ts";
import { putSetting } from "./database/settings.ts";
import { jsonOf, storableText } from "./database/storable-text.ts";
import { accountKey, rowOfContext, rowOfIncident } from "./incident-rows.ts";
import type { IncidentFindingRow, IncidentRow, IncidentWrite } from "./incident-table.ts";

type Change = Transaction<IncidentTables>;

/** Rows written in one statement. */
const atOnce = 500;

/** Who holds it writes incidents in Postgres: lines of history must appear in the order of their numbers. */
const lockNumber = 7_007_001;

/** Writes all of a change, or nothing. */
export async function writeIncidents(database: Kysely<IncidentTables>, change: IncidentWrite): Promise<void> {
  await database.transaction().execute(async (to) => {
    if (isPostgres(to)) await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(to);
    for (const some of chunksOf(
      lastOfEach(change.incidents, ({ id }) => id),
      atOnce,
    ))
      await putIncidents(to, some);
    for (const { from, to: into } of change.moves ?? []) {
      await to.updateTable("incident_findings").set({ incident: into }).where("incident", "=", from).execute();
    }
    await putFindings(to, change.findings ?? []);
    await putHistory(to, change.history ?? []);
    await putMemory(to, change);
    for (const [name, value] of Object.entries(change.settings ?? {}))
      await putSetting(to, "incident_settings", name, value);
  });
}

async function putIncidents(to: Change, incidents: readonly IncidentRow[]): Promise<void> {
  const columns = [
    ...(["number", "state", "severity", "title", "owner", "account_ids", "keys", "first_at", "last_at"] as const),
    ...(["opened_at", "changed_at", "silent_until", "merged_into", "content"] as const),
  ];
  await to
    .insertInto("incidents")
    .values(incidents.map(rowOfIncident))
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet((of) => Object.fromEntries(columns.map((name) => [name, of.ref(`excluded.${name}`)]))),
    )
    .execute();
  const ids = incidents.map(({ id }) => storableText(id));
  await to.deleteFrom("incident_keys").where("incident", "in", ids).execute();
  const keys = incidents.flatMap(({ id, keys: own, accountIds }) =>
    [...new Set([...own.map(storableText), ...accountIds.map(accountKey)])].map((key) => ({
      key,
      incident: storableText(id),
    })),
  );
  for (const some of chunksOf(keys, atOnce)) await to.insertInto("incident_keys").values(some).execute();
}

async function putFindings(to: Change, findings: readonly IncidentFindingRow[]): Promise<void> {
  const gone = findings.flatMap(({ finding, incident }) => (incident === undefined ? [storableText(finding)] : []));
  for (const some of chunksOf(gone, atOnce)) {
    await to.deleteFrom("incident_findings").where("finding", "in", some).execute();
  }
  const whole = findings.flatMap(({ finding, incident, part }) =>
    incident === undefined || part === undefined
      ? []
      : [
          {
            finding: storableText(finding),
            incident,
            rank: part.rank,
            from_at: part.from,
            hits: part.hits,
            content: jsonOf(part.content),
          },
        ],
  );
  for (const some of chunksOf(
    lastOfEach(whole, ({ finding }) => finding),
    atOnce,
  )) {
    await to
      .insertInto("incident_findings")
      .values(some)
      .onConflict((conflict) =>
        conflict.column("finding").doUpdateSet((of) => ({
          incident: of.ref("excluded.incident"),
          rank: of.ref("excluded.rank"),
          from_at: of.ref("excluded.from_at"),
          hits: of.ref("excluded.hits"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }
  for (const { finding, incident, part } of findings) {
    if (incident === undefined || part !== undefined) continue;
    await to.updateTable("incident_findings").set({ incident }).where("finding", "=", finding).execute();
  }
}

async function putHistory(to: Change, lines: NonNullable<IncidentWrite["history"]>): Promise<void> {
  if (lines.length === 0) return;
  const last = await to
    .selectFrom("incident_history")
    .select(({ fn }) => fn.max("number").as("number"))
    .executeTakeFirst();
  // Of an empty table it is null, whatever the types say.
  const before = Number(last?.number ?? 0);
  const rows = lines.map(({ incident, at, by, kind, content }, index) => ({
    number: before + 1 + index,
    incident: storableText(incident),
    at,
    by: storableText(by),
    kind,
    content: jsonOf(content),
  }));
  for (const some of chunksOf(rows, atOnce)) await to.insertInto("incident_history").values(some).execute();
}

async function putMemory(to: Change, change: IncidentWrite): Promise<void> {
  if (change.forgetContextBefore !== undefined) {
    await to.deleteFrom("incident_context").where("seen_at", "<", change.forgetContextBefore).execute();
  }
  for (const some of chunksOf(
    lastOfEach((change.context ?? []).map(rowOfContext), ({ finding }) => finding),
    atOnce,
  )) {
    await to
      .insertInto("incident_context")
      .values(some)
      .onConflict((conflict) =>
        conflict.column("finding").doUpdateSet((of) => ({
          actor: of.ref("excluded.actor"),
          access_key: of.ref("excluded.access_key"),
          from_at: of.ref("excluded.from_at"),
          to_at: of.ref("excluded.to_at"),
          seen_at: of.ref("excluded.seen_at"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }
  const unmuted = (change.unmuted ?? []).map(storableText);
  if (unmuted.length > 0) await to.deleteFrom("incident_mutes").where("incident", "in", unmuted).execute();
  const mutes = lastOfEach(change.mutes ?? [], ({ subject, rule, incident }) =>
    JSON.stringify([subject, rule, incident]),
  );
  for (const some of chunksOf(mutes, atOnce)) {
    await to
      .insertInto("incident_mutes")
      .values(
        some.map(({ subject, rule, incident, at }) => ({
          ...{ subject: storableText(subject), rule: storableText(rule), incident: storableText(incident), at },
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["subject", "rule", "incident"]).doUpdateSet((of) => ({ at: of.ref("excluded.at") })),
      )
      .execute();
  }
}

/** Postgres refuses a statement that writes a row twice; what is said last counts. */
function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
