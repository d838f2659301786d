import { compileSql, neededValues, type Predicate, PredicateError } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";

/** What events fulfil that some conditions may hold for, as the engine finds it quickly. */
export interface Candidates {
  /** That some of the conditions may hold for. */
  readonly any: Predicate;
  /** That one of those may hold for which do not name their events; a part of the others. */
  readonly unnamed: Predicate;
}

/**
 * Finds the events that some of these conditions may hold for by their names where conditions name them, else by what
 * columns tell. To look closely at a few more costs less than to have the engine ask all.
 */
export function candidatesOf(predicates: readonly Predicate[]): Candidates {
  const names = new Set<string>();
  const others: Predicate[] = [];
  for (const predicate of predicates) {
    const needed = neededValues(predicate, "eventName");
    if (needed === undefined) others.push(byColumns(predicate));
    else for (const name of needed) names.add(name);
  }
  const byName: Predicate = {
    kind: "field",
    path: ["eventName"],
    test: { op: "equals", values: [...names], cased: false },
  };
  const any: Predicate = { kind: "or", of: names.size === 0 ? others : [byName, ...others] };
  return isAskable(any) ? { any, unnamed: { kind: "or", of: others } } : { any: all, unnamed: all };
}

const all: Predicate = { kind: "all" };

/** Whether it is not more than fits into a statement. */
function isAskable(predicate: Predicate): boolean {
  try {
    // It stands there twice.
    compileSql({ kind: "or", of: [predicate, predicate] }, eventTable);
    return true;
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    return false;
  }
}

/** A condition that holds wherever this one does, asked of columns alone; itself where columns say nothing of it. */
function byColumns(predicate: Predicate): Predicate {
  const loose = loosened(predicate, true);
  return loose.kind === "all" ? predicate : loose;
}

/** Where it is affirmed, what a column does not tell is taken to hold; where it is denied, not to. */
function loosened(predicate: Predicate, isAffirmed: boolean): Predicate {
  const unknown: Predicate = { kind: isAffirmed ? "all" : "none" };
  const isColumn = (path: readonly string[]) => eventTable.columnFor(path) !== undefined;
  switch (predicate.kind) {
    case "all":
    case "none":
      return predicate;
    case "and":
      return joined(predicate, isAffirmed, { idle: "all", deciding: "none" });
    case "or":
      return joined(predicate, isAffirmed, { idle: "none", deciding: "all" });
    case "not": {
      const of = loosened(predicate.of, !isAffirmed);
      if (of.kind === "all") return { kind: "none" };
      return of.kind === "none" ? { kind: "all" } : { kind: "not", of };
    }
    case "text":
    case "words":
      return unknown;
    case "field":
      // Whether a field is there at all, a column that is empty does not tell.
      return isColumn(predicate.path) && !/^(?:exists|null)$/.test(predicate.test.op) ? predicate : unknown;
    case "fields":
      return isColumn(predicate.path) && isColumn(predicate.other) ? predicate : unknown;
  }
}

function joined(
  { kind, of }: Extract<Predicate, { readonly kind: "and" | "or" }>,
  isAffirmed: boolean,
  { idle, deciding }: { readonly idle: "all" | "none"; readonly deciding: "all" | "none" },
): Predicate {
  const parts = of.map((part) => loosened(part, isAffirmed)).filter((part) => part.kind !== idle);
  if (parts.some((part) => part.kind === deciding)) return { kind: deciding };
  // Of what must all be true a part is enough to find few.
  const quick = kind === "and" && isAffirmed ? parts.filter(isQuick) : [];
  const kept = quick.length > 0 ? quick : parts;
  const [only] = kept;
  if (only === undefined) return { kind: idle };
  return kept.length === 1 ? only : { kind, of: kept };
}

/** The engine asks it once for each different value, not for each event. */
function isQuick(predicate: Predicate): boolean {
  if (predicate.kind === "and" || predicate.kind === "or") return predicate.of.every(isQuick);
  return predicate.kind === "field" && quickTests.has(predicate.test.op);
}

const quickTests: ReadonlySet<string> = new Set(["equals", "like"]);
