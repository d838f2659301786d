import type { Level } from "../detect/index.ts";
import type { IncidentHistoryRow, IncidentRow, IncidentTable } from "../state/index.ts";
import type { Silence } from "./incident.ts";
import { readLevel } from "./levels.ts";
import { fitsIncident, silenceOf } from "./silences/silence-scope.ts";
import { contentOf, nameOf } from "./stored.ts";
import { historyContent } from "./telling/history.ts";

/** What people are to be told of an incident: a notice, by its shape. */
export interface IncidentNotice {
  readonly id: string;
  readonly kind: "incident";
  /** The incident's id. */
  readonly thread: string;
  readonly state: "opened" | "changed" | "ended";
  readonly severity: Level;
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly path: string;
  readonly at: number;
}

/** What an incident's story has of news, in the order in which it was written. */
export interface IncidentNews {
  readonly name: string;
  since(
    position: unknown,
    limit: number,
  ): Promise<{ readonly notices: readonly IncidentNotice[]; readonly position: unknown }>;
}

/** What of history is news, and what becomes of the matter. */
const news: Readonly<Record<string, IncidentNotice["state"]>> = {
  opened: "opened",
  reopened: "opened",
  severity: "changed",
  state: "changed",
  merged: "ended",
};

/** Lines of history read at once, most of which are no news. */
const linesAtOnce = 500;

/** Tells what happened to incidents from their history; what is silenced is left out for good. */
export function incidentNews(table: Pick<IncidentTable, "historySince" | "rows" | "silences">): IncidentNews {
  return {
    name: "incidents",
    async since(position, limit) {
      let at = typeof position === "number" ? position : 0;
      const lines = await table.historySince(at, Math.max(limit, linesAtOnce));
      const rows = new Map((await table.rows(lines.map(({ incident }) => incident))).map((row) => [row.id, row]));
      const silences = (await table.silences()).map(silenceOf);
      const notices: IncidentNotice[] = [];
      for (const line of lines) {
        if (notices.length >= limit) break;
        at = line.number;
        const row = rows.get(line.incident);
        if (row !== undefined && isNews(line, row, silences)) notices.push(noticeOf(line, row));
      }
      return { notices, position: at };
    },
  };
}

function isNews(line: IncidentHistoryRow, row: IncidentRow, silences: readonly Silence[]): boolean {
  if (news[line.kind] === undefined) return false;
  // The one that others became a part of goes on as it was.
  if (line.kind === "merged" && row.mergedInto === undefined) return false;
  if (row.silentUntil !== undefined && line.at < row.silentUntil) return false;
  return !silences.some(
    ({ scope, createdAt, until }) => line.at >= createdAt && line.at < until && fitsIncident(scope, row),
  );
}

function noticeOf(line: IncidentHistoryRow, row: IncidentRow): IncidentNotice {
  const said = historyContent(line);
  const content = contentOf(row);
  const ended = said.state === "closed" && line.kind === "state";
  const facts = [
    { label: "Incident", value: nameOf(row) },
    { label: "State", value: said.closedAs === undefined ? (said.state ?? row.state) : `closed as ${said.closedAs}` },
    { label: "Began", value: new Date(row.firstAt).toISOString() },
    { label: "Findings", value: String(content.findings) },
    ...(row.owner === "" ? [] : [{ label: "Owner", value: row.owner }]),
    ...(content.tactics.length === 0 ? [] : [{ label: "Tactics", value: content.tactics.join(", ") }]),
    ...(line.by === "" ? [] : [{ label: "By", value: line.by }]),
    // What was long over when it was found out: routes may leave it out.
    ...(content.isHistory ? [{ label: "isHistory", value: "true" }] : []),
  ];
  return {
    ...{ id: `incident/${row.id}/${line.number}`, kind: "incident", thread: row.id },
    state: ended ? "ended" : (news[line.kind] ?? "changed"),
    severity: readLevel(said.severity ?? row.severity),
    ...{ accountIds: row.accountIds, rules: content.rules },
    title: `${nameOf(row)}: ${row.title}`,
    text: line.kind === "opened" ? content.summary : `${said.sentence}. ${content.summary}`,
    ...{ facts, path: `/incidents/${row.id}`, at: line.at },
  };
}
