import { systemClock } from "../base/clock.ts";
import type { Collector } from "../collect/index.ts";
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
  readonly customUserAgent: string;
  readonly onFailure: (error: unknown) => void;
}

/** Set-up, brought in and opened when it is first asked for: most commands never speak of deployments. */
export class SetupWhenAsked implements AsyncDisposable {
  readonly #parts: SetupParts;
  #opening: Promise<RunningSetup> | undefined;

  constructor(parts: SetupParts) {
    this.#parts = parts;
  }

  open(): Promise<RunningSetup> {
    this.#opening ??= open(this.#parts);
    return this.#opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#opening?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}

async function open(parts: SetupParts): Promise<RunningSetup> {
  const { state, store, search, collector, customUserAgent, onFailure } = parts;
  const { openSetup, storedRecords, storedVolumes } = await import("../setup/index.ts");
  return openSetup({
    table: state.deployments,
    clock: systemClock,
    customUserAgent,
    volumes: storedVolumes(store),
    records: (ask, signal) => storedRecords(store, ask, signal),
    events: eventFinder(search),
    sources: sourceBook(collector),
    onFailure,
  });
}
