import type { Predicate } from "../../predicate/index.ts";
import { fieldPathOf } from "../../search/language/index.ts";
import { DetectError } from "../errors.ts";
import { levels } from "../sigma/document.ts";
import type { SearchCorrelation, Tuning } from "./rule-book.ts";
import { outcomes } from "./rule-settings.ts";

const queryLengthMax = 10_000;
const textLengthMax = 2_000;
const rulesMax = 1_000;
const fieldsMax = 5;
const countMax = 100_000;
const withinMsMin = 1_000;
const withinMsMax = 30 * 86_400_000;

/** Names that people give to tunings and searches. Throws `rule-name-invalid`. */
export function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) return;
  throw new DetectError("The name is small letters, digits and dashes, at most 63", {
    code: "rule-name-invalid",
    fault: "user",
    help: "Write it like break-glass-drill",
  });
}

/** Throws `rule-tuning-invalid` for one that would silence more than it says. */
export function checkTuning({ name, query, reason, rules, until }: Omit<Tuning, "changedAt">, now: number): void {
  checkName(name);
  if (query.length > queryLengthMax || reason.length > textLengthMax || rules.length > rulesMax) {
    throw badTuning("The tuning is too long", "Divide it into several");
  }
  if (reason.trim() === "")
    throw badTuning("A tuning says why it is there", "Give a reason, for who reads it next year");
  if (until !== undefined && !(until > now)) throw badTuning("It would have ended already", "Name a time to come");
}

/** Throws `rule-tuning-invalid` for a query that fits every event. */
export function checkTuningQuery(predicate: Predicate): void {
  if (predicate.kind !== "all") return;
  throw badTuning(
    "This query fits every event",
    "Turn the rules off instead, or say which events they are to leave out",
  );
}

/** A search with its fields as paths of the record. Throws `rule-search-invalid`. */
export function checkedSearch<Search extends Omit<SearchCorrelation, "changedAt">>(search: Search): Search {
  const { name, query, groupBy, count, withinMs, level, outcome } = search;
  checkName(name);
  if (query.length > queryLengthMax) throw badSearch("The query is too long", "Write a Sigma rule instead");
  if (!Number.isInteger(count) || count < 1 || count > countMax) {
    throw badSearch(`count is a whole number from 1 to ${countMax}`, "1 tells of each event");
  }
  if (!(withinMs >= withinMsMin && withinMs <= withinMsMax)) {
    throw badSearch("The time is a second to thirty days", "Write it as 10m, 1h or 7d");
  }
  if (groupBy.length > fieldsMax) throw badSearch(`Events share at most ${fieldsMax} fields`, "Name fewer");
  if (!levels.includes(level)) throw badSearch("This severity is not known", `Use one of ${levels.join(", ")}`);
  if (!outcomes.includes(outcome)) throw badSearch("This outcome is not known", `Use one of ${outcomes.join(", ")}`);
  return { ...search, groupBy: groupBy.map(recordPath) };
}

function recordPath(field: string): string {
  const path = fieldPathOf(field);
  if (path !== undefined) return path.join(".");
  throw badSearch(
    `There is no field ${field.slice(0, 100)}`,
    "Use CloudTrail's own names, such as userIdentity.arn or sourceIPAddress",
  );
}

/** Throws `rule-search-invalid` for a single event of any kind. */
export function checkSearchQuery(predicate: Predicate, count: number): void {
  if (predicate.kind !== "all" || count > 1) return;
  throw badSearch("This query fits every event", "Say which events it is about, or how many of them are too many");
}

function badTuning(message: string, help: string): DetectError {
  return new DetectError(message, { code: "rule-tuning-invalid", fault: "user", help });
}

function badSearch(message: string, help: string): DetectError {
  return new DetectError(message, { code: "rule-search-invalid", fault: "user", help });
}
