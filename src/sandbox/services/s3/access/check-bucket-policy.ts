import { AwsError } from "../../../../aws/index.ts";
import { type TextPattern } from "../../../policy/policy-document.ts";
import { bucketPolicyMessage } from "../../../policy/policy-problem.ts";
import { readPolicy } from "../../../policy/read-policy.ts";
import { bucketArn } from "../bucket.ts";

/** S3 User Guide, 'Bucket policies': at most 20 KB. */
const policyLengthMax = 20 * 1024;

/**
 * Refuses a policy that S3 would refuse for this bucket: `MalformedPolicy`, in the words that S3 has for it.
 * @param knowsPrincipal Whether a user or role exists, in accounts that are known.
 */
export function checkBucketPolicy(text: string, bucket: string, knowsPrincipal: (arn: string) => boolean): void {
  if (!text.startsWith("{")) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  const read = readPolicy(text, { on: "resource", lengthMax: policyLengthMax });
  if (!read.ok) throw malformed(bucketPolicyMessage(read.problem));
  for (const { principals, actions, resources } of read.policy.statements) {
    if (principals === undefined) throw malformed("Missing required field Principal");
    for (const clause of principals.clauses) {
      if (clause.kind === "arn" && !knowsPrincipal(clause.arn)) throw malformed("Invalid principal in policy");
    }
    const reach = resources?.patterns.map((resource) => reachOf(resource, bucket)) ?? [];
    if (reach.length === 0) throw malformed("Missing required field Resource");
    if (reach.includes("foreign")) throw malformed("Policy has invalid resource");
    for (const { text: action } of actions.patterns) {
      if (!/^(?:s3:[A-Za-z*?]+|\*)$/.test(action)) throw malformed("Policy has invalid action");
    }
    if (!actions.isNot && resources?.isNot === false && !actions.patterns.some((action) => fits(action, reach))) {
      throw malformed("Action does not apply to any resource(s) in statement");
    }
  }
}

type Reach = "bucket" | "objects" | "foreign";

function reachOf({ text }: TextPattern, bucket: string): Reach {
  const arn = bucketArn(bucket);
  if (text === arn) return "bucket";
  return text.startsWith(`${arn}/`) ? "objects" : "foreign";
}

function fits({ text }: TextPattern, reach: readonly Reach[]): boolean {
  if (/[*?]/.test(text)) return true;
  return reach.includes(isObjectAction(text.slice("s3:".length)) ? "objects" : "bucket");
}

/** Service Authorization Reference, 'Actions, resources, and condition keys for Amazon S3'. */
function isObjectAction(action: string): boolean {
  if (/^(?:Get|Put)BucketObjectLockConfiguration$/i.test(action)) return false;
  return /Object|^(?:AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|Replicate|InitiateReplication)/i.test(
    action,
  );
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicy", message, 400);
}
