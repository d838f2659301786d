import { AwsError, type Models } from "../aws/index.ts";

/** The names of CloudTrail's own errors, as its API Reference has them. */
export type CloudTrailException = Extract<keyof Models["cloudtrail"], `${string}Exception`>;

/**
 * An error of CloudTrail's. AWS documents the names; it does not document the sentences, which are ours unless a comment
 * says otherwise.
 */
export function refusal(code: CloudTrailException, message: string): AwsError {
  return new AwsError(code, message);
}
