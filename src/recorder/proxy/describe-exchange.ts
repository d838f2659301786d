import { randomUUID } from "node:crypto";

import {
  type AwsError,
  type AwsOperation,
  decodeError,
  decodeRequest,
  decodeResponse,
  hasStreamingInput,
  type NamedOperation,
  type Parameters,
} from "../../aws/index.ts";
import { type UserIdentity } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";
import { describeCalls } from "../capture/describe-call.ts";
import { type CallNote } from "../capture/ended-call.ts";
import { isDenial } from "../capture/error-codes.ts";
import { isReadOnlyCall } from "../capture/event-names.ts";
import { omitted } from "../capture/limits.ts";
import { type Identities } from "./identities.ts";
import { learnSessions } from "./learn-sessions.ts";
import { type CallName, type RequestHead } from "./name-call.ts";
import { type Exchange } from "./pass-on.ts";
import { s3Note } from "./s3-note.ts";
import { eventSourceOf, isDataOperation } from "./service-names.ts";

/** Where and when an exchange happened, and in whose account where nobody says another. */
export interface Scene {
  readonly identities: Identities;
  readonly accountId: string;
  /** Of requests that are signed for none that AWS could have. */
  readonly region: string;
  readonly sourceIp: string;
  readonly at: number;
}

export interface Described {
  readonly calls: readonly ApiCall[];
  /** What of request or answer could not be read, and is therefore missing in the records. */
  readonly unreadable: number;
}

/** What is known of a call whatever it asks for. */
interface Common {
  readonly at: number;
  readonly accountId: string;
  readonly region: string;
  readonly identity: UserIdentity;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** Makes the calls out of an exchange that its records are made of. */
export function describeExchange(
  head: RequestHead,
  name: Exclude<CallName, { kind: "unnamed" }>,
  exchange: Exchange,
  scene: Scene,
): Described {
  const identity = scene.identities.find(accessKeyOf(head));
  const own = identity.accountId ?? "";
  const common: Common = {
    at: scene.at,
    accountId: /^\d{12}$/.test(own) ? own : scene.accountId,
    region: regionOf(head, scene.region),
    identity,
    sourceIp: scene.sourceIp,
    userAgent: head.request.headers["user-agent"] ?? "",
    requestId: requestIdOf(exchange),
  };
  return name.kind === "known"
    ? describeKnown(head, name.named, name.parameters, exchange, common, scene)
    : { calls: [describeForeign(name, exchange, common)], unreadable: 0 };
}

function describeKnown(
  head: RequestHead,
  named: NamedOperation,
  parameters: Parameters,
  exchange: Exchange,
  common: Common,
  scene: Scene,
): Described {
  const { operation } = named;
  const content = hasStreamingInput(operation)
    ? undefined
    : exchange.sent.content(head.request.headers["content-encoding"]);
  const isRequestMissing = content === undefined && !hasStreamingInput(operation);
  const input = readInput(named, head, parameters, content);
  const answer = { status: exchange.status, headers: exchange.headers, body: answerBody(exchange) };
  const error = isFailure(operation, answer) ? readError(operation, answer) : undefined;
  const output =
    error === undefined && exchange.received.size > 0 ? readOutput(operation, exchange, answer) : undefined;
  if (output !== undefined && input !== undefined)
    learnSessions(operation, { input, output, callerKeyId: accessKeyOf(head), at: common.at }, scene.identities);
  const notes: CallNote[] = [];
  if (input === undefined || isRequestMissing) notes.push({ requestParameters: omitted });
  if (operation.service.name === "s3")
    notes.push(
      s3Note({
        operation,
        input: (input ?? {}) as Readonly<Record<string, unknown>>,
        output: output as Readonly<Record<string, unknown>> | undefined,
        exchange,
        document: content,
        signed: head.signature.kind === "header" || head.signature.kind === "query" ? head.signature.kind : "none",
        accountId: scene.accountId,
        isFailed: error !== undefined,
      }),
    );
  const isAnswerMissing = output === undefined && error === undefined && wantsOutput(operation);
  const calls = describeCalls({
    ...common,
    operation,
    input: input ?? {},
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error: { code: error.code, message: error.message, status: error.status } }),
    notes,
  });
  return { calls, unreadable: Number(input === undefined || isRequestMissing) + Number(isAnswerMissing) };
}

/**
 * A call to a service whose parameters' shapes are not known here. They are left out, those of its answer too: nobody
 * could say which of them are secrets.
 */
function describeForeign(name: CallName & { kind: "foreign" }, exchange: Exchange, common: Common): ApiCall {
  const { service, operation, protocol } = name;
  const answer = { status: exchange.status, headers: exchange.headers, body: answerBody(exchange) };
  const error = exchange.status >= 300 ? decodeError({ protocol }, answer) : undefined;
  const { at, accountId, region, identity, sourceIp, userAgent, requestId } = common;
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

function readInput(
  named: NamedOperation,
  { request }: RequestHead,
  parameters: Parameters,
  content: Buffer | undefined,
): object | undefined {
  for (const body of content === undefined ? [undefined] : [content, undefined]) {
    try {
      return decodeRequest(named, request, parameters, body);
    } catch {
      // What stands in the address is worth having although the body makes no sense.
      if (body === undefined || named.operation.http === undefined) return undefined;
    }
  }
  return undefined;
}

/** Whether the record says something of the answer that its body alone tells. */
export function wantsOutput(operation: AwsOperation): boolean {
  const { service, name, output } = operation;
  if (output.members.length === 0 || output.bindings.payload?.shape.kind === "blob") return false;
  if (service.name === "s3") return answersInBody.has(name);
  return !isReadOnlyCall(service.name, name) || (service.name === "sts" && name.startsWith("AssumeRole"));
}

/** They answer 200 before they know how it ends (S3 API Reference, CopyObject), or tell of each object for itself. */
const answersInBody: ReadonlySet<string> = new Set([
  "CompleteMultipartUpload",
  "CopyObject",
  "DeleteObjects",
  "UploadPartCopy",
]);

interface Answer {
  readonly status: number;
  readonly headers: Exchange["headers"];
  readonly body: Buffer | undefined;
}

function answerBody({ received, headers }: Exchange): Buffer | undefined {
  return received.content(headers["content-encoding"]);
}

function isFailure(operation: AwsOperation, { status, body }: Answer): boolean {
  if (status >= 300) return true;
  const isLate = operation.service.name === "s3" && answersInBody.has(operation.name);
  return isLate && body !== undefined && /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<Error[\s>]/.test(body.toString("utf8"));
}

function readError(
  operation: AwsOperation,
  answer: Answer,
): AwsError | { code: string; message: string; status: number } {
  const error = decodeError(operation, answer);
  const isNotFound = operation.service.name === "s3" && error.code === "NotFound";
  // An answer to HEAD has no body to say it in; S3 itself knows what was not there.
  if (isNotFound && operation.name === "HeadObject")
    return { code: "NoSuchKey", message: "The specified key does not exist.", status: error.status };
  if (isNotFound && operation.name === "HeadBucket")
    return { code: "NoSuchBucket", message: "The specified bucket does not exist", status: error.status };
  return error;
}

function readOutput(operation: AwsOperation, exchange: Exchange, answer: Answer): object | undefined {
  if (!wantsOutput(operation) || !exchange.isWhole || answer.body === undefined) return undefined;
  try {
    return decodeResponse(operation, answer);
  } catch {
    return undefined;
  }
}

/** The key that signed, also where the way of signing is none that can be looked at here. */
function accessKeyOf({ signature, request, query }: RequestHead): string | undefined {
  if (signature.kind === "header" || signature.kind === "query") return signature.scope.accessKeyId;
  const said =
    /^AWS4-[A-Z0-9-]{1,40}\s.{0,500}?Credential=([\w-]{1,128})\//.exec(request.headers["authorization"] ?? "")?.[1] ??
    // Signature version 2, which servers of S3's kind still take.
    /^AWS ([\w-]{1,128}):/.exec(request.headers["authorization"] ?? "")?.[1] ??
    query.find(([name]) => name === "AWSAccessKeyId")?.[1];
  return said !== undefined && /^[\w-]{1,128}$/.test(said) ? said : undefined;
}

function regionOf({ signature }: RequestHead, otherwise: string): string {
  const region = signature.kind === "header" || signature.kind === "query" ? signature.scope.region : otherwise;
  return isRegion(region) ? region : otherwise;
}

/** As regions of AWS are called; servers of other makers are content with any word. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d{1,2}$/.test(text);
}

/** The server's own; where it gives none, one that is made here. */
function requestIdOf({ headers, received }: Exchange): string {
  const said =
    headers["x-amzn-requestid"] ??
    headers["x-amz-request-id"] ??
    /<RequestId>([\w-]{1,128})<\/RequestId>/i.exec(received.bytes().subarray(-4096).toString("latin1"))?.[1];
  return said ?? randomUUID();
}
