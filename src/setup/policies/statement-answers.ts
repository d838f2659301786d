import { conditionHolds, type Holds } from "./condition-holds.ts";
import type { Need } from "./needs.ts";
import type { ReadStatement } from "./read-statement.ts";
import { coversPattern, overlapsPattern } from "./wildcards.ts";

/** Whether a statement allows what is needed for certain, its conditions no stricter than ours. */
export function allowsNeed(statement: ReadStatement, need: Need): boolean {
  return (
    statement.Effect === "Allow" &&
    namesService(statement, need.service) &&
    (statement.Action ?? []).some((action) => coversPattern(action.toLowerCase(), need.action.toLowerCase())) &&
    (statement.Resource ?? []).some((resource) => coversPattern(resource, need.resource, "arn")) &&
    conditionsHold(statement, need) === "yes"
  );
}

/** Whether a statement forbids what is needed for certain, or a part of it. */
export function deniesNeed(statement: ReadStatement, need: Need): boolean {
  return (
    statement.Effect === "Deny" &&
    meansService(statement, need.service) &&
    meansAction(statement, need.action) &&
    meansResource(statement, need.resource) &&
    conditionsHold(statement, need) === "yes"
  );
}

/** Whether an Allow names the service, or everybody. */
export function namesService({ Principal: principal }: ReadStatement, service: string): boolean {
  if (principal === undefined) return false;
  if (principal === "*") return true;
  return (principal["Service"] ?? []).includes(service) || (principal["AWS"] ?? []).includes("*");
}

/** Each condition that does not hold for certain, with its operator and key. */
export function conditionsAgainst(
  { Condition: conditions = {} }: ReadStatement,
  need: Need,
): readonly (readonly [operator: string, key: string])[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([key, wanted]) => conditionHolds(operator, key, wanted, need) !== "yes")
      .map(([key]) => [operator, key] as const),
  );
}

function conditionsHold({ Condition: conditions = {} }: ReadStatement, need: Need): Holds {
  const each = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => conditionHolds(operator, key, wanted, need)),
  );
  return each.includes("no") ? "no" : each.includes("unknown") ? "unknown" : "yes";
}

function meansService(statement: ReadStatement, service: string): boolean {
  const { NotPrincipal: others } = statement;
  if (others === undefined) return namesService(statement, service);
  return others !== "*" && !(others["Service"] ?? []).includes(service) && !(others["AWS"] ?? []).includes("*");
}

function meansAction({ Action: actions, NotAction: others }: ReadStatement, wanted: string): boolean {
  const fits = (action: string) => overlapsPattern(action.toLowerCase(), wanted.toLowerCase());
  return actions === undefined ? others !== undefined && !others.some(fits) : actions.some(fits);
}

function meansResource({ Resource: resources, NotResource: others }: ReadStatement, wanted: string): boolean {
  // What CloudTrail writes ends like this: a Deny of other files does not touch it.
  const written = wanted.includes("/AWSLogs/") ? wanted.replace(/\*$/, "*.json.gz") : wanted;
  if (resources !== undefined) return resources.some((resource) => overlapsPattern(resource, written));
  return others !== undefined && !others.some((resource) => coversPattern(resource, written, "arn"));
}
