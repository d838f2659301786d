import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { parseArn } from "../arn.ts";
import { type By } from "../by.ts";
import { text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { checkResourcePolicy } from "./check-resource-policy.ts";
import { type LakeParts, channelsOf, policiesOf, storesOf } from "./lake-things.ts";

export async function putResourcePolicy(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "PutResourcePolicy">,
  by: By,
): Promise<OutputOf<"cloudtrail", "PutResourcePolicy">> {
  const policy = text(input.ResourcePolicy, "ResourcePolicy", "ResourcePolicyNotValidException");
  const arn = findPolicyOwner(parts, input.ResourceArn, by);
  checkResourcePolicy(policy, arn);
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
