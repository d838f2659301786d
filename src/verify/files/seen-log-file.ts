/** What was found where a log file lies; judged without its bytes. */
export interface SeenLogFile {
  readonly bucket: string;
  readonly key: string;
  /** Lower-case hexadecimal, of the uncompressed bytes; empty where they could not be had. */
  readonly sha256: string;
  /** Of the object's bytes: 1 is what CloudTrail writes, 0 means that it is not compressed. */
  readonly gzipMembers: number;
  /** Behind the compressed data. */
  readonly bytesBehind: number;
  /** Why it could not be inflated to its end. */
  readonly inflateFault: "cut-off" | "damaged" | undefined;
}

/** Valid digests of one place, joined: what they cover, and when the next is due. Milliseconds. */
export interface Coverage {
  /** In order and not touching each other. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  /** Time that digests should speak for, but are missing, broken or unproven. */
  readonly holes: readonly { readonly from: number; readonly to: number; readonly reason: HoleReason }[];
  /** When the next digest must have come; nothing where the chain has ended. */
  readonly nextDueAt: number | undefined;
  readonly paceMs: number;
  /** Kinds of log files (of their folders) that digests of this place have named. */
  readonly kinds: ReadonlySet<string>;
}

export type HoleReason = "digest-missing" | "digest-broken" | "digest-unproven";
