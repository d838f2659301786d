import { systemClock } from "../base/clock.ts";
import type { Collector } from "../collect/index.ts";
import type { RuleBook } from "../detect/index.ts";
import type { Search } from "../search/index.ts";
import type { RunningSetup } from "../setup/index.ts";
import type { State } from "../state/index.ts";
import type { EventStore } from "../store/index.ts";
import { eventFinder } from "./find-culprit.ts";
import { sourceBook } from "./source-book.ts";

/** What set-up stands on here. */
export interface SetupParts {
  readonly state: Pick<State, "deployments">;
  readonly store: EventStore;
  readonly search: Search;
  readonly collector: Collector;
  readonly openRuleBook: () => Promise<RuleBook>;
  readonly customUserAgent: string;
  readonly onFailure: (error: unknown) => void;
}

/** Brings set-up in, and opens it. */
export async function bringSetup(parts: SetupParts): Promise<RunningSetup> {
  const { state, store, search, collector, openRuleBook, customUserAgent, onFailure } = parts;
  const { openSetup, storedRecords, storedVolumes } = await import("../setup/index.ts");
  return openSetup({
    table: state.deployments,
    clock: systemClock,
    customUserAgent,
    volumes: storedVolumes(store),
    records: (ask, signal) => storedRecords(store, ask, signal),
    rules: { blinded: async (change) => (await openRuleBook()).blinded(change) },
    events: eventFinder(search),
    sources: sourceBook(collector),
    onFailure,
  });
}
