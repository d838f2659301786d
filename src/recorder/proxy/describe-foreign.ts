import { decodeError } from "../../aws/index.ts";
import { type ApiCall } from "../api-call.ts";
import { type EndedCall } from "../capture/ended-call.ts";
import { isDenial } from "../capture/error-codes.ts";
import { isReadOnlyCall } from "../capture/event-names.ts";
import { type CallName } from "./name-call.ts";
import { type Exchange } from "./pass-on.ts";
import { answerOf } from "./read-exchange.ts";
import { eventSourceOf, isDataOperation } from "./service-names.ts";

/** What is known of a call whatever it asks for. */
export type CallFacts = Pick<
  EndedCall,
  "at" | "accountId" | "region" | "identity" | "sourceIp" | "userAgent" | "requestId"
>;

/**
 * A call to a service whose parameters' shapes are not known here. They are left out, those of its answer too: nobody
 * could say which of them are secrets.
 */
export function describeForeign(name: CallName & { kind: "foreign" }, exchange: Exchange, facts: CallFacts): ApiCall {
  const { service, operation, protocol } = name;
  const error = exchange.status >= 300 ? decodeError({ protocol }, answerOf(exchange)) : undefined;
  const { at, accountId, region, identity, sourceIp, userAgent, requestId } = facts;
  return {
    at,
    recipients: [accountId],
    region,
    eventSource: eventSourceOf(service),
    eventName: operation,
    eventType: "AwsApiCall",
    category: isDataOperation(service, operation) ? "Data" : "Management",
    isReadOnly: isReadingVerb(operation),
    identity,
    sourceIPAddress: sourceIp,
    userAgent,
    requestParameters: null,
    responseElements: null,
    requestId,
    ...(error !== undefined && {
      error: {
        code: isDenial(error.code) ? "AccessDenied" : error.code,
        ...(error.message !== "" && { message: error.message }),
      },
    }),
  };
}

/** The verbs mean the same in all services; that of IAM has no exceptions. */
function isReadingVerb(operation: string): boolean {
  return isReadOnlyCall("iam", operation);
}
