import { randomUUID } from "node:crypto";
import { systemClock } from "../base/clock.ts";
import type { RuleBook } from "../detect/index.ts";
import type { Incidents } from "../incidents/index.ts";
import type { DetectionParts } from "./bring-detection.ts";

/** Brings incidents in, and opens them. */
export async function bringIncidents({ state, store, onFailure }: DetectionParts, book: RuleBook): Promise<Incidents> {
  const [{ openIncidents }, { actorProfile, traceLineage }] = await Promise.all([
    import("../incidents/index.ts"),
    import("../lineage/index.ts"),
  ]);
  return openIncidents({
    table: state.incidents,
    findings: state.findings,
    store,
    lineage: {
      trace: (record, signal) => traceLineage(record, store, signal),
      profile: (actor, span, signal) => actorProfile(store, actor, span, signal),
    },
    suppressForMs: async (rule) => (await book.inForce()).terms.get(rule)?.suppressForMs,
    clock: systemClock,
    newId: randomUUID,
    onFailure,
  });
}
