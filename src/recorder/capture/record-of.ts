import { type JsonValue } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";
import { additionalDataBytesMax, cutText, eventBytesMax, omitted, parametersBytesMax, withinBytes } from "./limits.ts";

export interface RecordIds {
  readonly eventId: string;
  /** Only where one call is recorded in several accounts. */
  readonly sharedEventId?: string;
}

/** Fields whose content goes, in this order, when a record is too large as a whole. */
const expendable = ["additionalEventData", "serviceEventDetails", "responseElements", "requestParameters", "resources"];

/**
 * A call as a record of event version 1.11, as JSON text: the fields and their order are those of real records (2,900 of
 * versions 1.08 and 1.09; 57 of 1.11).
 */
export function recordOf(call: ApiCall, recipientId: string, ids: RecordIds): string {
  const fields = fieldsOf(call, recipientId, ids);
  for (const name of expendable) {
    if (Buffer.byteLength(JSON.stringify(fields)) <= eventBytesMax) break;
    if (name in fields && fields[name] !== null) fields[name] = name === "resources" ? [] : omitted;
  }
  return JSON.stringify(fields);
}

function fieldsOf(call: ApiCall, recipientId: string, ids: RecordIds): Record<string, unknown> {
  const { error, additionalEventData, serviceEventDetails, resources } = call;
  return {
    eventVersion: "1.11",
    userIdentity: call.identity,
    eventTime: `${new Date(call.at).toISOString().slice(0, 19)}Z`,
    eventSource: call.eventSource,
    eventName: call.eventName,
    awsRegion: call.region,
    sourceIPAddress: call.sourceIPAddress,
    userAgent: cutText(call.userAgent),
    ...(error?.code !== undefined && { errorCode: cutText(error.code) }),
    ...(error?.message !== undefined && { errorMessage: cutText(error.message) }),
    requestParameters: withinBytes(call.requestParameters, parametersBytesMax),
    responseElements: withinBytes(call.responseElements, parametersBytesMax),
    ...(additionalEventData !== undefined && {
      additionalEventData: withinBytes(additionalEventData, additionalDataBytesMax),
    }),
    ...(call.requestId !== undefined && { requestID: cutText(call.requestId) }),
    eventID: ids.eventId,
    readOnly: call.isReadOnly,
    ...(resources !== undefined && { resources: resources.map(resourceOf) }),
    eventType: call.eventType,
    ...(call.apiVersion !== undefined && { apiVersion: call.apiVersion }),
    managementEvent: call.category === "Management",
    recipientAccountId: recipientId,
    ...(ids.sharedEventId !== undefined && { sharedEventID: ids.sharedEventId }),
    ...(serviceEventDetails !== undefined && {
      serviceEventDetails: withinBytes(serviceEventDetails, parametersBytesMax),
    }),
    ...(call.vpcEndpointId !== undefined && { vpcEndpointId: call.vpcEndpointId }),
    eventCategory: call.category,
    ...(call.tlsDetails !== undefined && { tlsDetails: call.tlsDetails }),
    ...(call.sessionCredentialFromConsole === true && { sessionCredentialFromConsole: "true" }),
  };
}

function resourceOf(resource: NonNullable<ApiCall["resources"]>[number]): Record<string, JsonValue> {
  const { ARN, isPrefix, accountId, type } = resource;
  return {
    ...(accountId !== undefined && { accountId }),
    ...(type !== undefined && { type }),
    ...(isPrefix === true ? { ARNPrefix: ARN } : { ARN }),
  };
}
