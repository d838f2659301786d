import { z } from "zod";
import type { Predicate } from "../../predicate/index.ts";
import { checkPredicate, PredicateError } from "../../predicate/index.ts";
import type { RuleItemRow } from "../../state/index.ts";
import { levels, type SigmaCorrelation, type SigmaRule } from "../sigma/document.ts";
import type { Refusal } from "../sigma/reading.ts";
import { madeHead } from "./made-head.ts";
import type { SearchCorrelation } from "./rule-book.ts";
import { outcomes } from "./rule-settings.ts";

/** A saved search as the rules that it stands for. */
export interface SearchDocuments {
  readonly key: string;
  readonly name: string;
  readonly query: string;
  /** The one with `key` is what fires; none where the query cannot be read any more. */
  readonly documents: readonly (SigmaRule | SigmaCorrelation)[];
  readonly refusal: Refusal | undefined;
}

/** The kind of items that searches are kept as. */
export const searchKind = "search";

const shape = z.object({
  query: z.string(),
  groupBy: z.array(z.string()),
  count: z.number().int().positive(),
  withinMs: z.number().positive(),
  level: z.enum(levels),
  outcome: z.enum(outcomes),
});

/** What is kept of a search. */
export function searchContent(search: Omit<SearchCorrelation, "changedAt">): z.infer<typeof shape> {
  const { query, groupBy, count, withinMs, level, outcome } = search;
  return { query, groupBy: [...groupBy], count, withinMs, level, outcome };
}

/** A search as it was kept; nothing of a row that this program cannot read. */
export function searchOf({ name, changedAt, content }: RuleItemRow): readonly SearchCorrelation[] {
  const read = shape.safeParse(content);
  return read.success ? [{ name, ...read.data, changedAt }] : [];
}

/** The key that findings and settings of a saved search are kept under. */
export function searchKey(name: string): string {
  return `search:${name}`;
}

/** The rules of a saved search: its events, and how many of them there must be; a single event is a rule of its own. */
export function searchDocuments(search: SearchCorrelation, readQuery: (query: string) => Predicate): SearchDocuments {
  const { name, query, count, groupBy, withinMs } = search;
  const key = searchKey(name);
  const head = { ...madeHead(key, name, query), level: search.level };
  const facts = { key, name, query };
  let predicate: Predicate;
  try {
    predicate = readQuery(query);
    checkPredicate(predicate);
  } catch (error) {
    const reason = error instanceof PredicateError || error instanceof Error ? error.message : String(error);
    return { ...facts, documents: [], refusal: { ...head.place, reason, title: name, kind: "invalid" } };
  }
  const events: SigmaRule = { ...head, key: count === 1 ? key : `${key}:events`, kind: "rule", predicate };
  const story: SigmaCorrelation = {
    ...head,
    kind: "correlation",
    type: "event_count",
    rules: [{ rule: events.key, place: head.place }],
    groupBy,
    aliases: [],
    timespanMs: withinMs,
    condition: { limits: [{ by: "gte", number: count }], fields: [], percentile: undefined },
    generates: false,
  };
  return { ...facts, documents: count === 1 ? [events] : [events, story], refusal: undefined };
}
