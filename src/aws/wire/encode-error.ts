import { type AwsError } from "../aws-error.ts";
import { type WireResponse } from "../message.ts";
import { type ErrorModel, type Protocol, type ServiceModel } from "../operations/operation.ts";
import { hostId, s3Headers } from "./encode-response.ts";
import { escapeXml, xmlHeader } from "./xml-write.ts";

export interface ErrorFacts {
  readonly requestId: string;
  /** Where it is known; its declared errors say how a code is called on the wire. */
  readonly service?: ServiceModel | undefined;
  /** Answers to HEAD have no body. */
  readonly isHead?: boolean;
  /** S3 names the path that was asked for. */
  readonly resource?: string;
}

/** Makes the answer out of an error, in the shape that clients of the protocol read. */
export function encodeError(protocol: Protocol, error: AwsError, facts: ErrorFacts): WireResponse {
  const model = facts.service === undefined ? undefined : findErrorModel(facts.service, error.code);
  switch (protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return inJson(protocol === "awsJson1_0" ? "1.0" : "1.1", error, model, facts);
    case "restJson1":
      return inRestJson(error, model, facts);
    case "awsQuery":
      return inQueryXml(error, model, facts);
    case "ec2Query":
      return inEc2Xml(error, facts);
    case "restXml":
      return inS3Xml(error, facts);
  }
}

/** The error that a service declares under a code, be it the shape's name or the query protocol's. */
export function findErrorModel(service: ServiceModel, code: string): ErrorModel | undefined {
  return service.errors.get(code) ?? [...service.errors.values()].find(({ queryCode }) => queryCode === code);
}

function inJson(version: string, error: AwsError, model: ErrorModel | undefined, facts: ErrorFacts): WireResponse {
  const { service, requestId } = facts;
  const headers: Record<string, string> = {
    "content-type": `application/x-amz-json-${version}`,
    "x-amzn-requestid": requestId,
  };
  const name = model?.name ?? error.code;
  if (service?.isQueryCompatible === true)
    headers["x-amzn-query-error"] = `${model?.queryCode ?? olderCode(error.code)};${senderOf(error)}`;
  const type = service?.name === "sqs" ? `com.amazonaws.sqs#${name}` : name;
  return {
    status: error.status,
    headers,
    body: JSON.stringify({ __type: type, message: error.message, ...error.members }),
  };
}

/** A denial is called as in the query protocol, so that `AccessDenied` is what clients of SQS read. */
function olderCode(code: string): string {
  return code === "AccessDeniedException" ? "AccessDenied" : code;
}

function inRestJson(error: AwsError, model: ErrorModel | undefined, { requestId }: ErrorFacts): WireResponse {
  const name = model?.name ?? error.code;
  return {
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": name },
    body: JSON.stringify({ __type: name, message: error.message, ...error.members }),
  };
}

function inQueryXml(error: AwsError, model: ErrorModel | undefined, { requestId, service }: ErrorFacts): WireResponse {
  const code = model?.queryCode ?? error.code;
  const namespace = service === undefined ? "" : ` xmlns="${escapeXml(service.xmlNamespace)}"`;
  const parts = `<Type>${senderOf(error)}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`;
  return {
    // Who throws an error without a status of its own means the one that the service declares.
    status: error.status === 400 ? (model?.status ?? 400) : error.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<ErrorResponse${namespace}><Error>${parts}${membersOf(error)}</Error><RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`,
  };
}

function inEc2Xml(error: AwsError, { requestId }: ErrorFacts): WireResponse {
  const parts = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
  return {
    status: error.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `${xmlHeader}<Response><Errors><Error>${parts}</Error></Errors><RequestID>${escapeXml(requestId)}</RequestID></Response>`,
  };
}

function inS3Xml(error: AwsError, { requestId, resource, isHead = false }: ErrorFacts): WireResponse {
  const headers = s3Headers(requestId);
  if (isHead || error.status === 304) return { status: error.status, headers, body: undefined };
  headers["content-type"] = "application/xml";
  const named = resource === undefined ? "" : `<Resource>${escapeXml(resource)}</Resource>`;
  const ids = `<RequestId>${escapeXml(requestId)}</RequestId><HostId>${escapeXml(hostId(requestId))}</HostId>`;
  return {
    status: error.status,
    headers,
    body: `${xmlHeader}<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${membersOf(error)}${named}${ids}</Error>`,
  };
}

function membersOf(error: AwsError): string {
  return Object.entries(error.members)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join("");
}

function senderOf({ status }: AwsError): string {
  return status < 500 ? "Sender" : "Receiver";
}
