import type { IncidentHistoryRow } from "../../state/index.ts";
import type { HistoryEntry } from "../incident.ts";

/** What is kept of a line of history. */
export interface HistoryContent {
  readonly sentence: string;
  /** Of the incident, when it was written. */
  readonly severity?: string;
  readonly state?: string;
  readonly closedAs?: string;
}

export type HistoryLine = Omit<IncidentHistoryRow, "number">;

const kinds = [
  ...(["opened", "grew", "severity", "state", "owner"] as const),
  ...(["comment", "silenced", "merged", "split", "reopened"] as const),
] as const satisfies readonly HistoryEntry["kind"][];

/** One line for people and for whoever tells them. */
export function line(ask: {
  readonly incident: string;
  readonly at: number;
  readonly by: string;
  readonly kind: HistoryEntry["kind"];
  readonly content: HistoryContent;
}): HistoryLine {
  return ask;
}

export function historyContent(row: Pick<IncidentHistoryRow, "content">): HistoryContent {
  return { sentence: "", ...(row.content as Partial<HistoryContent> | null) };
}

/** A line as people see it. */
export function historyEntry(row: IncidentHistoryRow): HistoryEntry {
  const { number, at, by } = row;
  return {
    number,
    at,
    by,
    kind: kinds.find((kind) => kind === row.kind) ?? "comment",
    sentence: historyContent(row).sentence,
  };
}
