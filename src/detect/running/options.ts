import type { Clock } from "../../base/clock.ts";
import type { Actor } from "../../lineage/index.ts";
import type { FindingTable } from "../../state/index.ts";
import type { Arrivals, EventStore } from "../../store/index.ts";
import type { RuleBook } from "../book/rule-book.ts";
import type { ArrivalJudge } from "./arrival-judge.ts";

/** What the running detection works with. */
export interface DetectionOptions {
  readonly store: DetectionStore;
  readonly findings: FindingTable;
  readonly book: Pick<RuleBook, "inForce" | "onChange">;
  readonly judges: readonly ArrivalJudge[];
  /** Who an event is by. */
  readonly actorOf: (record: unknown) => Actor;
  readonly clock: Clock;
  /** Told of failures that are our own fault; judging goes on. */
  readonly onFailure: (error: unknown) => void;
  /** How often it looks by itself whether something waits. */
  readonly everyMs?: number;
}

/** What detection asks of the store. */
export type DetectionStore = Pick<EventStore, "records" | "countMatches" | "range"> & {
  readonly arrivals: Arrivals;
};
