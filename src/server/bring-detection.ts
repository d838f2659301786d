import { join } from "node:path";
import { systemClock } from "../base/clock.ts";
import type { Collector } from "../collect/index.ts";
import type { AddressFiles, Detection, RuleBook, Threats } from "../detect/index.ts";
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
  /** Files of the house's own that tell where addresses are. */
  readonly addressFiles?: AddressFiles | undefined;
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
export async function bringThreats({
  state,
  dataDirectory,
  addressFiles,
  onFailure,
}: DetectionParts): Promise<Threats> {
  const { openThreats } = await import("../detect/index.ts");
  const directory = join(dataDirectory, "threats");
  return openThreats({ table: state.rules, directory, addressFiles, clock: systemClock, onFailure });
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
