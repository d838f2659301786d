import type { Clock } from "../base/clock.ts";
import { defaultSelectors } from "../cloudtrail/index.ts";
import type { Collector } from "../collect/index.ts";
import type { CollectedTrail, Collecting, StoredSort } from "../detect/index.ts";
import type { State } from "../state/index.ts";
import type { EventStore } from "../store/index.ts";

export interface CollectedParts {
  readonly state: Pick<State, "deployments">;
  readonly store: Pick<EventStore, "range" | "statistics" | "volumes">;
  readonly collector: Pick<Collector, "list">;
  readonly clock: Clock;
}

/** How much of what is stored is looked at, back from the newest event; from now where that claims to be of the future. */
const lookedMs = 30 * 86_400_000;
/** What was stored is counted anew after so long. */
const countedAgainMs = 5 * 60_000;

/** Tells what is collected: trails with their selectors, other sources, and what has come of them. */
export function whatIsCollected({ state, store, collector, clock }: CollectedParts): () => Promise<Collecting> {
  let counted: { readonly at: number; readonly stored: Promise<readonly StoredSort[]> } | undefined;
  const storedNow = () => {
    const at = clock.now();
    if (counted !== undefined && at - counted.at <= countedAgainMs) return counted.stored;
    const begun = { at, stored: storedSorts(store, at) };
    counted = begun;
    // What failed is not what is stored: whoever asks next tries again.
    begun.stored.catch(() => {
      if (counted === begun) counted = undefined;
    });
    return begun.stored;
  };
  return async () => {
    const sorts = storedNow();
    const { agreedTrails } = await import("../setup/index.ts");
    const [agreed, sources, stored] = await Promise.all([agreedTrails(state.deployments), collector.list(), sorts]);
    const trails: CollectedTrail[] = [];
    const known = new Set<string>();
    for (const { name, source, selectors, isLogging, hasInsights, hasGlobalEvents } of agreed) {
      if (selectors === undefined || !isLogging) continue;
      if (source !== undefined) known.add(source);
      trails.push({
        name,
        hasInsights,
        selectors,
        includesGlobalServiceEvents: hasGlobalEvents,
        recordsOwnDeliveries: true,
      });
    }
    for (const { name } of sources.filter(({ type }) => type === "lookup")) {
      known.add(name);
      trails.push(eventHistory(name));
    }
    const others = sources.filter(({ name }) => !known.has(name)).map(({ name }) => `the source ${name}`);
    // Events without a source came from files that a person imported.
    const imported = sources.length === 0 && stored.length > 0 ? ["what was imported"] : [];
    return { trails, others: [...others, ...imported], stored };
  };
}

/** `LookupEvents` knows management events, and nothing of Insights unless it is asked for them. */
function eventHistory(source: string): CollectedTrail {
  return {
    name: `event history (${source})`,
    hasInsights: false,
    selectors: defaultSelectors,
    includesGlobalServiceEvents: true,
    recordsOwnDeliveries: true,
  };
}

async function storedSorts(store: CollectedParts["store"], now: number): Promise<readonly StoredSort[]> {
  const range = await store.range();
  if (range === undefined) return [];
  const accounts = (await store.statistics()).accounts.map(({ account }) => account);
  const to = Math.min(range.last, now) + 1;
  const { events } = await store.volumes({ accounts, from: to - lookedMs, to });
  return events.map(({ category, service, readOnly, resourceTypes }) => ({
    category,
    service,
    readOnly,
    resourceTypes,
  }));
}
