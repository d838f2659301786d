import type { DigestChain } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { Gap, LogVerdict, VerdictKind } from "../verdict.ts";

/** What is to be verified: all that lies in a place, or part of it. */
export interface AuditAsk {
  /** Milliseconds; of delivery. Up to now where `to` is `Number.MAX_SAFE_INTEGER`. */
  readonly from: number;
  readonly to: number;
  readonly accountId?: string;
  readonly region?: string;
  readonly trailName?: string;
  readonly homeRegion?: string;
  /** Judge only what AWS CLI judges: no tail, no undeclared files. */
  readonly isLikeAwsCli?: boolean;
}

/**
 * What an audit tells as it goes; every digest and every log file once, chain by chain, newest digest first. What no
 * digest names comes behind the chains of its account and region.
 */
export type AuditStep =
  | { readonly kind: "chain"; readonly chain: DigestChain }
  | { readonly kind: "digest"; readonly chain: DigestChain; readonly digest: JudgedDigest }
  | { readonly kind: "log-file"; readonly chain: DigestChain | undefined; readonly file: AuditedFile }
  | { readonly kind: "gap"; readonly chain: DigestChain; readonly gap: Gap }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "summary"; readonly summary: AuditSummary };

export interface AuditedFile {
  /** `s3://bucket/key`, as the digest says or, of an undeclared one, as it lies there. */
  readonly name: string;
  readonly verdict: LogVerdict;
  /** Of what lies there, as far as it could be inflated; empty for a missing one. */
  readonly sha256: string;
}

export interface AuditSummary {
  readonly from: number;
  readonly to: number;
  /** What valid digests speak for, milliseconds; nothing where there is none. */
  readonly found: { readonly from: number; readonly to: number } | undefined;
  readonly chains: number;
  readonly digests: Readonly<Record<"valid" | "unproven" | "broken" | "missing", number>>;
  readonly backfillDigests: Readonly<Record<"valid" | "unproven" | "broken" | "missing", number>>;
  readonly logFiles: Readonly<Record<VerdictKind, number>>;
  readonly gaps: number;
  readonly seconds: number;
}
