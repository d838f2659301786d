import { type Destination } from "../delivery/parcel.ts";

/** One chain of digests: of a trail, an account and a region. */
export interface Chain {
  readonly trailArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly destination: Destination;
  readonly isOpen: boolean;
  /** What began it: logging or validation was switched on. Another instant there begins another chain. */
  readonly since: number;
  /** The next digest's window, from and up to not including, in whole seconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly previous: PreviousDigest | undefined;
  /** The last of the digests for log files that came late, which are a chain of their own. */
  readonly previousBackfill: PreviousDigest | undefined;
}

/** What a digest says of the one before it. */
export interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
  readonly signature: string;
}

/** A log file that has arrived and waits for the digest that names it. */
export interface DeliveredFile {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
  readonly oldestEventTime: string;
  readonly newestEventTime: string;
  readonly decidedAt: number;
}

/** A window whose digest went out while log files of it were still on their way. */
export interface MissedWindow {
  readonly startsAt: number;
  readonly endsAt: number;
}
