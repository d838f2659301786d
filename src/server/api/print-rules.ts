import type { PackageOutcome, Refusal, RuleDetails, RuleView, SearchCorrelation, Tuning } from "../../detect/index.ts";
import type { RulePackageRow } from "../../state/index.ts";
import { isoOf } from "./instants.ts";
import type {
  PackageAnswer,
  PackageOutcomeAnswer,
  RuleAnswer,
  RuleDetailsAnswer,
  SavedSearchAnswer,
  TuningAnswer,
} from "./rule-schemas.ts";

/** Rules as the API tells them. */
export function printRule(view: RuleView): RuleAnswer {
  const { key, title, origin, path, kind, level, status, outcome, tags, tactics, techniques, canFire } = view;
  const { hits, findings, lastAt, note } = view;
  return {
    ...{ key, title, origin, path, kind, level, status, outcome, tags, tactics, techniques },
    ...{ canFire: { ...canFire }, hits, findings, lastAt: isoOf(lastAt), note },
  };
}

export function printRuleDetails(details: RuleDetails): RuleDetailsAnswer {
  const { head, text, tunings, staged, refusal, dedupMs } = details;
  return {
    ...printRule(details),
    dedupMs,
    head: head === undefined ? null : printHead(head),
    text,
    tunings: tunings.map(printTuning),
    staged:
      staged === undefined
        ? null
        : { since: isoOf(staged.since), until: isoOf(staged.until), findingsMax: staged.findingsMax },
    refusal: refusal === undefined ? null : printRefusal(refusal),
    package: details.package === undefined ? null : printPackage(details.package),
  };
}

function printHead(head: NonNullable<RuleDetails["head"]>): RuleDetailsAnswer["head"] {
  const { id, name, status, level, description, author, license, date, modified, references, fields, own } = head;
  return {
    id: id ?? null,
    name: name ?? null,
    status: status ?? null,
    level: level ?? null,
    ...{ description, author, license, date, modified, references, fields, falsePositives: head.falsePositives },
    own: { runbook: own.runbook, falsePositives: own.falsePositives },
  };
}

export function printRefusal({ path, line, column, reason, title }: Refusal): PackageOutcomeAnswer["refused"][number] {
  return { path, line, column, reason, title: title ?? null };
}

export function printPackage({ name, origin, license, author, version, importedAt }: RulePackageRow): PackageAnswer {
  return { name, origin, license, author, version, importedAt: isoOf(importedAt) };
}

export function printOutcome({ added, changed, same, gone, refused, others }: PackageOutcome): PackageOutcomeAnswer {
  return { added, changed, same, gone, refused: refused.map(printRefusal), others };
}

export function printTuning({ name, rules, query, reason, until, changedAt }: Tuning): TuningAnswer {
  return { name, rules, query, reason, until: isoOf(until), changedAt: isoOf(changedAt) };
}

export function printSearch(search: SearchCorrelation): SavedSearchAnswer {
  const { name, query, groupBy, count, withinMs, level, outcome, changedAt } = search;
  return { name, query, groupBy, count, withinMs, level, outcome, changedAt: isoOf(changedAt) };
}
