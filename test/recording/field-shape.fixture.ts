import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";

/** Paths with the JSON types of what stands there, such as `requestParameters.userName:string`. */
export type FieldShape = ReadonlySet<string>;

/** The field shape of a record or a part of it. What is empty has the path alone; items of lists share one. */
export function fieldShape(value: unknown, path = ""): FieldShape {
  const found = new Set<string>();
  collect(value, path, found);
  return found;
}

function collect(value: unknown, path: string, found: Set<string>): void {
  if (typeof value !== "object" || value === null) {
    found.add(`${path}:${value === null ? "null" : typeof value}`);
    return;
  }
  const parts: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown) => [`${path}[]`, item] as const)
    : Object.entries(value).map(([key, inner]) => [path === "" ? key : `${path}.${key}`, inner] as const);
  // A set of none stands for any set: `vpcSet: {}`.
  if (parts.length === 0) found.add(`${path}:empty`);
  for (const [inner, item] of parts) collect(item, inner, found);
}

/** What records are compared within: the same operation that ended in the same way, signed or not. */
export function kindOf(record: CloudTrailRecord): string {
  const { eventSource, eventName, errorCode, userIdentity, eventType } = record;
  const isFailedSignIn = eventType === "AwsConsoleSignIn" && record.errorMessage !== undefined;
  const end = errorCode === undefined && !isFailedSignIn ? "done" : isDenial(errorCode ?? "") ? "denied" : "failed";
  const signed = userIdentity?.accountId === "anonymous" ? " unsigned" : "";
  return `${eventSource} ${eventName} ${end}${signed}`;
}

function isDenial(code: string): boolean {
  return /AccessDenied|UnauthorizedOperation|AuthorizationError/.test(code);
}
