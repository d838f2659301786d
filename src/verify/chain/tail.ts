import type { Gap } from "../verdict.ts";
import type { HeadExpectation } from "./chain-judgement.ts";

/** A source fetches what GetTrailStatus tells of within that. */
const fetchedWithinMs = 15 * 60_000;
/** Times of stopping are told to the millisecond, those of digests to the second. */
const lastMomentsMs = 60_000;

/** The newest digest that is there, whatever it is worth. */
export interface Newest {
  readonly name: string;
  readonly endsAt: number;
  readonly paceMs: number;
}

/** Whether nothing more is due: logging or validation ended, and the last digest reaches up to then. */
export function isEnded({ endsAt }: Pick<Newest, "endsAt">, { endedAt }: Pick<HeadExpectation, "endedAt">): boolean {
  return endedAt !== undefined && endsAt >= endedAt - lastMomentsMs;
}

/** The time for which digests should be there by now, and are not. */
export function tailOf(newest: Newest, head: HeadExpectation): Gap | undefined {
  if (isEnded(newest, head)) return undefined;
  const { endsAt: from, paceMs } = newest;
  const overdue = Math.floor((head.now - head.graceMs - from - 1) / paceMs);
  const told = toldAfter(newest, head);
  const windows = Math.max(overdue, told);
  if (windows < 1) return undefined;
  // The last window of a chain that ended may be short.
  const to = Math.min(from + windows * paceMs, head.endedAt ?? Infinity);
  return {
    kind: "tail",
    from,
    to,
    before: newest.name,
    after: "",
    digestsMissing: Math.max(1, Math.ceil((to - from) / paceMs)),
  };
}

/** AWS says that it delivered one after the newest that we hold. */
function toldAfter({ endsAt, paceMs }: Newest, { now, deliveredAt, graceMs }: HeadExpectation): number {
  if (deliveredAt === undefined || now < deliveredAt + Math.min(graceMs, fetchedWithinMs)) return 0;
  return Math.floor((deliveredAt - endsAt) / paceMs);
}
