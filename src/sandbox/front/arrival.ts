import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Readable } from "node:stream";

import {
  type Parameters,
  type Protocol,
  readParameters,
  type ServiceModel,
  type SignatureRead,
  type WireRequest,
} from "../../aws/index.ts";
import { refusalAs } from "./protocol-errors.ts";
import { readBody } from "./request-body.ts";

/** A request on its way: what is known of it so far, so that a refusal has its protocol's shape. */
export interface Arrival {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: WireRequest;
  readonly requestId: string;
  readonly query: Parameters;
  readonly signature: SignatureRead;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly region: string;
}

/** Where a request is served: it is signed for a region; without a signature the thing that it names may tell. */
export function regionOf(signature: SignatureRead, parameters: Parameters): string {
  if (signature.kind === "header" || signature.kind === "query") return signature.scope.region;
  const arn = parameters.find(([, value]) => value.startsWith("arn:"))?.[1];
  const region = arn?.split(":", 4)[3] ?? "";
  return /^[a-z]{2}(?:-[a-z]+){1,3}-\d$/.test(region) ? region : "us-east-1";
}

/** A client that asked whether to go on is told so once its body is worth reading. */
export function goOn({ message, response }: Arrival): void {
  if (message.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
}

/** A body that is read whole, or the refusal of one that is too large. */
export async function wholeBody(stream: Readable, { protocol, model }: Arrival): Promise<Uint8Array> {
  const body = await readBody(stream);
  if (body === undefined) throw refusalAs("too-large", protocol, model.name);
  return body;
}

/** The form of a request that is not signed, which alone says what service it is for. */
export async function formOf(
  message: IncomingMessage,
  request: WireRequest,
): Promise<{ readonly body: Uint8Array; readonly parameters: Parameters } | undefined> {
  if (
    request.method !== "POST" ||
    request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") !== true
  )
    return undefined;
  const body = await readBody(message);
  if (body === undefined) throw refusalAs("too-large", "awsQuery");
  return { body, parameters: readParameters(Buffer.from(body).toString("utf8")) };
}

/** Before the service is known. */
export function guessProtocol(request: WireRequest): Protocol {
  if (request.headers["x-amz-target"] !== undefined) return "awsJson1_1";
  return request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true
    ? "awsQuery"
    : "restXml";
}

/** A service has one protocol, but for SQS, which is also spoken to in its older one. */
export function protocolOf(model: ServiceModel, request: WireRequest): Protocol {
  if (model.older !== undefined && request.headers["x-amz-target"] === undefined) return "awsQuery";
  for (const { protocol } of model.operations.values()) return protocol;
  return "restXml";
}
