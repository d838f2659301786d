import { AwsError } from "../../../aws/index.ts";
import { type Directory } from "../../identity/directory.ts";
import { defaultDocument } from "../../identity/policies-of.ts";
import { iamPolicyMessage } from "../../policy/policy-problem.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { validationError } from "../iam/errors.ts";

const arnsMax = 10;
const plainSizeMax = 2048;

export interface GivenPolicies {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

export interface SessionPolicies {
  readonly texts: readonly string[];
  /** The share of the room for session policies and tags, in percent. */
  readonly packedPercent: number | undefined;
}

/**
 * The policies that a session is cut down to. STS API Reference, AssumeRole: one document and ten ARNs at most, 2,048
 * characters in all.
 */
export function readSessionPolicies(directory: Directory, accountId: string, given: GivenPolicies): SessionPolicies {
  const arns = (given.PolicyArns ?? []).map(({ arn }) => arn ?? "");
  if (arns.length > arnsMax)
    throw validationError(
      "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
  const managed = arns.map((arn) => {
    const policy = directory.policy(arn);
    if (policy === undefined || (policy.accountId !== "aws" && policy.accountId !== accountId)) {
      throw new AwsError("ValidationError", `The specified policy ${arn} could not be found`);
    }
    return defaultDocument(policy);
  });
  const { Policy: own } = given;
  const plainSize = (own ?? "").length + arns.join("").length;
  if (plainSize > plainSizeMax) {
    throw new AwsError(
      "PackedPolicyTooLarge",
      "Packed policy consumes more than 100% of allotted space, please use smaller policy.",
    );
  }
  if (own !== undefined) {
    const read = readPolicy(own, { on: "identity" });
    if (!read.ok) throw new AwsError("MalformedPolicyDocument", iamPolicyMessage(read.problem));
  }
  return {
    texts: [...(own === undefined ? [] : [own]), ...managed],
    packedPercent: plainSize === 0 ? undefined : Math.ceil((plainSize / plainSizeMax) * 100),
  };
}
