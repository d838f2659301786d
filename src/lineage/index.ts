// In: events and the store that they lie in.
// Out: who an event is by, and who stands behind them through role sessions.
// Never: AWS, the state; a step that is not stored is told as missing, never guessed.
export type { Actor, IssuingEvent, Lineage, LineageStep } from "./actor.ts";
export { actorOf } from "./actor-of.ts";
export { namesPerson } from "./session-name.ts";
export { traceLineage } from "./trace.ts";
export { actorProfile, eventsOf, type ActorHistory } from "./profile.ts";
