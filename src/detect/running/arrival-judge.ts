import type { Arrivals, ArrivedFile } from "../../store/index.ts";
import type { Level } from "../sigma/document.ts";
import type { FindingOutcome } from "../../state/index.ts";

/** Something beside Sigma rules that judges what arrives: threat lists. */
export interface ArrivalJudge {
  /** What the events of these log files hit. */
  judge(arrivals: Arrivals, files: readonly ArrivedFile[], signal: AbortSignal): AsyncIterable<JudgedEvent>;
}

/** An event that hit. */
export interface JudgedEvent {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly outcome: FindingOutcome;
  readonly tags: readonly string[];
  readonly dedupMs: number;
  readonly indicator: string;
  readonly record: unknown;
  readonly account: string;
  readonly id: string;
  readonly time: number;
}
