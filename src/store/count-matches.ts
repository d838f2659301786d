import { compileSql, neededValues, type Predicate, PredicateError } from "../predicate/index.ts";
import { candidatesOf } from "./candidates.ts";
import { eventTable } from "./columns.ts";
import type { Engine } from "./engine/engine.ts";
import { whereOf } from "./filter.ts";
import { parseRows } from "./rows.ts";
import { eventsTable, largeBlocks } from "./schema.ts";

export interface MatchesRequest {
  readonly predicates: readonly Predicate[];
  /** Milliseconds since the epoch; `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** How many events fulfil a condition, and when the first and the last of them happened. */
export interface MatchCount {
  readonly count: number;
  /** Milliseconds since the epoch; 0 where there is none. */
  readonly first: number;
  readonly last: number;
}

/** Conditions in one statement: the engine reads each column once for all of them. */
const atOnce = { conditions: 40, characters: 120_000 };

/**
 * Counts the events of many conditions, in their order; nothing for one that is too long for the engine. They are looked
 * for among the events alone that they may be about, as far as names or columns tell that.
 */
export async function countMatches(
  engine: Engine,
  { predicates, from, to }: MatchesRequest,
  signal?: AbortSignal,
): Promise<(MatchCount | undefined)[]> {
  const asked = predicates.flatMap((predicate, index) => {
    const sql = sqlOf(predicate);
    return sql === undefined
      ? []
      : [{ index, sql, predicate, isNamed: neededValues(predicate, "eventName") !== undefined }];
  });
  const counts = new Map<number, MatchCount>();
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  for (const named of [true, false]) {
    for (const some of portions(asked.filter(({ isNamed }) => isNamed === named))) {
      const { any } = candidatesOf(some.map(({ predicate }) => predicate));
      const where = whereOf({ predicate: any, ...range });
      const found = await countSome(
        engine,
        some.map(({ sql }) => sql),
        where,
        signal,
      );
      for (const [place, { index }] of some.entries()) counts.set(index, found[place] ?? none);
    }
  }
  return predicates.map((_, index) => counts.get(index));
}

function sqlOf(predicate: Predicate): string | undefined {
  try {
    return compileSql(predicate, eventTable);
  } catch (error) {
    if (error instanceof PredicateError) return undefined;
    throw error;
  }
}

const none: MatchCount = { count: 0, first: 0, last: 0 };

function* portions<Asked extends { readonly sql: string }>(all: readonly Asked[]): Generator<Asked[]> {
  let [some, characters]: [Asked[], number] = [[], 0];
  for (const one of all) {
    if (some.length > 0 && (some.length >= atOnce.conditions || characters + one.sql.length > atOnce.characters)) {
      yield some;
      [some, characters] = [[], 0];
    }
    some.push(one);
    characters += one.sql.length;
  }
  if (some.length > 0) yield some;
}

async function countSome(
  engine: Engine,
  conditions: readonly string[],
  where: string,
  signal: AbortSignal | undefined,
): Promise<MatchCount[]> {
  const matches = conditions.map((sql, index) => `(${sql}) AS m${index}`).join(",\n");
  const counts = conditions.map(
    (_, index) =>
      `countIf(m${index}), toUnixTimestamp64Milli(minIf(event_time, m${index})), toUnixTimestamp64Milli(maxIf(event_time, m${index}))`,
  );
  const sql = `SELECT ${counts.join(",\n")} FROM (SELECT event_time,
${matches}
FROM ${eventsTable} WHERE ${where}) ${largeBlocks}`;
  const [row = []] = parseRows<(string | number)[]>(await engine.query(sql, { format: "JSONCompactEachRow", signal }));
  return conditions.map((_, index) => {
    const [count = 0, first = 0, last = 0] = row.slice(3 * index, 3 * index + 3).map(Number);
    return count === 0 ? none : { count, first, last };
  });
}
