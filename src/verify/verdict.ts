/**
 * What is said of a log file. `proven`: a signed digest names it and its bytes are those that were signed. `waiting`: its
 * digest is not due yet, or it is still on its way. `unproven`: nothing speaks against it, but nothing can prove it.
 * `broken`: it is not what was signed. `missing`: a digest names it and the bucket does not hold it. `undeclared`: it
 * lies in the bucket and no digest names it, though digests cover its time.
 */
export const verdictKinds = ["proven", "waiting", "unproven", "broken", "missing", "undeclared"] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** Why a verdict on a log file is what it is; `proven` needs no reason. */
export type VerdictReason =
  | ""
  // waiting
  | "digest-not-due"
  | "not-read-yet"
  // unproven
  | "no-digests"
  | "before-chain"
  | "digest-missing"
  | "digest-broken"
  | "digest-unproven"
  | "digest-late"
  | "not-covered"
  | "not-selected"
  | "copy-without-key"
  // broken
  | "content-differs"
  | "cut-off"
  | "bytes-behind"
  | "second-member"
  | "not-gzip"
  | "not-inflatable"
  | "moved"
  | "hash-unknown"
  | "changed-since"
  // missing
  | "not-found"
  | "gone-since"
  // undeclared
  | "not-named";

/** The verdict on one log file, with what it rests on. */
export interface LogVerdict {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  /** `s3://bucket/key` of the digest that names it, or should have; empty where there is none. */
  readonly digest: string;
  /** Since when the chain that proves it is unbroken, milliseconds; of `proven` only. */
  readonly chainSince: number | undefined;
  /** When its digest is due, milliseconds; of `waiting` for a digest only. */
  readonly dueAt: number | undefined;
}

/** What is said of a digest itself. */
export type DigestVerdictKind = "valid" | "unproven" | "broken" | "missing";

/** Why; the words behind each are those of `aws cloudtrail validate-logs` where it says it too. */
export type DigestReason =
  | ""
  // unproven
  /** "public key not found in region … for fingerprint …" */
  | "key-unknown"
  /** A copy lost the object's metadata, and no later digest repeats the signature. */
  | "signature-lost"
  // broken
  /** "invalid format" */
  | "invalid-format"
  /** "has been moved from its original location" */
  | "moved"
  /** "signature verification failed" */
  | "signature-missing"
  | "signature-wrong"
  | "algorithm-unknown"
  /** "Unable to load PKCS #1 key with fingerprint …" */
  | "key-unreadable"
  /** The compressed object holds more than the digest: bytes behind it, or a second gzip member. */
  | "bytes-behind"
  | "second-member"
  /** Signed, yet another than the one that was seen under this key before, or that its successor was chained to. */
  | "replaced"
  /** Its successor vouches for another content than it has. */
  | "not-the-one-chained"
  /** The time that its name tells is not the one that it was signed with. */
  | "misnamed"
  // missing
  /** "not found": its successor names it. */
  | "not-found";

export interface DigestVerdict {
  readonly kind: DigestVerdictKind;
  readonly reason: DigestReason;
}

/** Time that no valid digest speaks for. */
export type GapKind =
  /** Digests are missing or broken; the chain on both sides was one. */
  | "digests-missing"
  /** The chain begins anew: logging or validation was off meanwhile. */
  | "chain-restarted"
  /** One follows the other in the chain, but not in time. */
  | "not-contiguous"
  | "overlap"
  /** The newest digest is overdue, or one that we have seen is gone. */
  | "tail";

export interface Gap {
  readonly kind: GapKind;
  /** Milliseconds; an overlap's are those of the time that two digests claim. */
  readonly from: number;
  readonly to: number;
  /** `s3://bucket/key` of the digests before and after; empty where there is none. */
  readonly before: string;
  readonly after: string;
  /** How many digests there should have been, going by the chain's own pace. */
  readonly digestsMissing: number;
}
