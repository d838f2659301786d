/** An event that rules have matched. */
export interface MatchedEvent {
  /** Its eventID: the same event is counted once, however often it comes. */
  readonly id: string;
  /** When it happened, in milliseconds since the epoch; when it arrives plays no part. */
  readonly at: number;
  readonly record: unknown;
  /** Keys of the rules that it matched. */
  readonly rules: readonly string[];
  /** Carried along to whoever is told of its part in a hit. */
  readonly note?: unknown;
}

/** An event that stands behind a hit. */
export interface Evidence {
  readonly id: string;
  readonly at: number;
  readonly note: unknown;
}

/**
 * Events that stand behind a hit and were not told with one before. All that is told of a condition that more events can
 * only make truer is the same in the end, in whatever order events came: those of all windows for which it holds.
 */
export interface Told {
  readonly correlation: string;
  readonly group: readonly string[];
  readonly value: number;
  /** When the window's last event happened. */
  readonly to: number;
  readonly events: readonly Evidence[];
}

/** Events of one group that a correlation is about, within its timespan. */
export interface CorrelationHit {
  /** The same for the same last event, whatever came late or twice. */
  readonly id: string;
  /** The correlation's key. */
  readonly correlation: string;
  /** The values of its `group-by`, in that order. */
  readonly group: readonly string[];
  /** When the first and the last of its events happened. */
  readonly from: number;
  readonly to: number;
  /** What was held against the condition: a count, a sum, a share in percent. */
  readonly value: number;
  /** A hit of the same group that is less than a timespan away: this one goes on with the same story. */
  readonly continues: string | undefined;
  /** Of the window's events, oldest first; of a hit that continues another, those since then alone. */
  readonly eventIds: readonly string[];
}

/** What did not take part, so that it can be shown. */
export interface CorrelationCounts {
  /** Came again and changed nothing. */
  readonly repeated: number;
  /** Happened longer ago than what is settled: windows were judged without them, and are not judged again. */
  readonly late: number;
  /** Have no value in a field that events are grouped by, or that is counted. */
  readonly ungrouped: number;
  /** Oldest events of groups that held too many. */
  readonly overflowed: number;
  /** Groups that were forgotten before their time, because there was too much to remember. */
  readonly givenUp: number;
}
