import type { Clock } from "../../base/clock.ts";
import type { SourceReach } from "../../collect/index.ts";
import type { IntegrityTable, Ledger } from "../../state/index.ts";
import type { ProofStore } from "../../store/index.ts";
import type { Verification } from "../verification.ts";

/** What the running verification works with. */
export interface VerificationOptions {
  readonly store: { readonly proofs: ProofStore };
  readonly state: { readonly integrity: IntegrityTable; readonly ledger: Ledger };
  readonly clock: Clock;
  /** How to reach what a source collects from; nothing where it does not speak to AWS. */
  readonly reach: (source: string) => Promise<SourceReach | undefined>;
  /** Who may be asked for keys, trails and objects. */
  readonly sources: () => Promise<readonly { readonly name: string }[]>;
  /** For what is chosen by chance. */
  readonly seed: number;
  /** Told of failures that are our own fault; judging goes on. */
  readonly onFailure: (error: unknown) => void;
  readonly audit: Verification["audit"];
  readonly exportCase: Verification["exportCase"];
  /** How often it judges by itself. */
  readonly everyMs?: number;
  /** How many proven log files are read again in a day, by themselves. */
  readonly rereadsADay?: number;
}

/** A digest may take so much longer than its pace before it counts as overdue. */
export const graceMs = 30 * 60_000;
/** CloudTrail's own pace (CloudTrail User Guide, "Validating CloudTrail log file integrity"). */
export const usualPaceMs = 3_600_000;
/**
 * A chain that says nothing for so long is told as overdue, and other chains speak for its account from then on: most
 * often its trail was replaced by another.
 */
export const silentMs = 7 * 86_400_000;
