import type { Caller } from "./callers.ts";
import type { Call, CallBody, Operation } from "./operations/operation.ts";
import type { Place } from "./places.ts";
import type { Random } from "./random.ts";
import { formatInstant, type Happening, type MadeUpRecord } from "./record.ts";
import type { Refusal } from "./refusals.ts";

/** Everything one record is made from. */
export interface Performance {
  readonly random: Random;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly place: Place;
  readonly at: number;
  /** Instead of what the operation would make up itself. */
  readonly body?: CallBody;
  readonly refusal?: Refusal;
  /** Set where the same call is written into several accounts. */
  readonly sharedEventId?: string;
  readonly recipientAccountId?: string;
}

/** Writes the record that CloudTrail would write of one call. */
export function perform(performance: Performance): MadeUpRecord {
  const { random, operation, caller, place, at, refusal } = performance;
  const body = performance.body ?? operation.describeCall(callOf(performance));
  const region = operation.isGlobal ? "us-east-1" : place.region;
  const hidesRequest = refusal?.hidesRequest === true;
  return {
    eventVersion: operation.version,
    userIdentity: caller.identity,
    eventTime: formatInstant(at),
    eventSource: operation.source,
    eventName: operation.name,
    awsRegion: region,
    sourceIPAddress: caller.sourceIp,
    userAgent: agentOf(caller, operation),
    errorCode: refusal?.code,
    errorMessage: refusal?.message,
    requestParameters: hidesRequest ? null : body.request,
    responseElements: refusal === undefined ? (body.response ?? null) : null,
    additionalEventData: body.extra,
    requestID: operation.source === "s3.amazonaws.com" ? random.capitals(16) : random.uuid(),
    eventID: random.uuid(),
    readOnly: operation.readOnly,
    resources: hidesRequest ? undefined : body.resources,
    eventType: "AwsApiCall",
    apiVersion: operation.apiVersion,
    managementEvent: !operation.isData,
    recipientAccountId: performance.recipientAccountId ?? place.accountId,
    sharedEventID: performance.sharedEventId,
    vpcEndpointId: caller.vpcEndpointId,
    vpcEndpointAccountId: caller.vpcEndpointId === undefined ? undefined : place.accountId,
    eventCategory: operation.isData ? "Data" : "Management",
    tlsDetails: caller.tls === "none" ? undefined : tlsDetails(caller.tls, body.host ?? operation.host(region)),
    sessionCredentialFromConsole: caller.fromConsole === true ? "true" : undefined,
  };
}

/** `perform`, together with the instant. */
export function happen(performance: Performance): Happening {
  return { at: performance.at, record: perform(performance) };
}

/** What an operation may look at to make up its part. */
export function callOf(performance: Pick<Performance, "random" | "place" | "at" | "caller">): Call {
  const { random, place, at, caller } = performance;
  return { random, place, at, callerArn: caller.arn };
}

/** `tlsDetails`, cipher included. */
export function tlsDetails(tlsVersion: "TLSv1.2" | "TLSv1.3", clientProvidedHostHeader: string) {
  const cipherSuite = tlsVersion === "TLSv1.3" ? "TLS_AES_128_GCM_SHA256" : "ECDHE-RSA-AES128-GCM-SHA256";
  return { tlsVersion, cipherSuite, clientProvidedHostHeader };
}

/** S3 puts user agents into square brackets; programs name the service and the command they call. */
function agentOf(caller: Caller, operation: Operation): string {
  if (caller.tls === "none") return caller.userAgent;
  let texts = agentTexts.get(operation);
  if (texts === undefined) agentTexts.set(operation, (texts = new Map<string, string>()));
  const made = texts.get(caller.userAgent);
  if (made !== undefined) return made;
  const service = operation.source.replace(".amazonaws.com", "");
  const agent = caller.userAgent
    .replace("@API", service)
    .replace("@COMMAND", () => `${service}.${commandOf(operation.name)}`);
  const text = service === "s3" ? `[${agent}]` : agent;
  texts.set(caller.userAgent, text);
  return text;
}

const agentTexts = new WeakMap<Operation, Map<string, string>>();

function commandOf(eventName: string): string {
  return eventName
    .replace(/\d{8}(v\d)?$/, "")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
}
