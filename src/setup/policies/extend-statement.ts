import { takesValues } from "./condition-holds.ts";
import type { Need } from "./needs.ts";
import { type FoundStatement, statementsOf } from "./read-statement.ts";
import { allowsNeed, conditionsAgainst, namesService } from "./statement-answers.ts";

/**
 * A statement that allows what is needed too, made by putting values into its lists; nothing when that does not do, as
 * where somebody put a condition of another kind on it.
 */
export function extendStatement(found: FoundStatement, lacking: readonly Need[]): FoundStatement | undefined {
  if (found.read === undefined || found.read.Effect !== "Allow") return undefined;
  let extended: FoundStatement | undefined = found;
  for (const need of lacking) extended = extended === undefined ? undefined : withNeed(extended, need);
  const read = extended?.read;
  return read !== undefined && lacking.every((need) => allowsNeed(read, need)) ? extended : undefined;
}

function withNeed({ written, read }: FoundStatement, need: Need): FoundStatement | undefined {
  if (read === undefined || !namesService(read, need.service)) return undefined;
  if (read.Action === undefined || read.Resource === undefined) return undefined;
  let next: Record<string, unknown> = { ...asObject(written) };
  const against = conditionsAgainst(read, need);
  for (const [operator, key] of against) {
    const value = need.context.get(key.toLowerCase());
    if (value === undefined || !takesValues(operator)) return undefined;
    next = { ...next, Condition: withValue(next["Condition"], operator, key, value) };
  }
  const allows = (one: Record<string, unknown>) => {
    const [found] = statementsOf({ Statement: [one] });
    return found?.read !== undefined && allowsNeed(found.read, need) ? found : undefined;
  };
  const withAction = { ...next, Action: added(next["Action"], need.action) };
  const withResource = { ...next, Resource: added(next["Resource"], need.resource) };
  const withBoth = { ...withAction, Resource: withResource.Resource };
  return allows(next) ?? allows(withResource) ?? allows(withAction) ?? allows(withBoth);
}

function withValue(condition: unknown, operator: string, key: string, value: string): object {
  const keys = memberOf(condition, operator);
  return { ...asObject(condition), [operator]: { ...asObject(keys), [key]: added(memberOf(keys, key), value) } };
}

/** The list with one more, at its end: what stood there keeps its place. */
function added(values: unknown, value: string): unknown {
  const list: readonly unknown[] = Array.isArray(values) ? values : values === undefined ? [] : [values];
  if (list.includes(value)) return values;
  return list.length === 0 ? value : [...list, value];
}

function memberOf(value: unknown, name: string): unknown {
  return asObject(value)[name];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
