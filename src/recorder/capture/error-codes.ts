import { type AwsOperation } from "../../aws/index.ts";

/**
 * The error's code as records have it: whoever was not allowed is `AccessDenied` whatever the service answers (172 real
 * records of ten services), EC2's codes have `Client.` or `Server.` before them (118 of 118), and IAM's are named as
 * their errors are, `NoSuchEntityException` for `NoSuchEntity` on the wire (5 of 5).
 */
export function recordedCode(
  operation: AwsOperation,
  error: { readonly code: string; readonly status?: number },
): string {
  const { name, errors } = operation.service;
  if (name === "ec2") return `${(error.status ?? 400) >= 500 ? "Server" : "Client"}.${error.code}`;
  if (isDenial(error.code)) return "AccessDenied";
  if (name !== "iam" && name !== "sts" && name !== "sns") return error.code;
  return [...errors.values()].find(({ queryCode }) => queryCode === error.code)?.name ?? error.code;
}

export function isDenial(code: string): boolean {
  return denials.has(code);
}

const denials: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
  "AuthorizationErrorException",
]);

/**
 * Services whose records keep the parameters of a call that was denied: EC2 (85 of 85), S3 (1,009) and GuardDuty (26).
 * The others look at permissions before they read the call and record none (158 of 158).
 */
export const keepsDeniedParameters: ReadonlySet<string> = new Set(["ec2", "s3", "guardduty"]);
