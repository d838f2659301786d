import { AwsError } from "../../../aws/index.ts";

// Codes and reasons are those of the Organizations API Reference; the sentences are as seen from AWS.

/** What every call gets that only the management account may make. */
export function accessDenied(): AwsError {
  return new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");
}

export function notInUse(): AwsError {
  return new AwsError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
}

export function accountNotFound(): AwsError {
  return new AwsError("AccountNotFoundException", "You specified an account that doesn't exist.");
}

export function constraintViolation(reason: string, message: string): AwsError {
  return new AwsError("ConstraintViolationException", message, 400, { Reason: reason });
}

export function handshakeViolation(reason: string, message: string): AwsError {
  return new AwsError("HandshakeConstraintViolationException", message, 400, { Reason: reason });
}

export function invalidInput(reason: string, message = "You specified an invalid value."): AwsError {
  return new AwsError("InvalidInputException", message, 400, { Reason: reason });
}

/** `TargetNotFoundException` and its like: the code says what is not there. */
export function notFound(code: string, what: string): AwsError {
  return new AwsError(code, `You specified ${what} that doesn't exist.`);
}
