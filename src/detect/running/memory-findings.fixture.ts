import type { DirtySpan, FindingRow, FindingTable, HitRow, RuleCount } from "../../state/index.ts";

/** Findings in memory, told as the contract has it. */
export class MemoryFindings implements FindingTable {
  readonly #hits = new Map<string, HitRow>();
  readonly #settings = new Map<string, unknown>();
  #spans: DirtySpan[] = [];
  #lastSpan = 0;
  /** How many rows were ever handed over, known ones too. */
  taken = 0;
  /** Throws before anything is written, while it is set. */
  failure: ((hits: readonly HitRow[]) => void) | undefined;

  get hits(): readonly HitRow[] {
    return [...this.#hits.values()];
  }

  /** Clusters hits by rule and group, as they lie in time: what all of them add up to. */
  findings(): readonly (FindingRow & { readonly events: readonly string[] })[] {
    const groups = Map.groupBy(this.#hits.values(), ({ rule, group }) => JSON.stringify([rule, group]));
    return [...groups.values()].flatMap((hits) => {
      const sorted = hits.toSorted((one, other) => one.from - other.from || (one.event < other.event ? -1 : 1));
      const clusters: HitRow[][] = [];
      for (const hit of sorted) {
        const last = clusters.at(-1);
        const end = last?.reduce((to, each) => Math.max(to, each.to), -Infinity) ?? -Infinity;
        if (last !== undefined && hit.from - end <= hit.dedupMs) last.push(hit);
        else clusters.push([hit]);
      }
      return clusters.map(findingOf);
    });
  }

  take(hits: readonly HitRow[], rest: Parameters<FindingTable["take"]>[1] = {}): Promise<readonly FindingRow[]> {
    return new Promise((resolve) => {
      this.failure?.(hits);
      resolve(this.#take(hits, rest));
    });
  }

  #take(hits: readonly HitRow[], rest: Parameters<FindingTable["take"]>[1] = {}): readonly FindingRow[] {
    this.taken += hits.length;
    const fresh = hits.filter((hit) => !this.#hits.has(keyOf(hit)));
    for (const hit of fresh) this.#hits.set(keyOf(hit), hit);
    for (const span of rest.spans ?? []) this.#spans.push({ id: (this.#lastSpan += 1), ...span });
    const rules = new Set(fresh.map(({ rule }) => rule));
    return this.findings().filter(({ rule }) => rules.has(rule));
  }

  get(id: string): Promise<FindingRow | undefined> {
    return Promise.resolve(this.findings().find((finding) => finding.id === id));
  }

  list(): Promise<FindingRow[]> {
    return Promise.resolve([...this.findings()]);
  }

  changedSince(): Promise<FindingRow[]> {
    return Promise.resolve([...this.findings()]);
  }

  hitsOf(id: string): Promise<HitRow[]> {
    const found = this.findings().find((finding) => finding.id === id);
    const events = new Set(found?.events);
    const isOf = (hit: HitRow) => hit.rule === found?.rule && hit.group === found.group && events.has(hit.event);
    return Promise.resolve([...this.#hits.values()].filter(isOf));
  }

  hitsOn(): Promise<ReadonlyMap<string, readonly { rule: string; finding: string }[]>> {
    return Promise.resolve(new Map());
  }

  countByRule(): Promise<ReadonlyMap<string, RuleCount>> {
    return Promise.resolve(new Map<string, RuleCount>());
  }

  spans(): Promise<DirtySpan[]> {
    return Promise.resolve([...this.#spans]);
  }

  settleSpan(id: number): Promise<void> {
    this.#spans = this.#spans.filter((span) => span.id !== id);
    return Promise.resolve();
  }

  setting(name: string): Promise<unknown> {
    return Promise.resolve(this.#settings.get(name));
  }

  setSetting(name: string, value: unknown): Promise<void> {
    this.#settings.set(name, value);
    return Promise.resolve();
  }
}

function keyOf({ rule, event }: HitRow): string {
  return `${rule} ${event}`;
}

function findingOf(hits: readonly HitRow[]): FindingRow & { readonly events: readonly string[] } {
  const [first] = hits;
  if (first === undefined) throw new Error("A finding has a hit");
  const { rule, group, level, outcome, isStaged, accountId, region, actor, content } = first;
  return {
    id: `${rule} ${group} ${first.event}`,
    ...{ rule, group, level, outcome, isStaged, accountId, region, actor, content },
    from: Math.min(...hits.map(({ from }) => from)),
    to: Math.max(...hits.map(({ to }) => to)),
    hits: hits.length,
    ...{ createdAt: 0, changedAt: 0, changed: 0, mergedInto: undefined },
    events: hits.map(({ event }) => event),
  };
}
