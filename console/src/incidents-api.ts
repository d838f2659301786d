import { getJson, part, sendJson } from "./ask-json.ts";
import type { Level } from "./parts/levels.ts";

export const incidentStates = ["new", "triaged", "contained", "closed"] as const;
export type IncidentState = (typeof incidentStates)[number];

export const closeReasons = ["resolved", "false-positive", "expected", "duplicate", "not-actionable"] as const;
export type CloseReason = (typeof closeReasons)[number];

/** Findings that belong together, as one story; instants as ISO texts. */
export interface Incident {
  readonly id: string;
  /** `INC-12`. */
  readonly name: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly closedAs: CloseReason | null;
  readonly severity: Level;
  readonly owner: string;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly findings: number;
  readonly events: number;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  readonly summary: string;
  readonly silentUntil: string | null;
  readonly mergedInto: string | null;
}

export interface Entity {
  readonly kind: "actor" | "root-actor" | "access-key" | "address" | "resource" | "account" | "user-agent";
  readonly value: string;
  readonly label: string;
  readonly events: number;
}

export interface IncidentDetails extends Incident {
  readonly parts: readonly IncidentFinding[];
  readonly timeline: readonly TimelineEntry[];
  readonly history: readonly HistoryEntry[];
  readonly questions: readonly NextQuestion[];
  readonly actors: readonly ActorProfile[];
}

export interface IncidentFinding {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly from: string;
  readonly to: string;
  readonly hits: number;
  readonly tags: readonly string[];
  readonly actorName: string;
  readonly events: readonly string[];
}

export interface TimelineEntry {
  /** `account/eventID`. */
  readonly event: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly time: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly region: string;
  readonly actorName: string;
  readonly sourceIp: string;
  readonly errorCode: string;
  readonly resources: readonly string[];
  /** Titles of the rules that it hit. */
  readonly rules: readonly string[];
  readonly logFile: string;
  /** Of the log file that it came in; null while nobody judged it. */
  readonly verdict: string | null;
}

export interface HistoryEntry {
  readonly number: number;
  readonly at: string;
  readonly by: string;
  readonly kind: string;
  readonly sentence: string;
}

export interface NextQuestion {
  readonly question: string;
  readonly query: string;
  readonly from: string;
  readonly to: string;
}

export interface ActorProfile {
  readonly key: string;
  readonly name: string;
  readonly lineage: readonly string[];
  readonly firstSeen: string | null;
  readonly events30d: number;
  readonly usualAddresses: readonly { readonly value: string; readonly count: number }[];
  readonly usualCalls: readonly { readonly value: string; readonly count: number }[];
  readonly otherIncidents: readonly string[];
}

export type IncidentChange =
  | {
      readonly kind: "state";
      readonly state: IncidentState;
      readonly closedAs?: CloseReason;
      readonly comment?: string;
    }
  | { readonly kind: "owner"; readonly owner: string }
  | { readonly kind: "severity"; readonly severity: Level }
  | { readonly kind: "comment"; readonly comment: string }
  /** Such as `now+8h`. */
  | { readonly kind: "silence"; readonly until: string };

export interface SilenceScope {
  readonly rule?: string;
  readonly actor?: string;
  readonly accountId?: string;
  readonly resource?: string;
}

export interface Silence {
  readonly id: string;
  readonly until: string;
  readonly createdAt: string;
  readonly by: string;
  readonly reason: string;
  readonly scope: SilenceScope;
}

/** Which incidents are wanted; texts with commas between, no condition where there is none. */
export interface IncidentsAsk {
  readonly state?: string | undefined;
  readonly severity?: string | undefined;
  readonly account?: string | undefined;
  readonly owner?: string | undefined;
}

export interface IncidentsPage {
  readonly incidents: readonly Incident[];
  /** How many there are by state, whichever states were asked for. */
  readonly counts: Readonly<Record<string, number>>;
  readonly next: string | null;
}

export async function fetchIncidents(
  ask: IncidentsAsk,
  page: { readonly after: string; readonly limit: number },
  signal: AbortSignal,
): Promise<IncidentsPage> {
  return await getJson("incidents", { ...ask, limit: String(page.limit), after: page.after }, signal);
}

export async function fetchIncident(id: string, signal: AbortSignal): Promise<IncidentDetails> {
  return (await getJson<{ readonly incident: IncidentDetails }>(`incidents/${part(id)}`, {}, signal)).incident;
}

export async function changeIncident(id: string, change: IncidentChange, by: string): Promise<void> {
  await sendJson("POST", `incidents/${part(id)}/changes`, { change, by });
}

export async function mergeIncidents(id: string, others: readonly string[], by: string): Promise<void> {
  await sendJson("POST", `incidents/${part(id)}/merge`, { others, by });
}

/** The incident that the findings are now. */
export async function splitIncident(id: string, findings: readonly string[], by: string): Promise<Incident> {
  return (await sendJson<{ readonly incident: Incident }>("POST", `incidents/${part(id)}/split`, { findings, by }))
    .incident;
}

export async function fetchSilences(signal: AbortSignal): Promise<readonly Silence[]> {
  return (await getJson<{ readonly silences: readonly Silence[] }>("incidents/silences", {}, signal)).silences;
}

export async function addSilence(ask: Omit<Silence, "id" | "createdAt">): Promise<void> {
  await sendJson("POST", "incidents/silences", ask);
}

export async function endSilence(id: string): Promise<void> {
  await sendJson("DELETE", `incidents/silences/${part(id)}`);
}
