import { AwsError } from "../../../aws/index.ts";
import { iamPolicyMessage, type PolicyProblem } from "../../policy/policy-problem.ts";

// Codes and statuses are those of the IAM API Reference; the sentences are as seen from IAM, which documents none.

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

/** `The user with name ana cannot be found.` */
export function notFound(what: string, name: string | undefined): AwsError {
  return noSuchEntity(`The ${what} with name ${name ?? ""} cannot be found.`);
}

export function alreadyExists(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, 409);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, 409);
}

/** `Cannot exceed quota for AccessKeysPerUser: 2` */
export function quotaExceeded(quota: string, max: number): AwsError {
  return new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${max}`, 409);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}

export function invalidInput(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

export function malformedPolicy(problem: PolicyProblem): AwsError {
  return new AwsError("MalformedPolicyDocument", iamPolicyMessage(problem));
}

export function unmodifiable(message: string): AwsError {
  return new AwsError("UnmodifiableEntity", message);
}

/** A parameter that would change the answer and that the sandbox does not follow. */
export function notImplemented(message: string): AwsError {
  return new AwsError("NotImplemented", message, 501);
}
