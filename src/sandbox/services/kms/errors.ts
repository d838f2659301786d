import { AwsError } from "../../../aws/index.ts";

// Codes as in the KMS API Reference, beside each operation; the sentences are as KMS says them, not documented.

export function notFound(what: string): AwsError {
  return new AwsError("NotFoundException", what);
}

export function keyNotFound(arn: string): AwsError {
  return notFound(`Key '${arn}' does not exist`);
}

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function invalidState(message: string): AwsError {
  return new AwsError("KMSInvalidStateException", message);
}

export function invalidUsage(message: string): AwsError {
  return new AwsError("InvalidKeyUsageException", message);
}

export function malformedPolicy(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}

export function alreadyExists(message: string): AwsError {
  return new AwsError("AlreadyExistsException", message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

/** What AWS does and the sandbox does not: said, never passed over. */
export function unsupported(what: string): AwsError {
  return new AwsError("UnsupportedOperationException", `${what} is not done here`);
}

/** KMS says no more of a ciphertext that it cannot decrypt. */
export function invalidCiphertext(): AwsError {
  return new AwsError("InvalidCiphertextException", "");
}
