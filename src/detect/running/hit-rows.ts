import type { HitRow } from "../../state/index.ts";
import type { RuleTerms } from "../book/rule-book.ts";
import type { Told } from "../correlate/matched-event.ts";
import type { SigmaCorrelation } from "../sigma/document.ts";
import type { JudgedEvent } from "./arrival-judge.ts";
import type { HitFacts } from "./detection.ts";
import { boundText, type EventFacts, markOf } from "./event-facts.ts";

/** A rule matched an event. */
export function rowOfRule(rule: string, terms: RuleTerms, facts: EventFacts): HitRow {
  return rowOf({ rule, terms, facts, event: facts.key, group: actorGroup(facts), dedupMs: terms.dedupMs, rest: {} });
}

/** A threat list matched an event. */
export function rowOfJudged(judged: JudgedEvent, facts: EventFacts): HitRow {
  const { rule, title, level, outcome, tags, dedupMs, indicator } = judged;
  const terms = { title, level, outcome, tags, isStaged: false };
  const rest = { of: "threat-list", indicator: boundText(indicator) } as const;
  return rowOf({ rule, terms, facts, event: facts.key, group: actorGroup(facts), dedupMs, rest });
}

/**
 * The events behind a correlation's hit, as a row each: what is told of one story is the same in the end, in whatever order
 * its events came, and each further event of a story is one more row.
 */
export function rowsOfTold(told: Told, correlation: SigmaCorrelation, terms: RuleTerms): readonly HitRow[] {
  const group =
    told.group.length === 1 ? (told.group[0] ?? "") : told.group.length === 0 ? "" : JSON.stringify(told.group);
  // An event may belong to several groups.
  const mark = group === "" ? "" : `#${markOf(group)}`;
  const groupBy = told.group.map((value, index) => ({
    field: correlation.groupBy[index] ?? "",
    value: boundText(value),
  }));
  const rest = { value: told.value, groupBy };
  return told.events.map(({ note }) => {
    const facts = note as EventFacts;
    return rowOf({
      rule: told.correlation,
      terms,
      facts,
      event: `${facts.key}${mark}`,
      group: boundText(group),
      // All events of a window are one story, and those of the next one that overlaps it.
      dedupMs: Math.max(terms.dedupMs, correlation.timespanMs),
      rest,
    });
  });
}

function actorGroup({ accountId, actor }: EventFacts): string {
  return `${accountId}/${actor}`;
}

interface RowParts {
  readonly rule: string;
  readonly terms: Pick<RuleTerms, "title" | "level" | "outcome" | "isStaged" | "tags"> & Partial<Pick<RuleTerms, "of">>;
  readonly facts: EventFacts;
  readonly event: string;
  readonly group: string;
  readonly dedupMs: number;
  readonly rest: Partial<HitFacts>;
}

function rowOf({ rule, terms, facts, event, group, dedupMs, rest }: RowParts): HitRow {
  const { eventName, eventSource, errorCode, actorName, principalArn, accessKey, sourceIp, userAgent, resources } =
    facts;
  const content: HitFacts = {
    title: terms.title,
    of: terms.of ?? "rule",
    tags: terms.tags,
    ...{ eventName, eventSource, errorCode, actorName, principalArn, accessKey, sourceIp, userAgent, resources },
    value: undefined,
    groupBy: [],
    indicator: undefined,
    ...rest,
  };
  return {
    rule,
    event,
    from: facts.at,
    to: facts.at,
    events: [facts.key],
    accountId: facts.accountId,
    region: facts.region,
    group,
    dedupMs,
    level: terms.level,
    outcome: terms.outcome,
    isStaged: terms.isStaged,
    actor: facts.actor,
    content,
  };
}
