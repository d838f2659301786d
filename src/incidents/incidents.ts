import type { IncidentAsk } from "../state/index.ts";
import type { Incident, IncidentChange, IncidentDetails, Silence, SilenceScope } from "./incident.ts";

/** Incidents as the server keeps them: takes findings as they come, and people's changes. */
export interface Incidents extends AsyncDisposable {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Findings changed: they are taken in at once. */
  found(): void;
  /** Takes in everything that changed since it was last looked. */
  takeNow(signal: AbortSignal): Promise<void>;
  list(ask: IncidentAsk, page: { readonly after?: string; readonly limit: number }): Promise<readonly Incident[]>;
  /** How many there are, by state. */
  count(ask: IncidentAsk): Promise<Readonly<Record<string, number>>>;
  /** By id, number or name (`INC-12`). */
  get(incident: string): Promise<IncidentDetails | undefined>;
  /** Throws `incident-unknown`, `incident-change-refused`. */
  change(incident: string, change: IncidentChange, by: string): Promise<Incident>;
  /** Makes others a part of the first. */
  merge(into: string, others: readonly string[], by: string): Promise<Incident>;
  /** Makes an incident of its own out of some findings. */
  split(incident: string, findings: readonly string[], by: string): Promise<Incident>;
  silences(): Promise<readonly Silence[]>;
  silence(ask: {
    readonly scope: SilenceScope;
    readonly until: number;
    readonly reason: string;
    readonly by: string;
  }): Promise<Silence>;
  endSilence(id: string): Promise<void>;
  /** The incident of findings that have one. */
  incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Called after incidents changed; returns how to stop. */
  onChange(listener: () => void): () => void;
}
