import type { Level } from "../detect/index.ts";
import type { IncidentRow } from "../state/index.ts";
import {
  type CloseReason,
  closeReasons,
  type Entity,
  type Incident,
  type IncidentState,
  incidentStates,
} from "./incident.ts";
import { readLevel } from "./levels.ts";

/** What is kept of an incident beside the columns of its row. */
export interface IncidentContent {
  readonly closedAs: CloseReason | undefined;
  readonly closedAt: number | undefined;
  readonly summary: string;
  readonly regions: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  readonly rules: readonly string[];
  readonly findings: number;
  /** Of those, what is only told beside others. */
  readonly context: number;
  readonly events: number;
  /** Who set the severity; empty while it follows the findings. */
  readonly severityBy: string;
  /** Incidents that a person has taken apart from this one. */
  readonly apart: readonly string[];
  /** Incidents that became a part of this one. */
  readonly tookIn: readonly string[];
  /** When addresses of its keys were seen, first and last. */
  readonly addresses: Readonly<Record<string, readonly [from: number, to: number]>>;
  /** When its growth was told last, and what it had then. */
  readonly told: { readonly at: number; readonly findings: number; readonly events: number };
  /** What it is about was long over when it opened. */
  readonly isHistory: boolean;
}

export const emptyContent: IncidentContent = {
  ...{ closedAs: undefined, closedAt: undefined, summary: "", regions: [], tactics: [], techniques: [] },
  ...{ entities: [], rules: [], findings: 0, context: 0, events: 0, severityBy: "", apart: [], tookIn: [] },
  ...{ addresses: {}, told: { at: 0, findings: 0, events: 0 }, isHistory: false },
};

/** Content as it was written down. */
export function contentOf(row: IncidentRow): IncidentContent {
  return { ...emptyContent, ...(row.content as Partial<IncidentContent> | null) };
}

/** An incident's short name. */
export function nameOf({ number }: { readonly number: number }): string {
  return `INC-${number}`;
}

export function stateOf({ state }: { readonly state: string }): IncidentState {
  return incidentStates.find((known) => known === state) ?? "new";
}

export function severityOf({ severity }: { readonly severity: string }): Level {
  return readLevel(severity);
}

/** An incident as people see it. */
export function incidentOf(row: IncidentRow): Incident {
  const content = contentOf(row);
  return {
    id: row.id,
    name: nameOf(row),
    title: row.title,
    state: stateOf(row),
    closedAs: closeReasons.find((reason) => reason === content.closedAs),
    severity: severityOf(row),
    owner: row.owner,
    accountIds: row.accountIds,
    regions: content.regions,
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    openedAt: row.openedAt,
    changedAt: row.changedAt,
    findings: content.findings,
    events: content.events,
    tactics: content.tactics,
    techniques: content.techniques,
    entities: content.entities,
    summary: content.summary,
    silentUntil: row.silentUntil,
    mergedInto: row.mergedInto,
  };
}
