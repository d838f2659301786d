import { z } from "zod";
import type { Predicate } from "../../predicate/index.ts";
import type { RuleItemRow } from "../../state/index.ts";
import type { SigmaCorrelation, SigmaFilter, SigmaRule } from "../sigma/document.ts";
import { madeHead } from "./made-head.ts";
import type { Tuning } from "./rule-book.ts";

/** A tuning with what its query asks. */
export interface ReadTuning {
  readonly tuning: Tuning;
  readonly predicate: Predicate;
}

/** The kind of items that tunings are kept as. */
export const tuningKind = "tuning";

const shape = z.object({
  rules: z.array(z.string()),
  query: z.string(),
  reason: z.string(),
  until: z.number().nullable(),
});

/** What is kept of a tuning. */
export function tuningContent({ rules, query, reason, until }: Omit<Tuning, "changedAt">): z.infer<typeof shape> {
  return { rules: [...rules], query, reason, until: until ?? null };
}

/** A tuning as it was kept; nothing of a row that this program cannot read. */
export function tuningOf({ name, changedAt, content }: RuleItemRow): readonly Tuning[] {
  const read = shape.safeParse(content);
  return read.success ? [{ name, ...read.data, until: read.data.until ?? undefined, changedAt }] : [];
}

type Referable = SigmaRule | SigmaCorrelation;

/** The Sigma filter that leaves out what a tuning's query fits. */
export function tuningFilter({ tuning, predicate }: ReadTuning, targets: readonly Referable[]): SigmaFilter {
  const head = madeHead(`tuning:${tuning.name}`, tuning.name, tuning.reason);
  const rules = tuning.rules.length === 0 ? undefined : eventRules(tuning.rules, targets);
  return {
    ...head,
    kind: "filter",
    rules: rules?.map((rule) => ({ rule, place: head.place })),
    predicate: { kind: "not", of: predicate },
  };
}

/** The rules about single events that stand behind keys: a filter cannot tune a correlation, only what it counts. */
function eventRules(keys: readonly string[], targets: readonly Referable[]): readonly string[] {
  const byName = new Map<string, Referable>();
  for (const target of targets) {
    for (const name of [target.key, target.id, target.name]) {
      if (name !== undefined && !byName.has(name)) byName.set(name, target);
    }
  }
  const seen = new Set<string>();
  const waiting = [...keys];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const target = byName.get(key);
    if (target?.kind === "correlation") waiting.push(...target.rules.map(({ rule }) => rule));
  }
  return [...seen].filter((key) => byName.get(key)?.kind === "rule");
}
