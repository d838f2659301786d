import type { FindingDetails, HitFacts } from "../../detect/index.ts";
import type { FindingRow } from "../../state/index.ts";
import type { FindingAnswer, FindingDetailsAnswer } from "./findings.ts";
import { levelSchema } from "./incident-schemas.ts";
import { isoOf } from "./instants.ts";

/** A finding as lists have it. */
export function printFoundHead(finding: FindingRow, incident: string | undefined): FindingAnswer {
  const { id, rule, outcome, isStaged, accountId, region, actor, from, to, hits, createdAt, changedAt } = finding;
  // Written by detecting itself.
  const facts = finding.content as HitFacts;
  return {
    ...{ id, rule, title: facts.title, level: levelOf(finding.level), outcome, isStaged, accountId, region, actor },
    ...{ actorName: facts.actorName, sourceIp: facts.sourceIp, eventName: facts.eventName, tags: facts.tags, hits },
    from: isoOf(from),
    to: isoOf(to),
    createdAt: isoOf(createdAt),
    changedAt: isoOf(changedAt),
    incident: incident ?? null,
  };
}

export function printFoundFinding(
  { finding, facts, events }: FindingDetails,
  incident: string | undefined,
): FindingDetailsAnswer {
  const { of, eventSource, errorCode, principalArn, accessKey, userAgent, resources, groupBy } = facts;
  return {
    ...printFoundHead(finding, incident),
    facts: {
      ...{ of, eventSource, errorCode, principalArn, accessKey, userAgent, resources, groupBy },
      value: facts.value ?? null,
      indicator: facts.indicator ?? null,
    },
    events,
  };
}

function levelOf(word: string): FindingAnswer["level"] {
  return levelSchema.options.find((level) => level === word) ?? "medium";
}
