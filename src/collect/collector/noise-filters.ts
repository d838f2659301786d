import type { Predicate } from "../../predicate/index.ts";
import type { FilterRow, State } from "../../state/index.ts";
import { CollectError } from "../errors.ts";
import type { Drop } from "../reading-session.ts";

export interface NoiseFiltersOptions {
  readonly state: State;
  readonly now: () => number;
  /** Throws when the query cannot be read. */
  readonly readQuery: (query: string) => Predicate;
  readonly onFailure: (error: unknown) => void;
}

/** Conditions that people set against noise: what fits one is never stored, only counted. */
export class NoiseFilters {
  readonly #options: NoiseFiltersOptions;
  #drops: readonly Drop[] = [];

  constructor(options: NoiseFiltersOptions) {
    this.#options = options;
  }

  /** As they are now. */
  get drops(): readonly Drop[] {
    return this.#drops;
  }

  /** Takes up what is set; a filter that can no longer be read is told, and drops nothing. */
  async load(): Promise<void> {
    const { state, now, readQuery, onFailure } = this.#options;
    const drops: Drop[] = [];
    for (const { name, query } of await state.filters.list()) {
      try {
        const predicate = readQuery(query);
        const onDropped = (events: number) =>
          void state.filters.countDropped(name, events, now()).catch((error: unknown) => onFailure(error));
        drops.push({ name, predicate, onDropped });
      } catch (error) {
        onFailure(error);
      }
    }
    this.#drops = drops;
  }

  async add(filter: { readonly name: string; readonly query: string }): Promise<FilterRow> {
    const { state, now, readQuery } = this.#options;
    if (readQuery(filter.query).kind === "all") {
      throw new CollectError("The filter would drop every event", {
        code: "filter-drops-all",
        fault: "user",
        help: "Write a condition, such as eventSource:kms.amazonaws.com eventName:Decrypt readOnly:true",
      });
    }
    const row = { ...filter, createdAt: now(), dropped: 0, lastDroppedAt: undefined };
    await state.filters.add(row);
    await this.load();
    return row;
  }

  async remove(name: string): Promise<void> {
    const isRemoved = await this.#options.state.filters.remove(name);
    await this.load();
    if (isRemoved) return;
    throw new CollectError(`There is no filter ${name.slice(0, 80)}`, {
      code: "filter-unknown",
      fault: "user",
      help: "See trailwarden filter list",
    });
  }
}
