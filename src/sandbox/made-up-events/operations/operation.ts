import type { Json, JsonObject, Resource } from "../record.ts";
import type { Place } from "../places.ts";
import type { Random } from "../random.ts";

/** What an operation may look at when it makes up one call. */
export interface Call {
  readonly random: Random;
  readonly place: Place;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** ARN of the caller. */
  readonly callerArn: string;
}

/** The part of a record that belongs to the operation, not to the caller. */
export interface CallBody {
  readonly request: Json;
  /** Left out for reads: they are written with `responseElements: null`. */
  readonly response?: Json;
  readonly extra?: JsonObject;
  readonly resources?: readonly Resource[];
  readonly host?: string;
}

/** One API operation as CloudTrail records it. */
export interface Operation {
  /** Service and event name, `s3:GetObject`: the name under which it is looked up. */
  readonly id: string;
  /** `eventSource`. */
  readonly source: string;
  /** `eventName`. */
  readonly name: string;
  readonly readOnly: boolean;
  readonly isData: boolean;
  /** `eventVersion`; services differ. */
  readonly version: string;
  /** Host of the endpoint where a call does not say otherwise. */
  readonly host: (region: string) => string;
  readonly apiVersion?: string;
  readonly isGlobal: boolean;
  readonly describeCall: (call: Call) => CallBody;
}

export interface Service {
  /** Prefix of the endpoint and of the permission: `s3`, `iam`. */
  readonly prefix: string;
  /** Where it differs from the prefix: CloudWatch writes `monitoring.amazonaws.com`. */
  readonly source?: string;
  readonly version?: string;
  readonly apiVersion?: string;
  /** IAM, Organizations and Route 53 have one endpoint, and their records stand in us-east-1. */
  readonly isGlobal?: boolean;
  readonly host?: (region: string) => string;
}

type DescribeCall = (call: Call) => CallBody;

/** Says a service once and then one line for each of its operations. */
export function inService(service: Service) {
  const source = service.source ?? `${service.prefix}.amazonaws.com`;
  const global = () => `${service.prefix}.amazonaws.com`;
  const regional = (region: string) => `${service.prefix}.${region}.amazonaws.com`;
  const host = service.host ?? (service.isGlobal === true ? global : regional);
  const define =
    (readOnly: boolean, isData: boolean) =>
    (name: string, describeCall: DescribeCall): Operation => ({
      id: `${source.replace(".amazonaws.com", "")}:${name}`,
      source,
      name,
      readOnly,
      isData,
      version: service.version ?? "1.08",
      host,
      ...(service.apiVersion === undefined ? {} : { apiVersion: service.apiVersion }),
      isGlobal: service.isGlobal === true,
      describeCall,
    });
  return {
    reads: define(true, false),
    writes: define(false, false),
    readsData: define(true, true),
    writesData: define(false, true),
  };
}

/** An ARN in the place of a call. */
export function arnIn(call: Call, service: string, rest: string): string {
  return `arn:aws:${service}:${call.place.region}:${call.place.accountId}:${rest}`;
}
