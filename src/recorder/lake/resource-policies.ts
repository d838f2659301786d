import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { parseArn } from "../arn.ts";
import { type By } from "../by.ts";
import { text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type LakeParts, channelsOf, policiesOf, storesOf } from "./lake-things.ts";

/** API Reference, PutResourcePolicy. */
const policyCharactersMax = 8192;

export async function putResourcePolicy(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "PutResourcePolicy">,
  by: By,
): Promise<OutputOf<"cloudtrail", "PutResourcePolicy">> {
  const policy = text(input.ResourcePolicy, "ResourcePolicy", "ResourcePolicyNotValidException");
  checkPolicy(policy);
  const arn = findPolicyOwner(parts, input.ResourceArn, by);
  policiesOf(parts.state).put(arn, policy);
  return { ResourceArn: arn, ResourcePolicy: policy };
}

export async function getResourcePolicy(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "GetResourcePolicy">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetResourcePolicy">> {
  const arn = findPolicyOwner(parts, input.ResourceArn, by);
  const policy = policiesOf(parts.state).get(arn);
  if (policy === undefined) throw refusal("ResourcePolicyNotFoundException", `${arn} has no resource policy`);
  return { ResourceArn: arn, ResourcePolicy: policy };
}

export async function deleteResourcePolicy(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "DeleteResourcePolicy">,
  by: By,
): Promise<object> {
  const arn = findPolicyOwner(parts, input.ResourceArn, by);
  if (!policiesOf(parts.state).delete(arn)) {
    throw refusal("ResourcePolicyNotFoundException", `${arn} has no resource policy`);
  }
  return {};
}

/** The ARN of a channel or a store of the caller's; dashboards are not here, trails have no policies. */
function findPolicyOwner(parts: LakeParts, given: unknown, by: By): string {
  const arn = text(given, "ResourceArn", "ResourceARNNotValidException");
  const parsed = parseArn(arn);
  if (parsed === undefined) {
    throw refusal("ResourceARNNotValidException", `Not an ARN of CloudTrail's: ${arn.slice(0, 300)}`);
  }
  if (parsed.kind === "trail" || parsed.kind === "dashboard") {
    throw refusal("ResourceTypeNotSupportedException", `A ${parsed.kind} has no resource policy here`);
  }
  const isTheirs = parsed.accountId === by.accountId && parsed.region === by.region;
  const isThere = parsed.kind === "channel" ? channelsOf(parts.state).has(arn) : storesOf(parts.state).has(arn);
  if (!isTheirs || !isThere) throw refusal("ResourceNotFoundException", `There is no ${arn}`);
  return arn;
}

/** The form of a policy; what it allows is looked at when somebody calls. */
function checkPolicy(policy: string): void {
  if (policy.length > policyCharactersMax) throw badPolicy(`A policy has at most ${policyCharactersMax} characters`);
  const read = parse(policy);
  const statements = isObject(read) ? read["Statement"] : undefined;
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  const isGood = (statement: unknown) =>
    isObject(statement) &&
    (statement["Effect"] === "Allow" || statement["Effect"] === "Deny") &&
    (isObject(statement["Principal"]) || statement["Principal"] === "*") &&
    (typeof statement["Action"] === "string" || Array.isArray(statement["Action"])) &&
    (typeof statement["Resource"] === "string" || Array.isArray(statement["Resource"]));
  if (list.length === 0 || !list.every(isGood)) {
    throw badPolicy("A policy has statements with Effect, Principal, Action and Resource");
  }
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
