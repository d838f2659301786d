import type { CorrelationCondition, SigmaCorrelation } from "../sigma/document.ts";
import type { Group } from "./group.ts";
import type { Entry } from "./timeline.ts";

/** What the window that ends with an entry amounts to. */
export interface Judgement {
  readonly value: number;
  readonly first: Entry;
  events(): readonly Entry[];
}

/**
 * Whether more events can only make the condition truer, so that it may be judged as soon as it holds. Otherwise it is
 * judged when no more events of its time are waited for.
 */
export function isJudgedAtOnce({ type, condition }: SigmaCorrelation): boolean {
  const isCount =
    type === "event_count" || type === "value_count" || type === "temporal" || type === "temporal_ordered";
  return isCount && condition.limits.every(({ by }) => by === "gt" || by === "gte");
}

/** Judges the window that ends with an entry; undefined when the condition does not hold. */
export function judgeWindow(correlation: SigmaCorrelation, group: Group, end: Entry): Judgement | undefined {
  if (correlation.type === "temporal_ordered") {
    const events = findSequence(correlation, group, end);
    const [first] = events ?? [];
    return events && first && { value: events.length, first, events: () => events };
  }
  const from = end.at - correlation.timespanMs;
  const value = measure(correlation, group, end, from);
  const { timeline } = group;
  const start = timeline.firstFrom(from);
  const first = timeline.at(start);
  if (value === undefined || first === undefined || !holds(correlation.condition, value)) {
    return undefined;
  }
  return { value, first, events: () => timeline.slice(start, timeline.indexOf(end) + 1) };
}

/**
 * Whether some window between two instants could fulfil a condition that is judged at once: only if all of them together
 * do. Spares events that come newest first from being looked at for every one that came before them.
 */
export function couldHold(correlation: SigmaCorrelation, group: Group, from: number, to: number): boolean {
  const { timeline } = group;
  const end = timeline.at(timeline.firstAfter(to) - 1);
  if (end === undefined) {
    return false;
  }
  if (correlation.type === "event_count") {
    return holds(correlation.condition, timeline.firstAfter(to) - timeline.firstFrom(from));
  }
  return holds(correlation.condition, group.countLanes(from, end, enoughOf(correlation)));
}

function measure(correlation: SigmaCorrelation, group: Group, end: Entry, from: number): number | undefined {
  const { timeline } = group;
  const [first, behind] = [timeline.firstFrom(from), timeline.indexOf(end) + 1];
  switch (correlation.type) {
    case "event_count":
      return behind - first;
    case "value_count":
    case "temporal":
      return group.countLanes(from, end, enoughOf(correlation));
    case "value_sum":
      return group.numbersBetween(first, behind).sum;
    case "value_avg": {
      const { sum, count } = group.numbersBetween(first, behind);
      return count === 0 ? undefined : sum / count;
    }
    case "value_percentile":
      return correlation.condition.percentile === undefined
        ? shareOf(group, end, from, behind - first)
        : percentileOf(
            timeline.slice(first, behind).flatMap(({ numbers }) => numbers),
            correlation.condition.percentile,
          );
    case "temporal_ordered":
      return undefined;
  }
}

/** Counting may stop where the condition holds, if it then holds whatever follows. */
function enoughOf(correlation: SigmaCorrelation): number {
  return isJudgedAtOnce(correlation)
    ? Math.max(...correlation.condition.limits.map(({ number }) => Math.floor(number) + 1))
    : Number.POSITIVE_INFINITY;
}

/** How many percent of the window's events have the last one's value; of several values the rarest. */
function shareOf(group: Group, end: Entry, from: number, all: number): number {
  const counts = [...end.lanes].map((name) => {
    const lane = group.lane(name);
    return lane === undefined ? 0 : lane.indexOf(end) + 1 - lane.firstFrom(from);
  });
  return (100 * Math.min(...counts)) / all;
}

/** The smallest number that so many percent of the numbers do not exceed. */
function percentileOf(numbers: readonly number[], percentile: number): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)];
}

function holds({ limits }: CorrelationCondition, value: number): boolean {
  return limits.every(({ by, number }) => {
    switch (by) {
      case "gt":
        return value > number;
      case "gte":
        return value >= number;
      case "lt":
        return value < number;
      case "lte":
        return value <= number;
      case "eq":
        return value === number;
      case "neq":
        return value !== number;
    }
  });
}

/**
 * Events of all rules in their order that end with an entry, each as late as can be. CloudTrail's times are whole
 * seconds, so events of one instant may have come in either order.
 */
function findSequence(correlation: SigmaCorrelation, group: Group, end: Entry): readonly Entry[] | undefined {
  const lastRule = correlation.rules.length - 1;
  if (!end.lanes.has(String(lastRule))) {
    return undefined;
  }
  const events = [end];
  for (let rule = lastRule - 1; rule >= 0; rule -= 1) {
    const lane = group.lane(String(rule));
    const until = events[0]?.at ?? end.at;
    let index = lane === undefined ? -1 : lane.firstAfter(until) - 1;
    let found = lane?.at(index);
    while (found !== undefined && events.includes(found)) {
      index -= 1;
      found = lane?.at(index);
    }
    if (found === undefined || found.at < end.at - correlation.timespanMs) {
      return undefined;
    }
    events.unshift(found);
  }
  return events;
}
