import type { Gap, GapKind } from "../verdict.ts";
import type { ChainAnchor } from "./chain-judgement.ts";
import { nameOf } from "../names.ts";
import type { LinkedDigest } from "./links.ts";

/** What is said of a chain by going through its digests in the order of their windows. */
export interface TimeLine {
  readonly gaps: readonly Gap[];
  /** Of valid digests, by name: since when the chain up to it is unbroken. */
  readonly since: ReadonlyMap<string, number>;
  /** The last valid digest. */
  readonly last: Last | undefined;
}

/** A valid digest as the next one sees it. */
export interface Last {
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly since: number;
  readonly paceMs: number;
}

export const usualPaceMs = 3_600_000;

export function lastOf(anchor: ChainAnchor): Last {
  const { startsAt, endsAt, chainSince, paceMs } = anchor;
  return { name: nameOf(anchor), startsAt, endsAt, since: chainSince, paceMs };
}

/** Goes from the oldest digest to the newest; `first` is where an earlier judging ended. */
export function layOut(digests: readonly LinkedDigest[], first: Last | undefined): TimeLine {
  const gaps: Gap[] = [];
  const since = new Map<string, number>();
  let last = first;
  let between: LinkedDigest[] = [];
  for (const digest of digests) {
    const next = asNext(digest, last);
    if (next === undefined) {
      between.push(digest);
      continue;
    }
    gaps.push(...gapsBefore({ last, between, next, isStart: digest.link === undefined, link: digest.link?.name }));
    since.set(next.name, next.since);
    if (last === undefined || next.endsAt >= last.endsAt) last = next;
    between = [];
  }
  gaps.push(...gapsBehind(last, between));
  return { gaps, since, last };
}

/** Digests of late log files have no pace: they follow each other by their links, and hours without one are no gap. */
export function layOutByLinks(digests: readonly LinkedDigest[], first: Last | undefined): TimeLine {
  const since = new Map<string, number>(first === undefined ? [] : [[first.name, first.since]]);
  let last = first;
  for (const { judged, link } of digests) {
    const { name, startsAt, endsAt, verdict } = judged;
    if (verdict.kind !== "valid" || startsAt === undefined) continue;
    const own = since.get(link?.name ?? "") ?? startsAt;
    since.set(name, own);
    if (last === undefined || endsAt >= last.endsAt) last = { name, startsAt, endsAt, since: own, paceMs: usualPaceMs };
  }
  return { gaps: [], since, last };
}

function asNext({ judged, link }: LinkedDigest, last: Last | undefined): Last | undefined {
  const { name, startsAt, endsAt, verdict } = judged;
  if (verdict.kind !== "valid" || startsAt === undefined) return undefined;
  const isNext = link !== undefined && link.name === last?.name && startsAt <= last.endsAt;
  return {
    name,
    startsAt,
    endsAt,
    since: isNext ? last.since : startsAt,
    paceMs: paceAt(startsAt, endsAt, link, last),
  };
}

/** Two windows of one length, one after the other, tell the pace; the first and the last of a chain may be short. */
function paceAt(startsAt: number, endsAt: number, link: LinkedDigest["link"], last: Last | undefined): number {
  const length = endsAt - startsAt;
  if (last === undefined) return usualPaceMs;
  return link !== undefined && length > 0 && length === last.endsAt - last.startsAt ? length : last.paceMs;
}

interface Place {
  readonly last: Last | undefined;
  /** Digests between the two that are not valid. */
  readonly between: readonly LinkedDigest[];
  readonly next: Last;
  readonly isStart: boolean;
  /** What the next one names as the one before it. */
  readonly link: string | undefined;
}

function gapsBefore(place: Place): readonly Gap[] {
  const { last, between, next, isStart } = place;
  if (isStart) return gapsBeforeStart(place);
  const to = next.startsAt;
  const lost = between.filter(isLost);
  const from = last?.endsAt ?? (lost[0] === undefined ? to : lost[0].judged.endsAt - next.paceMs);
  if (to < from) {
    if (last === undefined) return [];
    return [
      {
        kind: "overlap",
        from: to,
        to: Math.min(from, next.endsAt),
        before: last.name,
        after: next.name,
        digestsMissing: 0,
      },
    ];
  }
  if (lost.length > 0) return gapOf("digests-missing", { ...place, from, to });
  return gapOf("not-contiguous", { ...place, from: reach(from, between), to });
}

/** Logging was off before it; what is missing or broken before that is another gap. */
function gapsBeforeStart(place: Place): readonly Gap[] {
  const { last, between, next } = place;
  const end = between.at(-1)?.judged;
  const before = Math.max(last?.endsAt ?? -Infinity, end?.endsAt ?? -Infinity);
  if (before === -Infinity) return [];
  const restarted: Gap = {
    kind: "chain-restarted",
    from: before,
    to: Math.max(before, next.startsAt),
    before: last?.name ?? end?.name ?? "",
    after: next.name,
    digestsMissing: Math.max(0, Math.round((next.startsAt - before) / next.paceMs)),
  };
  return [...gapsBehind(last, between, next.name), restarted];
}

/** Behind the last valid digest lie some that are not. */
function gapsBehind(last: Last | undefined, between: readonly LinkedDigest[], after = ""): readonly Gap[] {
  const lost = between.filter(isLost);
  const [oldest, newest] = [lost[0]?.judged, lost.at(-1)?.judged];
  if (oldest === undefined || newest === undefined) return [];
  const paceMs = last?.paceMs ?? usualPaceMs;
  const from = last?.endsAt ?? oldest.endsAt - paceMs;
  // Nothing names the newest of all; it is only known to be gone because it was seen.
  const kind = after === "" && newest.verdict.kind === "missing" ? "tail" : "digests-missing";
  return gapOf(kind, { last, between, next: { name: after, paceMs }, from, to: newest.endsAt });
}

function gapOf(
  kind: GapKind,
  gap: Pick<Place, "last" | "between"> & {
    readonly next: Pick<Last, "name" | "paceMs">;
    readonly from: number;
    readonly to: number;
  },
): readonly Gap[] {
  const { last, between, next, from, to } = gap;
  if (to <= from) return [];
  const lost = between.filter(isLost).length;
  const due = Math.round((to - from) / next.paceMs) - (between.length - lost);
  return [{ kind, from, to, before: last?.name ?? "", after: next.name, digestsMissing: Math.max(lost, due, 0) }];
}

function isLost({ judged }: LinkedDigest): boolean {
  return judged.verdict.kind === "broken" || judged.verdict.kind === "missing";
}

/** Unproven digests speak for their time, though nobody can say whether truly: that is no gap but their own verdict. */
function reach(from: number, between: readonly LinkedDigest[]): number {
  let at = from;
  for (const { judged } of between) if ((judged.startsAt ?? Infinity) <= at) at = Math.max(at, judged.endsAt);
  return at;
}
