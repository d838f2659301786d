import { type Policy, type Statement } from "./policy-document.ts";
import { type PolicyProblem, type PolicyProblemKind } from "./policy-problem.ts";
import { readStatement } from "./read-statement.ts";

export interface PolicyRules {
  /** What the policy hangs on, which decides whether principals and resources belong into it. */
  readonly on: "identity" | "resource" | "trust" | "control";
  /** The longest text, in characters; white space counts. */
  readonly lengthMax?: number;
}

export type ReadPolicyResult =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: PolicyProblem };

const statementsMax = 1000;
const fields = new Set(["Version", "Id", "Statement"]);

/**
 * Reads and checks a policy. IAM User Guide, 'Grammar of the IAM JSON policy language'; which fields belong where stands
 * in 'Policies and permissions in IAM'.
 */
export function readPolicy(text: string, rules: PolicyRules): ReadPolicyResult {
  if (text.length > (rules.lengthMax ?? 131_072)) return wrong("too-large", String(text.length));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong("not-json", text);
  }
  if (!isObject(value)) return wrong("not-json", text);
  for (const field of Object.keys(value)) if (!fields.has(field)) return wrong("unknown-field", field);
  const version = value["Version"] ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17") return wrong("version", String(version));
  // IAM takes the old version in trust policies, where roles of old have it, but in no policy of an identity.
  if (version === "2008-10-17" && (rules.on === "identity" || rules.on === "control")) return wrong("version", version);
  const id = value["Id"];
  if (id !== undefined && typeof id !== "string") return wrong("syntax", "Id");
  const list = Array.isArray(value["Statement"]) ? (value["Statement"] as readonly unknown[]) : [value["Statement"]];
  if (list.length === 0 || list.length > statementsMax) return wrong("syntax", "Statement");
  const statements: Statement[] = [];
  const sids = new Set<string>();
  for (const item of list) {
    const read = readStatement(item, rules, version === "2012-10-17");
    if (!read.ok) return read;
    const { sid } = read.statement;
    // S3 and others take the same Sid twice; IAM does not.
    if (sid !== undefined && sid !== "" && sids.has(sid) && rules.on !== "resource") return wrong("sid-repeated", sid);
    if (sid !== undefined) sids.add(sid);
    statements.push(read.statement);
  }
  return { ok: true, policy: { version, id, statements } };
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(kind: PolicyProblemKind, part: string): ReadPolicyResult {
  return { ok: false, problem: { kind, part: part.slice(0, 200) } };
}
