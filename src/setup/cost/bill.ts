import type { Price, PriceName, PriceUnit } from "./prices.ts";
import type { VolumeBasis } from "./volumes.ts";

/** What some trails of an account cost in a month, and why. All of it is JSON. */
export interface Bill {
  /** By trail, what costs most first; what is free stands there too. */
  readonly lines: readonly BillLine[];
  /** Millionths of a dollar, as everywhere here; the sum of the lines. */
  readonly totalMicroDollars: number;
  /** What a change adds or saves; nothing when none was asked about. */
  readonly change: BillChange | null;
  readonly warnings: readonly BillWarning[];
  /** What could not be known, so that the sum may be wrong; each a sentence. */
  readonly unknowns: readonly string[];
  readonly basis: VolumeBasis;
}

/** One thing that is charged for, or that is free and is often thought to be charged for. */
export interface BillLine {
  /** The same for the same thing of the same trail, before a change and after it. */
  readonly id: string;
  readonly trailArn: string;
  readonly item: PriceName;
  /** `Second copy of management events`. */
  readonly what: string;
  readonly why: string;
  /** In a month. */
  readonly quantity: number;
  readonly unit: PriceUnit;
  /** The quantity is the most that it can be: selectors ask for more than is counted. */
  readonly isAtMost: boolean;
  readonly price: Price;
  readonly microDollars: number;
  /** Why nothing is charged; empty for what is. */
  readonly free: string;
  /** Where the quantity comes from, the largest first; no more than a hundred. */
  readonly places: readonly LinePlace[];
  /** Places beyond those. */
  readonly placesMore: number;
}

export interface LinePlace {
  readonly accountId: string;
  readonly region: string;
  readonly quantity: number;
}

export interface BillChange {
  readonly beforeMicroDollars: number;
  readonly afterMicroDollars: number;
  /** Less than nothing when it saves. */
  readonly addedMicroDollars: number;
  /** What becomes more or less, by the same ids. */
  readonly lines: readonly { readonly id: string; readonly what: string; readonly addedMicroDollars: number }[];
}

/** What one should know before a trail is made, or about one that there is. */
export interface BillWarning {
  readonly kind: WarningKind;
  readonly trailArn: string;
  readonly sentence: string;
  readonly help: string;
  /** Of a month; nothing where it cannot be told. */
  readonly microDollars: number | null;
}

export type WarningKind =
  | "covered-already"
  | "single-and-multi-region"
  | "own-bucket-loop"
  | "kms-flood"
  | "broken-bucket"
  | "charged-decrypts"
  | "digests"
  | "organization"
  | "log-group"
  | "bucket-charges";
