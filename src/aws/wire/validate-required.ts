import { AwsError } from "../aws-error.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { type Member, type Shape } from "../operations/shape.ts";

/** Throws `AwsError` for the first member that has to be there and is not, as the service says it. */
export function validateRequired(operation: AwsOperation, input: object): void {
  const payload = operation.input.bindings.payload;
  for (const member of operation.input.members) {
    // A streamed body is beside the input.
    if (member === payload && payload.shape.kind === "blob") continue;
    const missing = missingIn(member, (input as Readonly<Record<string, unknown>>)[member.name], "");
    if (missing !== undefined) throw missingAs(operation, missing, missing === payload?.name);
  }
}

/** The path of what is missing. */
function missingIn(member: Member, value: unknown, before: string): string | undefined {
  const path = before === "" ? member.name : `${before}.${member.name}`;
  if (value === undefined || value === null) return member.isRequired ? path : undefined;
  return missingWithin(member.shape, value, path);
}

function missingWithin(shape: Shape, value: unknown, path: string): string | undefined {
  if (shape.kind === "structure") {
    for (const inner of shape.members) {
      const missing = missingIn(inner, (value as Readonly<Record<string, unknown>>)[inner.name], path);
      if (missing !== undefined) return missing;
    }
  } else if (shape.kind === "list" && shape.item.shape.kind === "structure") {
    for (const [at, item] of (value as readonly unknown[]).entries()) {
      const missing = item === null ? undefined : missingWithin(shape.item.shape, item, `${path}.${at + 1}.member`);
      if (missing !== undefined) return missing;
    }
  } else if (shape.kind === "map" && shape.value.shape.kind === "structure") {
    for (const [key, item] of Object.entries(value as object)) {
      const missing = missingWithin(shape.value.shape, item, `${path}.${key.slice(0, 100)}.member`);
      if (missing !== undefined) return missing;
    }
  }
  return undefined;
}

/**
 * Codes as in each service's "Common errors" (`ValidationError` of the query services, `MissingParameter` of EC2 and SQS)
 * and S3's "Error responses"; the sentence is the one that AWS's services are known to say, not documented.
 */
function missingAs(operation: AwsOperation, path: string, isPayload: boolean): AwsError {
  const { name } = operation.service;
  const lowered = path.replace(/(?:^|\.)[A-Z]/g, (start) => start.toLowerCase());
  const sentence = `1 validation error detected: Value null at '${lowered}' failed to satisfy constraint: Member must not be null`;
  switch (operation.protocol) {
    case "ec2Query":
      return new AwsError("MissingParameter", `The request must contain the parameter ${path}`);
    case "restXml":
      if (isPayload) return new AwsError("MissingRequestBodyError", "Request body is empty.");
      return path.includes(".")
        ? new AwsError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
          )
        : new AwsError("InvalidRequest", `Missing required parameter for this request: '${path}'`);
    case "restJson1":
      return new AwsError(
        "BadRequestException",
        `The request is rejected because the required parameter ${path} is missing.`,
      );
    case "awsQuery":
      return name === "sqs" ? missingForSqs(path) : new AwsError("ValidationError", sentence);
    default:
      if (name === "sqs") return missingForSqs(path);
      return new AwsError(name === "logs" ? "InvalidParameterException" : "ValidationException", sentence);
  }
}

function missingForSqs(path: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${path}.`);
}
