import type { Clock } from "../base/clock.ts";
import type { Actor, Lineage } from "../lineage/index.ts";
import type { FindingTable, IncidentTable } from "../state/index.ts";
import type { EventPlace, WholeEvent } from "../store/index.ts";
import type { ActorProfile } from "./incident.ts";

/** What incidents are made with. */
export interface IncidentOptions {
  readonly table: IncidentTable;
  readonly findings: Pick<FindingTable, "changedSince" | "get" | "hitsOf">;
  readonly store: EvidenceStore;
  readonly lineage: {
    /** Who stands behind an event. */
    readonly trace: (record: unknown, signal: AbortSignal) => Promise<Lineage>;
    /** What is known of an actor: what they did in a span shows what is usual. */
    readonly profile: (
      actor: Actor,
      span: { readonly from: number; readonly to: number },
      signal: AbortSignal,
    ) => Promise<KnownOfActor>;
  };
  /** For how long findings of a rule are silent after people closed one like it as no matter. */
  readonly suppressForMs: (rule: string) => Promise<number | undefined>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told of failures; what could not be done is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** How often it looks by itself whether there is something to take in. */
  readonly everyMs?: number;
}

export type KnownOfActor = Pick<ActorProfile, "firstSeen" | "events30d" | "usualAddresses" | "usualCalls">;

/** Where evidence lies. */
export interface EvidenceStore {
  /** Those of the events that are stored, in no order. */
  eventsAt(places: readonly EventPlace[], signal?: AbortSignal): Promise<WholeEvent[]>;
}
