import type { IntegrityTable } from "../../state/index.ts";
import type { ProofStore } from "../../store/index.ts";
import type { PlaceAnswer } from "../place.ts";

/** What a case is made from. */
export interface CaseOptions {
  readonly records: FindCaseEvents;
  /** The name of a log file that was read, by its id: `s3://bucket/key`, or the path of an imported file. */
  readonly logFileName: (logFile: string) => Promise<string | undefined>;
  readonly proofs: CaseProofs;
  readonly integrity: Pick<IntegrityTable, "keys">;
  /** An object as it lies in its bucket; rejects where nobody can reach that. */
  readonly fetch: (bucket: string, key: string, signal: AbortSignal) => Promise<PlaceAnswer>;
  readonly clock: { now(): number };
  readonly version: string;
  /** Where events lie while the case is made; the machine's folder for such things unless given. */
  readonly folder?: string;
}

/** What a case asks of the proofs that were collected. */
export type CaseProofs = Pick<
  ProofStore,
  "digest" | "digests" | "named" | "namedBy" | "rawOf" | "readLogFiles" | "verdictsOf"
>;

/** Events that answer a query, oldest first, at most so many; searching lies below verifying and is handed in. */
export type FindCaseEvents = (
  ask: {
    readonly query: string;
    readonly from: number | undefined;
    readonly to: number | undefined;
    readonly limit: number;
  },
  signal: AbortSignal,
) => AsyncIterable<CaseEvent>;

/** An event as it is sealed. */
export interface CaseEvent {
  /** The record, byte for byte. */
  readonly raw: Buffer;
  readonly eventId: string;
  readonly accountId: string;
  /** Milliseconds. */
  readonly time: number;
  /** The id of the log file that brought it, in decimal. */
  readonly logFile: string;
}
