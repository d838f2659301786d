import { AwsError } from "../../../aws/index.ts";
import { type ManagedPolicy } from "../../identity/things.ts";
import { type Call } from "../../service.ts";
import { invalidInput, noSuchEntity } from "./errors.ts";
import { type Iam } from "./iam.ts";
import { checkLength } from "./validation.ts";

/** A policy of AWS's, or of the account. */
export function findPolicy({ directory }: Iam, accountId: string, arn: string | undefined): ManagedPolicy {
  const given = checkArn(arn);
  const policy = directory.policy(given);
  if (policy === undefined || (policy.accountId !== "aws" && policy.accountId !== accountId)) {
    throw noSuchEntity(`Policy ${given} was not found.`);
  }
  return policy;
}

/** A policy that the account may change. */
export function findOwnPolicy(iam: Iam, call: Call, arn: string | undefined): ManagedPolicy {
  const policy = findPolicy(iam, call.accountId, arn);
  if (policy.accountId === "aws") {
    throw new AwsError("AccessDenied", "Cannot perform the operation on a policy that is managed by AWS.", 403);
  }
  return policy;
}

function checkArn(arn: string | undefined): string {
  const given = arn ?? "";
  checkLength("policyArn", given, 20, 2048);
  if (!/^arn:[^:]+:iam::(?:\d{12}|aws):policy\//.test(given)) throw invalidInput(`ARN ${given} is not valid.`);
  return given;
}
