import { createHash } from "node:crypto";
import { isIP } from "node:net";

import { parseEventTime } from "../../cloudtrail/index.ts";

/** Why one event of a call is not taken (API Reference of cloudtrail-data, PutAuditEvents). */
export type AuditErrorCode =
  | "FieldTooLong"
  | "FieldNotFound"
  | "InvalidChecksum"
  | "InvalidData"
  | "InvalidRecipient"
  | "InvalidEventSource";

export interface AuditProblem {
  readonly code: AuditErrorCode;
  readonly message: string;
}

/** An event that is right: when it happened, and its data as JSON text. */
export interface AuditEvent {
  readonly at: number;
  readonly eventData: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Required texts and their most characters (User Guide, "CloudTrail Lake integrations event schema"). */
const requiredTexts = { version: 256, eventSource: 1024, eventName: 1024, eventTime: 64, UID: 1024 } as const;
const optionalTexts = { userAgent: 1024, errorCode: 256, errorMessage: 256 } as const;
/** Optional objects and their most bytes as JSON. */
const optionalObjects = { requestParameters: 100_000, responseElements: 100_000, additionalEventData: 28_000 } as const;

/** No event of an application's is that deep; writing JSON that is deeper would use up the stack. */
const depthMax = 100;

/** Reads `eventData` of one event, sent to the channel of `ownerId`. Too much is refused, never cut. */
export function readAuditEvent(
  eventData: string,
  checksum: string | undefined,
  ownerId: string,
): AuditEvent | AuditProblem {
  if (checksum !== undefined && checksum !== createHash("sha256").update(eventData).digest("base64")) {
    return { code: "InvalidChecksum", message: "The checksum is not that of eventData" };
  }
  const fields = parse(eventData);
  if (fields === undefined) return { code: "InvalidData", message: "eventData is not a JSON object, or is too deep" };
  const problem = problemOf(fields, ownerId);
  if (problem !== undefined) return problem;
  const at = parseEventTime(fields["eventTime"]);
  if (at === undefined) return { code: "InvalidData", message: "eventTime is not of the form yyyy-MM-DDTHH:mm:ss" };
  return { at, eventData: JSON.stringify(fields) };
}

function problemOf(fields: Fields, ownerId: string): AuditProblem | undefined {
  for (const [name, most] of Object.entries(requiredTexts)) {
    const problem = textProblem(fields, name, most, true);
    if (problem !== undefined) return problem;
  }
  const identity = identityProblem(fields["userIdentity"]);
  if (identity !== undefined) return identity;
  for (const [name, most] of Object.entries(optionalTexts)) {
    const problem = textProblem(fields, name, most, false);
    if (problem !== undefined) return problem;
  }
  for (const [name, most] of Object.entries(optionalObjects)) {
    const problem = objectProblem(fields, name, most);
    if (problem !== undefined) return problem;
  }
  const address = fields["sourceIPAddress"];
  if (address !== undefined && address !== null && (typeof address !== "string" || isIP(address) === 0)) {
    return { code: "InvalidData", message: "sourceIPAddress is not an IPv4 or IPv6 address" };
  }
  const recipient = textProblem(fields, "recipientAccountId", 12, true);
  if (recipient?.code === "FieldNotFound") return recipient;
  if (fields["recipientAccountId"] !== ownerId) {
    return { code: "InvalidRecipient", message: "recipientAccountId is not the account that owns the channel" };
  }
  // That AWS's own names are refused is ours: no page says what makes an event source invalid.
  if (/(^|\.)amazonaws\.com(\.cn)?$/i.test(String(fields["eventSource"]))) {
    return { code: "InvalidEventSource", message: "eventSource is a service of AWS" };
  }
  return undefined;
}

function identityProblem(identity: unknown): AuditProblem | undefined {
  if (identity === undefined || identity === null) return { code: "FieldNotFound", message: "userIdentity is missing" };
  if (!isObject(identity)) return { code: "InvalidData", message: "userIdentity is not an object" };
  const problem = textProblem(identity, "type", 128, true) ?? textProblem(identity, "principalId", 1024, true);
  if (problem !== undefined) return { ...problem, message: `userIdentity: ${problem.message}` };
  const { details } = identity;
  if (details === undefined || details === null || isObject(details)) return undefined;
  return { code: "InvalidData", message: "userIdentity.details is not an object" };
}

function textProblem(fields: Fields, name: string, most: number, isRequired: boolean): AuditProblem | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === "") {
    return isRequired ? { code: "FieldNotFound", message: `${name} is missing` } : undefined;
  }
  if (typeof value !== "string") return { code: "InvalidData", message: `${name} is not a string` };
  if (value.length > most) return { code: "FieldTooLong", message: `${name} has more than ${most} characters` };
  return undefined;
}

function objectProblem(fields: Fields, name: string, most: number): AuditProblem | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) return { code: "InvalidData", message: `${name} is not an object` };
  const isTooLong = Buffer.byteLength(JSON.stringify(value)) > most;
  return isTooLong ? { code: "FieldTooLong", message: `${name} has more than ${most} bytes` } : undefined;
}

function parse(eventData: string): Fields | undefined {
  if (depthOf(eventData) > depthMax) return undefined;
  try {
    const read: unknown = JSON.parse(eventData);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** How deep JSON text goes, by its brackets outside of strings. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (isInString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') isInString = false;
    } else if (sign === '"') isInString = true;
    else if (sign === "{" || sign === "[") deepest = Math.max(deepest, (depth += 1));
    else if (sign === "}" || sign === "]") depth -= 1;
  }
  return deepest;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
