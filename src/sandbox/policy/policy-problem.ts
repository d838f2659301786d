/** What is wrong with a policy; each service has its own words and code for it. */
export interface PolicyProblem {
  readonly kind: PolicyProblemKind;
  /** The part that is wrong, as written, cut when long. */
  readonly part: string;
}

export type PolicyProblemKind =
  | "too-large"
  | "not-json"
  | "syntax"
  | "unknown-field"
  | "version"
  | "sid-form"
  | "sid-repeated"
  | "effect"
  | "no-principal"
  | "prohibited-principal"
  | "principal"
  | "no-action"
  | "action"
  | "no-resource"
  | "prohibited-resource"
  | "resource"
  | "condition-operator"
  | "condition";

/**
 * IAM's sentence for a problem (`MalformedPolicyDocument`). The texts are as seen from IAM by many, and imitated by
 * moto's `policy_validation.py`; AWS documents none of them.
 */
export function iamPolicyMessage({ kind, part }: PolicyProblem): string {
  switch (kind) {
    case "too-large":
      return "Policy document is larger than the allowed size.";
    case "not-json":
      return "This policy contains invalid Json";
    case "version":
      return `Policy document must be version 2012-10-17 or greater.`;
    case "sid-form":
      return `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`;
    case "sid-repeated":
      return "Statement IDs (SID) in a single policy must be unique.";
    case "no-principal":
      return "Missing required field Principal";
    case "prohibited-principal":
      return "Policy document should not specify a principal.";
    case "principal":
      return `Invalid principal in policy: ${part}`;
    case "no-action":
      return "Policy statement must contain actions.";
    case "action":
      return part.includes(":")
        ? `Vendor ${part.split(":", 1).join("")} is not valid`
        : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    case "no-resource":
      return "Policy statement must contain resources.";
    case "prohibited-resource":
      return "Has prohibited field Resource";
    case "resource":
      return `Resource ${part} must be in ARN format or "*".`;
    case "unknown-field":
    case "syntax":
    case "effect":
    case "condition-operator":
    case "condition":
      return "Syntax errors in policy.";
  }
}

/** S3's sentence for a problem (`MalformedPolicy`), as seen from S3; AWS documents none of them. */
export function bucketPolicyMessage({ kind, part }: PolicyProblem): string {
  switch (kind) {
    case "too-large":
      return "Policy exceeds the maximum allowed document size.";
    case "not-json":
      return "Policies must be valid JSON and the first byte must be '{'";
    case "version":
      return "The policy must contain a valid version string";
    case "unknown-field":
      return `Unknown field ${part}`;
    case "effect":
      return `Invalid effect: ${part}`;
    case "no-principal":
      return "Missing required field Principal";
    case "principal":
    case "prohibited-principal":
      return "Invalid principal in policy";
    case "no-action":
      return "Missing required field Action";
    case "action":
      return "Policy has invalid action";
    case "no-resource":
      return "Missing required field Resource";
    case "resource":
    case "prohibited-resource":
      return "Policy has invalid resource";
    case "condition-operator":
      return `Invalid Condition type : ${part}`;
    case "sid-form":
    case "sid-repeated":
      return `Duplicate or invalid statement id ${part}`;
    case "syntax":
    case "condition":
      return "This policy contains invalid Json";
  }
}
