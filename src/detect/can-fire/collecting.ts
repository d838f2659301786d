import type { RecordingTrail } from "../../cloudtrail/index.ts";

/** What is collected: which events can be seen at all. */
export interface Collecting {
  /** Trails that are known with their selectors; the event history counts as one of all management events. */
  readonly trails: readonly CollectedTrail[];
  /** What else brings events, where it is not known which: names of sources, imported files. */
  readonly others: readonly string[];
  /** Sorts of events that were stored lately. */
  readonly stored: readonly StoredSort[];
  /** Who it is that records nothing of a sort, in words; “no trail of what is collected” where it is not said. */
  readonly nobody?: string;
}

export interface CollectedTrail extends RecordingTrail {
  readonly name: string;
  readonly hasInsights: boolean;
}

/** A sort of events, as the store counts them. */
export interface StoredSort {
  readonly category: string;
  /** `s3.amazonaws.com` */
  readonly service: string;
  readonly readOnly: boolean | undefined;
  readonly resourceTypes: readonly string[];
}
