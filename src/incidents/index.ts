// In: findings as rules make them, and what people say of them.
// Out: incidents with their story, history and silences.
// Never: rules, AWS; a finding is in one incident at most, and none is lost.
export * from "./incident.ts";
export type { Incidents } from "./incidents.ts";
export { IncidentError, type IncidentErrorCode } from "./errors.ts";
export { incidentNews, type IncidentNews, type IncidentNotice } from "./incident-news.ts";
export { openIncidents } from "./open-incidents.ts";
export type { EvidenceStore, IncidentOptions, KnownOfActor } from "./options.ts";
