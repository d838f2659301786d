import { systemClock } from "../base/clock.ts";
import type { Collector } from "../collect/index.ts";
import type { Search } from "../search/index.ts";
import type { State } from "../state/index.ts";
import type { EventStore } from "../store/index.ts";
import type { CaseAsk, Verification } from "../verify/index.ts";

/** What verifying stands on here. */
export interface VerificationParts {
  readonly state: Pick<State, "integrity" | "ledger">;
  readonly store: EventStore;
  readonly search: Search;
  readonly collector: Collector;
  readonly customUserAgent: string;
  readonly version: string;
  readonly onFailure: (error: unknown) => void;
}

/** What is chosen by chance is another choice in each process. */
const seedMax = 2 ** 31;

/** Brings verifying in, and opens it. */
export async function bringVerification(parts: VerificationParts): Promise<Verification> {
  const { state, store, search, collector, customUserAgent, version, onFailure } = parts;
  const { openAudit, fetchFromSources, openCaseExport, openVerification } = await import("../verify/index.ts");
  const clock = systemClock;
  const reach = (source: string) => collector.reach(source);
  const sources = async () => (await collector.list()).map(({ name }) => ({ name }));
  async function* exportCase(ask: CaseAsk, signal: AbortSignal) {
    await using objects = fetchFromSources({ reach, sources });
    const seal = openCaseExport({
      records: (question, stop) => caseEvents(search, question, stop),
      logFileName: async (id) => (await store.logFile(id))?.name,
      proofs: store.proofs,
      integrity: state.integrity,
      fetch: objects.fetch,
      clock,
      version,
    });
    yield* seal(ask, signal);
  }
  return openVerification({
    store,
    state,
    clock,
    reach,
    sources,
    seed: Math.floor(Math.random() * seedMax),
    onFailure,
    audit: openAudit({ clock, customUserAgent, reach, keys: state.integrity }),
    exportCase,
  });
}

interface CaseQuestion {
  readonly query: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number;
}

async function* caseEvents(search: Search, { query, from, to, limit }: CaseQuestion, signal: AbortSignal) {
  const span = {
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
  };
  for await (const { event, raw } of search.wholeEvents({ query, ...span, limit }, signal)) {
    yield { raw, eventId: event.id, accountId: event.account, time: event.time, logFile: event.logFile };
  }
}
