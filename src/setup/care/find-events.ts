import type { Culprit } from "../setup.ts";

/** Looks in the events that are stored; search gives one. */
export interface EventFinder {
  /** Calls that succeeded, of any of these names, which mention any of these texts; newest first, at most ten. */
  find(ask: EventAsk): Promise<readonly Culprit[]>;
}

export interface EventAsk {
  readonly eventNames: readonly string[];
  readonly mentions: readonly string[];
  /** Events before it are not looked at. */
  readonly since: number;
}
