import { parseArn } from "../arn.ts";
import { refusal } from "../refusal.ts";

/** API Reference, PutResourcePolicy. */
const policyCharactersMax = 8192;
/** User Guide, "CloudTrail resource-based policy examples", of channels. */
const statementsMax = 20;
const principalsMax = 50;

/** What a store's policy may allow (the same page). Only the last is done here; the others allow nothing that is there. */
const storeActions: ReadonlySet<string> = new Set([
  "cloudtrail:StartQuery",
  "cloudtrail:CancelQuery",
  "cloudtrail:ListQueries",
  "cloudtrail:DescribeQuery",
  "cloudtrail:GetQueryResults",
  "cloudtrail:GenerateQuery",
  "cloudtrail:GenerateQueryResultsSummary",
  "cloudtrail:GetEventDataStore",
]);
const channelActions: ReadonlySet<string> = new Set(["cloudtrail-data:PutAuditEvents"]);

/** Refuses a policy that cannot be one of this channel or store; what it allows is looked at when somebody calls. */
export function checkResourcePolicy(policy: string, arn: string): void {
  if (policy.length > policyCharactersMax) throw badPolicy(`A policy has at most ${policyCharactersMax} characters`);
  const read = parse(policy);
  const given = isObject(read) ? read["Statement"] : undefined;
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (statements.length === 0 || statements.length > statementsMax) {
    throw badPolicy(`A policy has 1 to ${statementsMax} statements`);
  }
  const isChannel = parseArn(arn)?.kind === "channel";
  for (const statement of statements) {
    if (!isObject(statement)) throw badPolicy("A statement is an object");
    if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") throw badPolicy("Effect is Allow or Deny");
    const principals = principalsOf(statement["Principal"]);
    if (principals < 1 || principals > principalsMax)
      throw badPolicy(`A statement has 1 to ${principalsMax} principals`);
    const actions = textsOf(statement["Action"]);
    const allowed = isChannel ? channelActions : storeActions;
    if (actions.length === 0 || !actions.every((action) => allowed.has(action))) {
      throw badPolicy(`An action of such a policy is one of ${[...allowed].join(", ")}`);
    }
    const resources = textsOf(statement["Resource"]);
    // The guide says it of channels; its policies of stores name other things too.
    if (resources.length === 0 || (isChannel && resources.some((resource) => resource !== arn))) {
      throw badPolicy("The resource is the ARN that the policy is attached to");
    }
  }
}

function principalsOf(principal: unknown): number {
  if (principal === "*") return 1;
  if (!isObject(principal)) return 0;
  return Object.values(principal).reduce((sum: number, names) => sum + textsOf(names).length, 0);
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((entry) => typeof entry === "string" && entry !== "") ? (list as readonly string[]) : [];
}

function parse(policy: string): unknown {
  try {
    return JSON.parse(policy) as unknown;
  } catch {
    throw badPolicy("The policy is not JSON");
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function badPolicy(message: string) {
  return refusal("ResourcePolicyNotValidException", message);
}
