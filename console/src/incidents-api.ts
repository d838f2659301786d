import type {
  IncidentAnswer,
  IncidentChangeBody,
  IncidentDetailsAnswer,
  SilenceAnswer,
} from "../../src/server/index.ts";
import { getJson, part, sendJson } from "./ask-json.ts";

export type Incident = IncidentAnswer;
export type IncidentDetails = IncidentDetailsAnswer;
export type IncidentState = Incident["state"];
export type CloseReason = NonNullable<Incident["closedAs"]>;
export type Entity = Incident["entities"][number];
export type IncidentFinding = IncidentDetails["parts"][number];
export type TimelineEntry = IncidentDetails["timeline"][number];
export type HistoryEntry = IncidentDetails["history"][number];
export type NextQuestion = IncidentDetails["questions"][number];
export type ActorProfile = IncidentDetails["actors"][number];
export type IncidentChange = IncidentChangeBody["change"];
export type Silence = SilenceAnswer;
export type SilenceScope = Silence["scope"];

export const incidentStates: readonly IncidentState[] = ["new", "triaged", "contained", "closed"];
export const closeReasons: readonly CloseReason[] = [
  "resolved",
  "false-positive",
  "expected",
  "duplicate",
  "not-actionable",
];

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
