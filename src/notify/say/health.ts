import { howLong } from "../../base/how-long.ts";
import type { Notice } from "../notice.ts";
import { factsOf } from "./finding.ts";

/** How a source of log files stands, as far as people are told of it. */
export interface SourceHealth {
  readonly name: string;
  readonly place: string;
  readonly isFailing: boolean;
  readonly sentence: string;
  readonly help: string;
  readonly accountIds: readonly string[];
}

/** A source that is not well since a time. */
export function sayUnwell(health: SourceHealth, since: number, now: number): Notice {
  const { name, isFailing } = health;
  const what = isFailing ? `cannot be collected from for ${howLong(now - since)}` : "has fallen quiet";
  return {
    ...noticeOf(health, since, now),
    id: `health ${name} ${since} began`,
    state: "opened",
    severity: isFailing ? "high" : "medium",
    title: `The source ${name} ${what}`,
    text: health.sentence,
  };
}

/** The same source when it is well again, or nobody wants anything of it any more. */
export function sayWell(health: SourceHealth, since: number, now: number): Notice {
  return {
    ...noticeOf(health, since, now),
    id: `health ${health.name} ${since} ended`,
    state: "ended",
    severity: "medium",
    title: `The source ${health.name} is well again, after ${howLong(now - since)}`,
    text: health.sentence,
  };
}

function noticeOf({ name, place, help, accountIds }: SourceHealth, since: number, now: number) {
  return {
    kind: "health",
    thread: `health ${name} ${since}`,
    ...{ accountIds, rules: [] },
    facts: factsOf({ Source: name, Place: place, Since: new Date(since).toISOString(), "What to do": help }),
    path: `/collect/sources/${encodeURIComponent(name)}`,
    at: now,
  } as const;
}
