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
import { isReadOnlyCall } from "../capture/event-names.ts";
import { type BodyCopy } from "./body-copy.ts";
import { type RequestHead } from "./name-call.ts";
import { type Exchange } from "./pass-on.ts";

export interface InputRead {
  /** By the SDK's names; undefined when nothing of it makes sense. */
  readonly input: object | undefined;
  readonly isWhole: boolean;
}

/** Reads what a call was asked with, as far as it makes sense. */
export function readInput(
  named: NamedOperation,
  { request }: RequestHead,
  parameters: Parameters,
  sent: BodyCopy,
): InputRead {
  const isStream = hasStreamingInput(named.operation);
  const content = isStream ? undefined : sent.content(request.headers["content-encoding"]);
  if (isStream || content !== undefined) {
    try {
      return { input: decodeRequest(named, request, parameters, content), isWhole: true };
    } catch {
      // What stands in the address is worth having although the rest makes no sense.
    }
  }
  if (named.operation.http === undefined) return { input: undefined, isWhole: false };
  try {
    return { input: decodeRequest(named, request, parameters, undefined), isWhole: false };
  } catch {
    return { input: undefined, isWhole: false };
  }
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

export interface Answer {
  readonly status: number;
  readonly headers: Exchange["headers"];
  readonly body: Buffer | undefined;
}

/** An answer as it is decoded: without what was not kept of it. */
export function answerOf({ status, headers, received }: Exchange): Answer {
  return { status, headers, body: received.content(headers["content-encoding"]) };
}

/** Whether the answer is an error, S3's late ones among them. */
export function isFailure(operation: AwsOperation, { status, body }: Answer): boolean {
  if (status >= 300) return true;
  const isLate = operation.service.name === "s3" && answersInBody.has(operation.name);
  return isLate && body !== undefined && /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<Error[\s>]/.test(body.toString("utf8"));
}

/** The error as the service itself would know it. */
export function readError(
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

/** Reads what a record says of the answer, if it says anything; undefined too when that makes no sense. */
export function readOutput(operation: AwsOperation, exchange: Exchange, answer: Answer): object | undefined {
  if (!wantsOutput(operation) || !exchange.isWhole || answer.body === undefined) return undefined;
  try {
    return decodeResponse(operation, answer);
  } catch {
    return undefined;
  }
}

/** The server's own; where it gives none, one that is made here. */
export function requestIdOf({ headers, received }: Exchange): string {
  const said =
    headers["x-amzn-requestid"] ??
    headers["x-amz-request-id"] ??
    /<RequestId>([\w-]{1,128})<\/RequestId>/i.exec(received.bytes().subarray(-4096).toString("latin1"))?.[1];
  return said ?? randomUUID();
}
