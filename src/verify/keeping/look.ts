import type { Clock } from "../../base/clock.ts";
import type { Ledger } from "../../state/index.ts";
import type { ProofStore } from "../../store/index.ts";
import type { ChainBook } from "./chain-book.ts";
import type { FindingBook } from "./finding-book.ts";
import type { KeyKeeper } from "./key-keeper.ts";
import type { Reaching } from "./reaching.ts";

/** What all parts of the running verification share. */
export interface KeepingParts {
  readonly proofs: ProofStore;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly chains: ChainBook;
  readonly findings: FindingBook;
  readonly keys: KeyKeeper;
}

/** One look at all that changed. */
export interface Look {
  readonly reaching: Reaching;
  readonly signal: AbortSignal;
  /** Objects that may still be fetched in this look; what is more waits for the next. */
  readonly fetches: { left: number };
}

/** Log files whose verdicts may have changed: of an account and region, by delivery. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
}

/** Log files that are judged together. */
export const filesAtOnce = 1_000;
