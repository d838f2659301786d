import type { CloudTrailRecord } from "./record.ts";
import { recordTime } from "./read-record.ts";

/** The typed fields of an event. A field that is missing, empty or of another type than it should be is undefined. */
export interface EventFields {
  /** Milliseconds since the epoch. */
  readonly eventTime: number | undefined;
  readonly eventId: string | undefined;
  readonly eventName: string | undefined;
  readonly eventSource: string | undefined;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
  readonly identityType: string | undefined;
  readonly principalArn: string | undefined;
  readonly issuerArn: string | undefined;
  readonly accessKey: string | undefined;
  readonly userName: string | undefined;
  readonly invokedBy: string | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly readOnly: boolean | undefined;
  readonly management: boolean | undefined;
  readonly category: string | undefined;
  readonly eventType: string | undefined;
  readonly resourceArns: readonly string[];
  readonly requestId: string | undefined;
  readonly sharedEventId: string | undefined;
  readonly vpcEndpointId: string | undefined;
}

/** Plain reading of an event's typed fields: the yardstick for the engine's own extraction. */
export function eventFields(record: CloudTrailRecord): EventFields {
  const identity = objectAt(record, "userIdentity");
  const issuer = objectAt(objectAt(identity, "sessionContext"), "sessionIssuer");
  return {
    eventTime: recordTime(record),
    // aggregated events spell it eventId and have accountId at their top
    eventId: textAt(record, "eventID") ?? textAt(record, "eventId"),
    eventName: textAt(record, "eventName"),
    eventSource: textAt(record, "eventSource"),
    region: textAt(record, "awsRegion"),
    // the guide spells it both ways
    accountId:
      textAt(record, "recipientAccountId") ??
      textAt(record, "recipientAccountID") ??
      textAt(record, "accountId") ??
      textAt(identity, "accountId"),
    identityType: textAt(identity, "type"),
    principalArn: textAt(identity, "arn"),
    issuerArn: textAt(issuer, "arn"),
    accessKey: textAt(identity, "accessKeyId"),
    userName: textAt(identity, "userName") ?? textAt(issuer, "userName"),
    invokedBy: textAt(identity, "invokedBy"),
    sourceIp: textAt(record, "sourceIPAddress"),
    userAgent: textAt(record, "userAgent"),
    errorCode: textAt(record, "errorCode"),
    errorMessage: textAt(record, "errorMessage"),
    readOnly: booleanAt(record, "readOnly"),
    management: booleanAt(record, "managementEvent"),
    category: textAt(record, "eventCategory"),
    eventType: textAt(record, "eventType"),
    resourceArns: resourceArns(record),
    requestId: textAt(record, "requestID"),
    sharedEventId: textAt(record, "sharedEventID"),
    vpcEndpointId: textAt(record, "vpcEndpointId"),
  };
}

/**
 * `ARN` or `ARNPrefix` of each of `resources`, in order, repetitions kept. Records before 1.01, and services that leave
 * `resources` out, name what they touch in the request: when `resources` gives nothing, the strings right inside
 * `requestParameters` that begin with `arn:` stand in, no deeper, because deeper ones are as often policies and filters
 * as things touched.
 */
function resourceArns(record: CloudTrailRecord): readonly string[] {
  const resources: unknown = record.resources;
  const named = Array.isArray(resources)
    ? resources.flatMap((resource: unknown) => {
        const entry = isObject(resource) ? resource : undefined;
        return textAt(entry, "ARN") ?? textAt(entry, "ARNPrefix") ?? [];
      })
    : [];
  if (named.length > 0) {
    return named;
  }
  const asked = Object.values(objectAt(record, "requestParameters") ?? {});
  return asked.filter((value): value is string => typeof value === "string" && value.startsWith("arn:"));
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(fields: Fields | undefined, key: string): Fields | undefined {
  const value = fields?.[key];
  return isObject(value) ? value : undefined;
}

function textAt(fields: Fields | undefined, key: string): string | undefined {
  const value = fields?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** LookupEvents and some exports write booleans as strings. */
function booleanAt(fields: Fields, key: string): boolean | undefined {
  const value = fields[key];
  return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
}
