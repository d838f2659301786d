import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { badRequest } from "./guardduty-store.ts";

/** Conditions on a finding's members, by their names in events; all have to hold. */
export type FindingCriteria = Readonly<Record<string, Condition>>;

/** A condition as it is kept: the older names of comparisons turned into the newer. */
export interface Condition {
  readonly equals?: readonly string[];
  readonly notEquals?: readonly string[];
  readonly greaterThan?: number;
  readonly greaterThanOrEqual?: number;
  readonly lessThan?: number;
  readonly lessThanOrEqual?: number;
}

interface WireCondition {
  readonly Eq?: readonly string[] | undefined;
  readonly Equals?: readonly string[] | undefined;
  readonly Neq?: readonly string[] | undefined;
  readonly NotEquals?: readonly string[] | undefined;
  readonly Gt?: number | undefined;
  readonly GreaterThan?: number | undefined;
  readonly Gte?: number | undefined;
  readonly GreaterThanOrEqual?: number | undefined;
  readonly Lt?: number | undefined;
  readonly LessThan?: number | undefined;
  readonly Lte?: number | undefined;
  readonly LessThanOrEqual?: number | undefined;
  readonly Matches?: readonly string[] | undefined;
  readonly NotMatches?: readonly string[] | undefined;
}

/** GuardDuty API Reference, CreateFilter: at most so many conditions, and values of each. */
const conditionsMax = 50;
const valuesMax = 50;

/** Reads `FindingCriteria`: GuardDuty API Reference, CreateFilter and ListFindings. */
export function readCriteria(
  given: { readonly Criterion?: Readonly<Record<string, WireCondition>> | undefined } | undefined,
): FindingCriteria {
  const entries = Object.entries(given?.Criterion ?? {});
  if (entries.length > conditionsMax)
    throw badRequest(`The request is rejected because finding criteria has more than ${conditionsMax} attributes.`);
  return Object.fromEntries(entries.map(([name, condition]) => [name, readCondition(name, condition)]));
}

function readCondition(name: string, given: WireCondition): Condition {
  if (!/^[A-Za-z0-9]+(?:\.[A-Za-z0-9]+){0,7}$/u.test(name))
    throw badRequest(`The request is rejected because the attribute ${name.slice(0, 100)} is not one of a finding.`);
  if (given.Matches !== undefined || given.NotMatches !== undefined)
    throw badRequest("Matches and NotMatches are not part of this endpoint.");
  const equals = given.Equals ?? given.Eq;
  const notEquals = given.NotEquals ?? given.Neq;
  if ((equals?.length ?? 0) > valuesMax || (notEquals?.length ?? 0) > valuesMax)
    throw badRequest(`The request is rejected because an attribute has more than ${valuesMax} values.`);
  const numbers = {
    greaterThan: given.GreaterThan ?? given.Gt,
    greaterThanOrEqual: given.GreaterThanOrEqual ?? given.Gte,
    lessThan: given.LessThan ?? given.Lt,
    lessThanOrEqual: given.LessThanOrEqual ?? given.Lte,
  };
  return {
    ...(equals === undefined ? {} : { equals }),
    ...(notEquals === undefined ? {} : { notEquals }),
    ...Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== undefined)),
  };
}

/** As GetFilter tells it. */
export function tellCriteria(criteria: FindingCriteria) {
  const entries = Object.entries(criteria).map(([name, condition]) => [
    name,
    {
      ...(condition.equals === undefined ? {} : { Eq: [...condition.equals], Equals: [...condition.equals] }),
      ...(condition.notEquals === undefined
        ? {}
        : { Neq: [...condition.notEquals], NotEquals: [...condition.notEquals] }),
      ...(condition.greaterThan === undefined ? {} : { Gt: condition.greaterThan, GreaterThan: condition.greaterThan }),
      ...(condition.greaterThanOrEqual === undefined
        ? {}
        : { Gte: condition.greaterThanOrEqual, GreaterThanOrEqual: condition.greaterThanOrEqual }),
      ...(condition.lessThan === undefined ? {} : { Lt: condition.lessThan, LessThan: condition.lessThan }),
      ...(condition.lessThanOrEqual === undefined
        ? {}
        : { Lte: condition.lessThanOrEqual, LessThanOrEqual: condition.lessThanOrEqual }),
    },
  ]);
  return { Criterion: Object.fromEntries(entries) as Record<string, WireConditionTold> };
}

type WireConditionTold = {
  Eq?: string[];
  Equals?: string[];
  Neq?: string[];
  NotEquals?: string[];
  Gt?: number;
  Gte?: number;
  Lt?: number;
  Lte?: number;
};

/** Whether a finding is one that the criteria mean. Instants count as milliseconds. */
export function meets(finding: JsonObject, criteria: FindingCriteria): boolean {
  return Object.entries(criteria).every(([name, condition]) => {
    const values = valuesAt(finding, name.split("."));
    const texts = values.map(String);
    const { equals, notEquals } = condition;
    if (equals !== undefined && !texts.some((text) => equals.some((each) => isSame(text, each)))) return false;
    if (notEquals !== undefined && texts.some((text) => notEquals.some((each) => isSame(text, each)))) return false;
    return compares(values, condition);
  });
}

function compares(
  values: readonly JsonValue[],
  { greaterThan, greaterThanOrEqual, lessThan, lessThanOrEqual }: Condition,
): boolean {
  const tests = [
    greaterThan === undefined ? undefined : (value: number) => value > greaterThan,
    greaterThanOrEqual === undefined ? undefined : (value: number) => value >= greaterThanOrEqual,
    lessThan === undefined ? undefined : (value: number) => value < lessThan,
    lessThanOrEqual === undefined ? undefined : (value: number) => value <= lessThanOrEqual,
  ].filter((test) => test !== undefined);
  if (tests.length === 0) return true;
  return values.map(numberOf).some((value) => tests.every((test) => test(value)));
}

/** A number, or an instant in milliseconds. */
export function numberOf(value: JsonValue): number {
  if (typeof value === "number") return value;
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

/** What stands at a path; of lists, what stands in each of them. */
export function valuesAt(value: JsonValue, path: readonly string[]): readonly JsonValue[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt((value as JsonObject)[name] ?? null, rest);
}

/** `4` and `4.0` are one severity. */
function isSame(text: string, wanted: string): boolean {
  return text === wanted || (wanted !== "" && !Number.isNaN(Number(wanted)) && Number(text) === Number(wanted));
}
