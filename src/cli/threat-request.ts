import type { ThreatListAnswer } from "../server/index.ts";
import { type Arguments, type Command, spokenName } from "./command.ts";
import { plural, printAgo } from "./print/figures.ts";
import { safeText } from "./print/safe-text.ts";
import { invalid } from "./rule-request.ts";

/** The one list that a command is about. */
export function listNameOf(command: Command, { positionals }: Arguments): string {
  const [name, ...others] = positionals;
  if (name !== undefined && others.length === 0) return name;
  throw invalid(
    name === undefined ? "Say which threat list" : "Name one threat list at a time",
    `Write trailwarden ${spokenName(command)} NAME; trailwarden threats list names them`,
  );
}

/** A list in the words of a table's row. */
export function listRow(list: ThreatListAnswer, now: number): readonly string[] {
  const { name, kind, entries, level, outcome, url, fetchedAt, problem } = list;
  const from = url === "" ? "handed in" : fetchedAt === null ? "never fetched" : printAgo(fetchedAt, now);
  return [name, `${entries} ${kind}`, level, outcome, from, problem ?? url];
}

/** What became of a list, for whoever put it or had it fetched. */
export function sayList({ name, kind, entries, refused, refusedCount, problem }: ThreatListAnswer): readonly string[] {
  return [
    `${safeText(name)} has ${plural(entries, "entry", "entries")} (${kind})`,
    ...(refusedCount === 0 ? [] : [`${plural(refusedCount, "line")} cannot be used, the first of them:`]),
    ...refused.slice(0, 5).map(({ line, reason }) => `  line ${line}: ${safeText(reason)}`),
    ...(problem === null ? [] : [`Not fetched: ${safeText(problem)}`]),
  ];
}
