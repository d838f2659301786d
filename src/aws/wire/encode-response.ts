import { type Readable } from "node:stream";

import { type WireResponse } from "../message.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { type Member } from "../operations/shape.ts";
import { writeHeaders } from "./header-values.ts";
import { toJson } from "./json-value.ts";
import { escapeXml, writeXmlMembers, xmlHeader } from "./xml-write.ts";

type Value = Readonly<Record<string, unknown>>;

export interface AnswerFacts {
  readonly requestId: string;
}

/** Makes the answer out of an operation's output, in the operation's protocol. */
export function encodeResponse(operation: AwsOperation, output: object, { requestId }: AnswerFacts): WireResponse {
  switch (operation.protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return {
        status: 200,
        headers: {
          "content-type": `application/x-amz-json-${operation.protocol === "awsJson1_0" ? "1.0" : "1.1"}`,
          "x-amzn-requestid": requestId,
        },
        body: operation.output.name === "Unit" ? "" : JSON.stringify(toJson(operation.output.members, output, false)),
      };
    case "awsQuery":
      return inXml(200, requestId, queryAnswer(operation, output, requestId));
    case "ec2Query":
      return inXml(200, requestId, ec2Answer(operation, output, requestId));
    case "restXml":
    case "restJson1":
      return restAnswer(operation, output as Value, requestId);
  }
}

function inXml(status: number, requestId: string, body: string): WireResponse {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}

function queryAnswer({ service, name, output: shape }: AwsOperation, output: object, requestId: string): string {
  const result =
    shape.name === "Unit" ? "" : `<${name}Result>${writeXmlMembers(shape.members, output)}</${name}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
  return `<${name}Response xmlns="${escapeXml(service.xmlNamespace)}">${result}${metadata}</${name}Response>`;
}

function ec2Answer({ service, name, output: shape }: AwsOperation, output: object, requestId: string): string {
  // Operations that return nothing say `true`; EC2 API Reference, "Common … responses".
  const members = shape.name === "Unit" ? "<return>true</return>" : writeXmlMembers(shape.members, output);
  const namespace = `${service.xmlNamespace.replace(/\/$/, "")}/`;
  return `${xmlHeader}<${name}Response xmlns="${escapeXml(namespace)}"><requestId>${escapeXml(requestId)}</requestId>${members}</${name}Response>`;
}

function restAnswer(operation: AwsOperation, output: Value, requestId: string): WireResponse {
  const { bindings } = operation.output;
  const isS3 = operation.service.name === "s3";
  const headers: Record<string, string> = isS3 ? s3Headers(requestId) : { "x-amzn-requestid": requestId };
  const body = restBody(operation, output, headers);
  writeHeaders(bindings, output, headers);
  return { status: restStatus(operation, output), headers, body };
}

function restStatus(operation: AwsOperation, output: Value): number {
  const { statusCode } = operation.output.bindings;
  const said = statusCode === undefined ? undefined : output[statusCode.name];
  if (typeof said === "number") return said;
  if (operation.name === "GetObject" && output["ContentRange"] !== undefined) return 206;
  return operation.http?.status ?? 200;
}

/** Every answer of S3 has both; API Reference, "Common response headers". */
export function s3Headers(requestId: string): Record<string, string> {
  return { "x-amz-request-id": requestId, "x-amz-id-2": hostId(requestId) };
}

/** S3's second identifier of a request, which says nothing to anyone but AWS; here it follows from the first. */
export function hostId(requestId: string): string {
  return Buffer.from(`trailwarden/${requestId}/${requestId}`, "utf8").toString("base64");
}

function restBody(operation: AwsOperation, output: Value, headers: Record<string, string>): WireResponse["body"] {
  const { payload, body: members } = operation.output.bindings;
  const isXml = operation.protocol === "restXml";
  if (payload !== undefined) return payloadBody(operation, payload, output[payload.name], headers);
  if (!isXml) {
    headers["content-type"] = "application/json";
    return JSON.stringify(toJson(members, output, true));
  }
  if (members.length === 0) return undefined;
  headers["content-type"] = "application/xml";
  if (operation.name === "GetBucketLocation") return locationBody(operation, output["LocationConstraint"]);
  return rootElement(operation, operation.output.xmlName ?? operation.output.name, writeXmlMembers(members, output));
}

/** The one answer of S3 whose root element is the value itself; API Reference, GetBucketLocation. */
function locationBody(operation: AwsOperation, location: unknown): string {
  return rootElement(operation, "LocationConstraint", typeof location === "string" ? escapeXml(location) : "");
}

function payloadBody(
  operation: AwsOperation,
  payload: Member,
  value: unknown,
  headers: Record<string, string>,
): WireResponse["body"] {
  const { shape } = payload;
  if (shape.kind !== "structure") {
    if (value === undefined || value === null) return undefined;
    if (shape.kind === "string")
      headers["content-type"] = operation.name === "GetBucketPolicy" ? "application/json" : "text/plain";
    else headers["content-type"] = "binary/octet-stream";
    return value as string | Uint8Array | Readable;
  }
  if (operation.protocol === "restXml") {
    headers["content-type"] = "application/xml";
    const name = payload.xmlName ?? shape.xmlName ?? shape.name;
    // Clients take an answer of CopyObject without a document for one that broke off.
    return rootElement(operation, name, writeXmlMembers(shape.members, value ?? {}));
  }
  headers["content-type"] = "application/json";
  return JSON.stringify(toJson(shape.members, value ?? {}, true));
}

function rootElement(operation: AwsOperation, name: string, content: string): string {
  return `${xmlHeader}<${name} xmlns="${escapeXml(operation.service.xmlNamespace)}">${content}</${name}>`;
}
