// In: findings as rules make them, and what people say of them.
// Out: incidents with their story, history and silences.
// Never: rules, AWS; a finding is in one incident at most, and none is lost.
export * from "./incident.ts";
export type { Incidents } from "./incidents.ts";
