import { AwsError } from "../../../aws/index.ts";

/** What SQS says of a request without something that it cannot do without. */
export function missingParameter(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
}
