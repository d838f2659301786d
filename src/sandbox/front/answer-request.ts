import { type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";

import {
  AwsError,
  type AwsOperation,
  encodeError,
  encodeResponse,
  isServiceName,
  loadOperations,
  type Parameters,
  type Protocol,
  readParameters,
  readSignature,
  type ServiceModel,
  type SignatureRead,
  unsignedServiceOf,
  type WireRequest,
  type WireResponse,
} from "../../aws/index.ts";
import { type Admitted, admitRequest } from "./admit-request.ts";
import { type Arrival, formOf, goOn, guessProtocol, protocolOf, regionOf } from "./arrival.ts";
import { type EndedCall } from "./ended-call.ts";
import { type FrontParts } from "./front-parts.ts";
import { type PerformedCall, performCall } from "./perform-call.ts";
import { refusalAs } from "./protocol-errors.ts";

/** Answers one request: whose it is, what it asks, whether it may, what comes of it; recorded before it is sent. */
export async function answerRequest(
  message: IncomingMessage,
  response: ServerResponse,
  request: WireRequest,
  front: FrontParts,
): Promise<WireResponse> {
  const requestId = front.newRequestId();
  const known: { protocol: Protocol; model?: ServiceModel | undefined } = { protocol: guessProtocol(request) };
  try {
    const query = readParameters(request.query);
    if (query.some(([name]) => name === "Action") && known.protocol === "restXml") known.protocol = "awsQuery";
    const signature = readSignature(request, query);
    // A form's parameters are not read yet; unsigned forms are found by them later on.
    const form = signature.kind === "header" || signature.kind === "query" ? undefined : await formOf(message, request);
    const parameters = form === undefined ? query : [...query, ...form.parameters];
    const model = (known.model = await findModel(request, signature, parameters, front));
    if (model === undefined) throw refusalAs("unknown-operation", known.protocol);
    const protocol = (known.protocol = protocolOf(model, request));
    const region = regionOf(signature, parameters);
    const arrival = { message, response, request, requestId, query, signature, model, protocol, region };
    const admitted = await admitRequest(arrival, form?.body, front);
    return await perform(arrival, admitted, front);
  } catch (error) {
    const told = asAwsError(error, known.protocol, known.model, front);
    return encodeError(known.protocol, told, {
      requestId,
      service: known.model,
      isHead: request.method === "HEAD",
      resource: request.path,
    });
  }
}

/** Nothing when it is signed for a service that is not here. */
async function findModel(
  request: WireRequest,
  signature: SignatureRead,
  parameters: Parameters,
  front: FrontParts,
): Promise<ServiceModel | undefined> {
  const isSigned = signature.kind === "header" || signature.kind === "query";
  const service = isSigned ? signature.scope.service : unsignedServiceOf(request, parameters);
  const extra = isSigned ? front.findExtra(signature.scope.service) : undefined;
  if (extra !== undefined) return extra.model;
  return service !== undefined && isServiceName(service) ? loadOperations(service) : undefined;
}

async function perform(arrival: Arrival, admitted: Admitted, front: FrontParts): Promise<WireResponse> {
  const { message, request, requestId, signature, model, region } = arrival;
  const { operation } = admitted.named;
  const { caller } = admitted.identified;
  const isSigned = signature.kind === "header" || signature.kind === "query";
  const sourceIp = front.sourceIpOf(request, message.socket.remoteAddress ?? "127.0.0.1");
  const userAgent = request.headers["user-agent"] ?? "";
  const performed = await performCall(
    {
      operation,
      readInput: admitted.readInput,
      caller,
      region,
      requestId,
      sourceIp,
      userAgent,
      body: admitted.body,
      trailers: admitted.trailers,
      signal: untilLeft(arrival.response),
      beforeBody: admitted.body === undefined ? undefined : () => goOn(arrival),
    },
    front,
  );
  const { answer, error } = encodePerformed(arrival, operation, performed, front);
  const ended: EndedCall = {
    operation,
    ...performed,
    output: error === undefined ? performed.output : undefined,
    error,
    caller,
    accountId: caller.accountId,
    region,
    at: front.clock.now(),
    requestId,
    sourceIp,
    userAgent,
    signed: isSigned ? signature.kind : "none",
    invokedBy: undefined,
    bytesIn: admitted.bytesIn(),
    bytesOut: request.method === "HEAD" ? 0 : sizeOf(answer),
  };
  try {
    await front.onCall(ended);
  } catch (cause) {
    // What cannot be recorded is not answered as done.
    if (answer.body instanceof Readable) answer.body.destroy();
    front.onFault?.(cause, undefined);
    return encodeError(operation.protocol, refusalAs("fault", operation.protocol, model.name), {
      requestId,
      service: model,
    });
  }
  return answer;
}

/** Aborted when the connection ends before the answer is sent. */
function untilLeft(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}

function encodePerformed(
  { request, requestId, model }: Arrival,
  operation: AwsOperation,
  { output, error }: PerformedCall,
  front: FrontParts,
): { readonly answer: WireResponse; readonly error: AwsError | undefined } {
  let told = error;
  if (output !== undefined)
    try {
      return { answer: encodeResponse(operation, output, { requestId }), error: undefined };
    } catch (cause) {
      // The service gave something that its operation does not have.
      front.onFault?.(cause, undefined);
      told = refusalAs("fault", operation.protocol, model.name);
    }
  told ??= refusalAs("fault", operation.protocol, model.name);
  const facts = { requestId, service: model, isHead: request.method === "HEAD", resource: request.path };
  return { answer: encodeError(operation.protocol, told, facts), error: told };
}

function sizeOf({ body, headers }: WireResponse): number {
  if (body === undefined) return 0;
  if (typeof body === "string") return Buffer.byteLength(body, "utf8");
  return body instanceof Uint8Array ? body.length : Number(headers["content-length"] ?? 0);
}

function asAwsError(error: unknown, protocol: Protocol, model: ServiceModel | undefined, front: FrontParts): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof URIError || error instanceof RangeError) return refusalAs("bad-request", protocol, model?.name);
  front.onFault?.(error, undefined);
  return refusalAs("fault", protocol, model?.name);
}
