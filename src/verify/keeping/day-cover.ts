import { gapsMax, type ChainMemory } from "./chain-memory.ts";
import { paceOf } from "./coverages.ts";
import { silentMs } from "./options.ts";

/** Why a chain does not cover a span: `late` is only that its digests have not come that far yet. */
export type CoverReason = "invalid" | "begins" | "many-gaps" | "hole" | "overdue" | "ended" | "late";

/** How far a chain's valid digests cover a span from its beginning. */
export interface Cover {
  readonly to: number;
  /** Why not all of it. */
  readonly reason: CoverReason | undefined;
  /** The instant that the reason is about. */
  readonly at: number;
}

/**
 * Whether a chain has something to say of a span: it began before the span's end, and had not ended before the span. One
 * that has been silent for long is taken as replaced: that it went silent is a finding of the days after its end.
 */
export function speaksFor({ beganAt, head, tail }: ChainMemory, from: number, to: number): boolean {
  if (head === undefined || (beganAt ?? head.endsAt) >= to) return false;
  if (tail.endedAt !== undefined && !tail.isOverdue) return Math.max(tail.endedAt, head.endsAt) > from;
  return head.endsAt + silentMs > from;
}

/** Whether a chain covers a span: all that it takes is remembered of the chain. */
export function coverOf(memory: ChainMemory, from: number, to: number): Cover {
  const { anchor, beganAt, gaps, unknownKeys, tail } = memory;
  const no = (reason: CoverReason, at: number, end = from): Cover => ({ to: end, reason, at });
  if (anchor === undefined || beganAt === undefined) return no("invalid", from);
  if (beganAt > from) return no("begins", beganAt);
  const [firstKnown] = gaps;
  if (gaps.length >= gapsMax && firstKnown !== undefined && from < firstKnown.from) return no("many-gaps", from);
  const holes = [
    // Time that two digests claim is covered.
    ...gaps.filter(({ kind }) => kind !== "overlap"),
    ...unknownKeys.map((key) => ({ from: key.from - paceOf(memory), to: key.to })),
  ].filter((hole) => hole.from < to && hole.to > from);
  const hole = Math.min(...holes.map((one) => one.from));
  if (hole < Math.min(to, anchor.endsAt)) return no("hole", Math.max(from, hole), Math.max(from, hole));
  if (anchor.endsAt >= to) return { to, reason: undefined, at: to };
  const end = Math.max(from, anchor.endsAt);
  if (tail.isOverdue) return no("overdue", end, end);
  return no(tail.endedAt === undefined ? "late" : "ended", end, end);
}
