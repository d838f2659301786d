import type { Selectable } from "kysely";
import type {
  IncidentContextTable,
  IncidentHistoryTable,
  IncidentSilencesTable,
  IncidentsTable,
} from "./database/incident-tables.ts";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { ContextRow, IncidentHistoryRow, IncidentRow, SilenceRow } from "./incident-table.ts";

/** What accounts are found by, among an incident's keys. */
export function accountKey(accountId: string): string {
  return `account:${storableText(accountId)}`;
}

/** What an incident is written as. */
export function rowOfIncident(incident: IncidentRow): IncidentsTable {
  const { id, number, state, severity, title, owner, ...row } = storableTexts(incident);
  return {
    ...{ id, number, state, severity, title, owner },
    account_ids: JSON.stringify(row.accountIds),
    keys: JSON.stringify(row.keys.map(storableText)),
    first_at: row.firstAt,
    last_at: row.lastAt,
    opened_at: row.openedAt,
    changed_at: row.changedAt,
    silent_until: row.silentUntil ?? null,
    merged_into: row.mergedInto ?? null,
    content: jsonOf(row.content),
  };
}

/** What was written as an incident. */
export function incidentOf(kept: Selectable<IncidentsTable>): IncidentRow {
  const { id, number, state, severity, title, owner, ...row } = kept;
  return {
    ...{ id, number, state, severity, title, owner },
    accountIds: JSON.parse(row.account_ids) as string[],
    keys: JSON.parse(row.keys) as string[],
    firstAt: row.first_at,
    lastAt: row.last_at,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    silentUntil: row.silent_until ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    content: JSON.parse(row.content) as unknown,
  };
}

export function historyOf(row: Selectable<IncidentHistoryTable>): IncidentHistoryRow {
  const { number, incident, at, by, kind, content } = row;
  return { number, incident, at, by, kind, content: JSON.parse(content) as unknown };
}

export function rowOfContext(context: ContextRow): IncidentContextTable {
  const { finding, actor, accessKey, from, to, seenAt, content } = storableTexts(context);
  return {
    finding,
    actor,
    access_key: accessKey,
    from_at: from,
    to_at: to,
    seen_at: seenAt,
    content: jsonOf(content),
  };
}

export function contextOf(row: Selectable<IncidentContextTable>): ContextRow {
  return {
    finding: row.finding,
    actor: row.actor,
    accessKey: row.access_key,
    from: row.from_at,
    to: row.to_at,
    seenAt: row.seen_at,
    content: JSON.parse(row.content) as unknown,
  };
}

export function silenceOf(row: Selectable<IncidentSilencesTable>): SilenceRow {
  const { id, until, created_at: createdAt, by, reason, content } = row;
  return { id, until, createdAt, by, reason, content: JSON.parse(content) as unknown };
}
