import type { DigestChain } from "../../cloudtrail/index.ts";
import type { DigestObject, KeyBook } from "../digests/digest-object.ts";
import type { DigestVerdict, Gap } from "../verdict.ts";

/** A digest with what is said of it; one that is missing has no object. */
export interface JudgedDigest {
  /** `s3://bucket/key`. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** What it vouches for, milliseconds; its end is known from its key at least, its start only where it could be read. */
  readonly startsAt: number | undefined;
  readonly endsAt: number;
  readonly verdict: DigestVerdict;
  /** Of a valid one: since when the chain up to it is unbroken, milliseconds. */
  readonly chainSince: number | undefined;
  readonly object: DigestObject | undefined;
}

/** The last valid digest of a chain that was judged before: what comes next is held against it. */
export interface ChainAnchor {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
  readonly signature: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly chainSince: number;
  /** The length of its windows, milliseconds; an hour unless the chain showed another. */
  readonly paceMs: number;
}

export interface ChainInput {
  readonly chain: DigestChain;
  /**
   * In any order; the same key may come with several contents, when an object was replaced: where nothing else tells which
   * of them is the true one, it is the one that stands first. With an anchor, all whose window ends with the anchor's or
   * later, judged before or not; older ones are left alone.
   */
  readonly digests: readonly DigestObject[];
  readonly keys: KeyBook;
  /** Where judging goes on. */
  readonly anchor?: ChainAnchor;
  /** The digests are all that lie there, older ones too: the anchor is only what must be found among them. */
  readonly isWhole?: boolean;
  /** Digests whose window ended before were not asked for, and are not missing, milliseconds. */
  readonly from?: number;
  /** Where digests were looked for; one that is named in another bucket is not missing. All, where not given. */
  readonly buckets?: ReadonlySet<string>;
  /** What speaks for its newest digest; nothing where only what lies there is judged, as AWS CLI does. */
  readonly head?: HeadExpectation;
}

/** What is known from outside of how far a chain must have come. */
export interface HeadExpectation {
  readonly now: number;
  /** Longer than its pace a digest may take, milliseconds. */
  readonly graceMs: number;
  /** `LatestDigestDeliveryTime` of GetTrailStatus, milliseconds. */
  readonly deliveredAt?: number | undefined;
  /** Logging was stopped or validation switched off then, and no digest is due after its window, milliseconds. */
  readonly endedAt?: number | undefined;
}

/** The outcome for a whole chain, oldest digest first. */
export interface ChainJudgement {
  readonly digests: readonly JudgedDigest[];
  readonly gaps: readonly Gap[];
  /** Where the next judging goes on; the one given where nothing valid came. */
  readonly anchor: ChainAnchor | undefined;
}
