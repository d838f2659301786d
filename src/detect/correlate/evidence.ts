import type { SigmaCorrelation } from "../sigma/document.ts";
import type { Group } from "./group.ts";
import type { Entry } from "./timeline.ts";

/** Entries that are told of one window, the last ones; those before were told by the windows before. */
const toldMax = 10_000;
/** Of each rule of an ordered correlation. */
const toldOfLaneMax = 200;
/** Windows that an ordered correlation is asked for anew when an event comes late. */
const endsMax = 20;

/** Entries that stand behind the window that ends with `end`. */
export interface Behind {
  readonly end: Entry;
  readonly entries: readonly Entry[];
}

/** What stands behind a window of which the condition holds, and was never told. */
export function untold(correlation: SigmaCorrelation, group: Group, end: Entry): Behind {
  return { end, entries: entriesOf(correlation, group, end).filter(({ isTold }) => !isTold) };
}

/** What stands behind windows that were told of before this entry came, and lies in them. */
export function untoldWith(correlation: SigmaCorrelation, group: Group, entry: Entry): readonly Behind[] {
  const { hits } = group;
  const isOrdered = correlation.type === "temporal_ordered";
  if (hits.length === 0 || (entry.isTold && !isOrdered)) return [];
  const first = hits.firstFrom(entry.at);
  const ends = hits
    .slice(first, first + endsMax)
    .filter((end) => end !== entry && end.at <= entry.at + correlation.timespanMs);
  if (isOrdered) return ends.map((end) => untold(correlation, group, end));
  return ends.slice(-1).map((end) => ({ end, entries: [entry] }));
}

function entriesOf(correlation: SigmaCorrelation, group: Group, end: Entry): readonly Entry[] {
  if (correlation.type === "temporal_ordered") return takingPart(correlation, group, end);
  // How rare a value is, the others of the window tell; what is to be looked at is this one.
  if (correlation.type === "value_percentile" && correlation.condition.percentile === undefined) return [end];
  const { timeline, hits } = group;
  const index = timeline.indexOf(end);
  // What lies in the window of the hit before was told with it, or when it came.
  const before = hits.at(hits.indexOf(end) - 1);
  const told = before === undefined ? 0 : timeline.indexOf(before) + 1;
  const start = Math.max(told, timeline.firstFrom(end.at - correlation.timespanMs), index + 1 - toldMax);
  return timeline.slice(start, index + 1);
}

/** Entries of each rule that have those of the rules before it before them, and those of the rules behind it behind. */
function takingPart({ rules, timespanMs }: SigmaCorrelation, group: Group, end: Entry): readonly Entry[] {
  const lanes = rules.map((_, index) => group.lane(String(index)));
  // The latest that an entry of each rule may be, from the last rule back.
  const latest: number[] = [];
  let until = end.at;
  for (let rule = rules.length - 1; rule >= 0; rule -= 1) {
    latest[rule] = until;
    const lane = lanes[rule - 1];
    until = lane?.at(lane.firstAfter(until) - 1)?.at ?? until;
  }
  const found: Entry[] = [];
  let from = end.at - timespanMs;
  for (const [rule, lane] of lanes.slice(0, -1).entries()) {
    if (lane === undefined) break;
    const [first, behind] = [lane.firstFrom(from), lane.firstAfter(latest[rule] ?? end.at)];
    found.push(...lane.slice(Math.max(first, behind - toldOfLaneMax), behind));
    from = lane.at(first)?.at ?? Infinity;
  }
  return [...new Set([...found.sort((a, b) => a.at - b.at), end])];
}
