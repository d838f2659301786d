import { gapsMax, type ChainMemory } from "./chain-memory.ts";
import { timeText } from "./chain-views.ts";
import { paceOf } from "./coverages.ts";
import { silentMs } from "./options.ts";

/** How far a chain's valid digests cover a span from its beginning. */
export interface Cover {
  readonly to: number;
  /** Why not all of it, as a sentence without full stop. */
  readonly reason: string | undefined;
  /** It only has not come further yet. */
  readonly isOnlyTail: boolean;
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
  const { chain, anchor, beganAt, gaps, unknownKeys, tail } = memory;
  const digests = `The digests of ${chain.trailName} in ${chain.region}`;
  const no = (at: number, reason: string, isOnlyTail = false): Cover => ({ to: at, reason, isOnlyTail });
  if (anchor === undefined || beganAt === undefined) return no(from, `${digests} are not valid`);
  if (beganAt > from) return no(from, `${digests} begin at ${timeText(beganAt)}`);
  const [firstKnown] = gaps;
  if (gaps.length >= gapsMax && firstKnown !== undefined && from < firstKnown.from) {
    return no(from, `${digests} have more gaps than are remembered`);
  }
  const holes = [
    // Time that two digests claim is covered.
    ...gaps.filter(({ kind }) => kind !== "overlap"),
    ...unknownKeys.map((key) => ({ from: key.from - paceOf(memory), to: key.to })),
  ].filter((hole) => hole.from < to && hole.to > from);
  const hole = Math.min(...holes.map((one) => one.from));
  if (hole < Math.min(to, anchor.endsAt)) {
    return no(Math.max(from, hole), `${digests} do not cover the time from ${timeText(Math.max(from, hole))}`);
  }
  if (anchor.endsAt >= to) return { to, reason: undefined, isOnlyTail: false };
  const end = Math.max(from, anchor.endsAt);
  const ended = tail.endedAt !== undefined && !tail.isOverdue;
  return no(
    end,
    `${digests} cover it to ${timeText(end)} only${ended ? ", where they ended" : ""}`,
    !tail.isOverdue && !ended,
  );
}
