import { readPolicy } from "../../../policy/read-policy.ts";
import { type Condition, type Statement } from "../../../policy/policy-document.ts";

/**
 * Whether a bucket's policy lets in the public: it is taken to, unless each of its statements names whom it lets in.
 * S3 User Guide, 'Blocking public access to your Amazon S3 storage', 'The meaning of "public"'.
 */
export function isPublicPolicy(text: string): boolean {
  const read = readPolicy(text, { on: "resource" });
  return read.ok && read.policy.statements.some(isPublicStatement);
}

function isPublicStatement({ effect, principals, conditions }: Statement): boolean {
  if (effect === "Deny" || principals === undefined) return false;
  const isOpen = principals.isNot || principals.clauses.some(({ kind }) => kind === "everyone");
  return isOpen && !conditions.some(isFixed);
}

const fixingKeys = new Set([
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:principalorgid",
  "aws:principalaccount",
  "aws:principalarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "aws:userid",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);

const fixingOperators = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]);

function isFixed({ name, key, values, isIfExists }: Condition): boolean {
  if (isIfExists || values.length === 0) return false;
  if (name === "ipaddress" && key === "aws:sourceip") return values.every(isNarrow);
  return fixingOperators.has(name) && fixingKeys.has(key) && values.every((value) => !/[*?]|\$\{/.test(value));
}

/** Ranges wider than /8, or /32 of IPv6, are taken for public. */
function isNarrow(range: string): boolean {
  const [address = "", bits] = range.split("/", 2);
  const isV6 = address.includes(":");
  return Number(bits ?? (isV6 ? 128 : 32)) >= (isV6 ? 32 : 8);
}
