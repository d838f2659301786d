import { AwsError } from "../../../aws/index.ts";

export function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
