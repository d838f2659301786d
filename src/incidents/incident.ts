import type { Level } from "../detect/index.ts";

export const incidentStates = ["new", "triaged", "contained", "closed"] as const;
export type IncidentState = (typeof incidentStates)[number];

export const closeReasons = ["resolved", "false-positive", "expected", "duplicate", "not-actionable"] as const;
export type CloseReason = (typeof closeReasons)[number];

/** Findings that belong together, as one story. */
export interface Incident {
  readonly id: string;
  /** `INC-12`. */
  readonly name: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly closedAs: CloseReason | undefined;
  readonly severity: Level;
  readonly owner: string;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly openedAt: number;
  readonly changedAt: number;
  readonly findings: number;
  readonly events: number;
  /** In the order of ATT&CK. */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  /** One or two sentences: who did what, from where, to what. */
  readonly summary: string;
  readonly silentUntil: number | undefined;
  readonly mergedInto: string | undefined;
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
  readonly from: number;
  readonly to: number;
  readonly hits: number;
  readonly tags: readonly string[];
  readonly actorName: string;
  readonly events: readonly string[];
}

/** An event of the incident, oldest first. */
export interface TimelineEntry {
  /** `account/eventID`. */
  readonly event: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly time: number;
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
}

export interface HistoryEntry {
  readonly number: number;
  readonly at: number;
  readonly by: string;
  readonly kind:
    | "opened"
    | "grew"
    | "severity"
    | "state"
    | "owner"
    | "comment"
    | "silenced"
    | "merged"
    | "split"
    | "reopened";
  /** As a sentence. */
  readonly sentence: string;
}

/** A search that whoever looks into it would run next. */
export interface NextQuestion {
  readonly question: string;
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** What is known of an actor, from everything that is stored. */
export interface ActorProfile {
  readonly key: string;
  readonly name: string;
  /** From the incident's credential back to who stands behind it, in words. */
  readonly lineage: readonly string[];
  readonly firstSeen: number | undefined;
  readonly events30d: number;
  readonly usualAddresses: readonly { readonly value: string; readonly count: number }[];
  readonly usualCalls: readonly { readonly value: string; readonly count: number }[];
  /** Incidents of the same actor, others than this. */
  readonly otherIncidents: readonly string[];
}

/** What a person, or a program in a person's name, changes. */
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
  | { readonly kind: "silence"; readonly until: number };

/** What is not told of and opens no incident for a time. */
export interface Silence {
  readonly id: string;
  readonly until: number;
  readonly createdAt: number;
  readonly by: string;
  readonly reason: string;
  readonly scope: SilenceScope;
}

/** All that is given must fit. */
export interface SilenceScope {
  readonly rule?: string;
  readonly actor?: string;
  readonly accountId?: string;
  readonly resource?: string;
}
