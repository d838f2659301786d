import { join } from "node:path";
import { systemClock } from "../base/clock.ts";
import type { Collector } from "../collect/index.ts";
import type { Detection, RuleBook, Threats } from "../detect/index.ts";
import type { Search } from "../search/index.ts";
import type { State } from "../state/index.ts";
import type { EventStore } from "../store/index.ts";
import { whatIsCollected } from "./what-is-collected.ts";

/** What rules, and running them, stand on here. */
export interface DetectionParts {
  readonly state: State;
  readonly store: EventStore;
  readonly search: Search;
  readonly collector: Pick<Collector, "list">;
  readonly dataDirectory: string;
  readonly onFailure: (error: unknown) => void;
}

/** Brings the rule book in, and opens it. */
export async function bringRuleBook({
  state,
  store,
  search,
  collector,
}: DetectionParts): Promise<RuleBook & AsyncDisposable> {
  const { openRuleBook } = await import("../detect/index.ts");
  return openRuleBook({
    table: state.rules,
    counts: (since) => state.findings.countByRule(since),
    readQuery: (query) => search.predicateOf(query),
    collecting: whatIsCollected({ state, store, collector, clock: systemClock }),
    clock: systemClock,
  });
}

/** Brings the lists of addresses, domains and keys in that somebody was warned of. */
export async function bringThreats({ state, dataDirectory, onFailure }: DetectionParts): Promise<Threats> {
  const { openThreats } = await import("../detect/index.ts");
  return openThreats({ table: state.rules, directory: join(dataDirectory, "threats"), clock: systemClock, onFailure });
}

/** Brings detecting in, and opens it. */
export async function bringDetection(
  { state, store, onFailure }: DetectionParts,
  book: RuleBook,
  threats: Threats,
): Promise<Detection> {
  const [{ openDetection }, { actorOf }] = await Promise.all([
    import("../detect/index.ts"),
    import("../lineage/index.ts"),
  ]);
  return openDetection({
    store,
    findings: state.findings,
    book,
    judges: [threats.judge],
    actorOf,
    clock: systemClock,
    onFailure,
  });
}
