import { type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";

import {
  AwsError,
  type AwsOperation,
  decodeRequest,
  encodeError,
  encodeResponse,
  hasStreamingInput,
  loadOperations,
  type NamedOperation,
  nameOperation,
  type Parameters,
  type Protocol,
  readParameters,
  readSignature,
  type ServiceModel,
  sha256Hex,
  type SignatureRead,
  type WireRequest,
  type WireResponse,
} from "../../aws/index.ts";
import { type EndedCall } from "./ended-call.ts";
import { findServiceName } from "./find-service.ts";
import { type IdentifiedCaller, identifyCaller } from "./identify-caller.ts";
import { type FrontParts } from "./front-parts.ts";
import { type PerformedCall, performCall } from "./perform-call.ts";
import { refusalAs } from "./protocol-errors.ts";
import { readBody } from "./request-body.ts";
import { openS3Body, s3PayloadHash } from "./s3-body.ts";

/** A request on its way: what is known of it so far, so that a refusal has its protocol's shape. */
interface Arrival {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: WireRequest;
  readonly requestId: string;
  readonly query: Parameters;
  readonly signature: SignatureRead;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
}

/** Everything that is read of a request before the call is done. */
interface Admitted {
  readonly named: NamedOperation;
  readonly identified: IdentifiedCaller;
  readonly readInput: () => object;
  readonly body: Readable | undefined;
  readonly trailers: ReadonlyMap<string, string> | undefined;
  readonly bytesIn: () => number;
}

/** Answers one request: whose it is, what it asks, whether it may, what comes of it; recorded before it is sent. */
export async function answerRequest(
  message: IncomingMessage,
  response: ServerResponse,
  request: WireRequest,
  front: FrontParts,
): Promise<WireResponse> {
  const requestId = front.newRequestId();
  const known: { protocol: Protocol; model?: ServiceModel } = { protocol: guessProtocol(request) };
  try {
    const query = readParameters(request.query);
    if (query.some(([name]) => name === "Action") && known.protocol === "restXml") known.protocol = "awsQuery";
    const signature = readSignature(request, query);
    // A form's parameters are not read yet; unsigned forms are found by them later on, in `admit`.
    const form = signature.kind === "header" || signature.kind === "query" ? undefined : await formOf(message, request);
    const name = findServiceName(request, signature, form === undefined ? query : [...query, ...form.parameters]);
    if (name === undefined) throw refusalAs("unknown-operation", known.protocol);
    const model = (known.model = await loadOperations(name));
    const protocol = (known.protocol = protocolOf(model, request));
    const arrival = { message, response, request, requestId, query, signature, model, protocol };
    const admitted = await admit(arrival, form?.body, front);
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

async function admit(arrival: Arrival, read: Uint8Array | undefined, front: FrontParts): Promise<Admitted> {
  const { message, request, query, signature, model, protocol } = arrival;
  const now = front.clock.now();
  const common = { credentials: front.credentials, now, protocol, service: model.name };
  if (model.name === "s3") {
    if (request.method === "OPTIONS")
      throw new AwsError("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", 403);
    const payloadHash = s3PayloadHash(request, signature, new Map(query));
    const identified = await identifyCaller(request, signature, { ...common, operation: undefined, payloadHash });
    const named = nameOperation(model, request, query) ?? refuseUnknown(protocol, model);
    const opened = openS3Body(message, request, payloadHash, identified);
    if (hasStreamingInput(named.operation))
      return {
        named,
        identified,
        readInput: () => decodeRequest(named, opened.request, query, undefined),
        body: opened.bytes,
        trailers: opened.trailers,
        bytesIn: () => (opened.bytes.readableEnded ? opened.length : 0),
      };
    goOn(arrival);
    const body =
      read ??
      (opened.length === 0 && request.headers["transfer-encoding"] === undefined
        ? noBytes
        : await whole(opened.bytes, arrival));
    return { ...bufferedCall(named, opened.request, query, body), identified };
  }
  goOn(arrival);
  const body = read ?? (await whole(message, arrival));
  const isForm = protocol === "awsQuery" || protocol === "ec2Query";
  const parameters = isForm ? [...query, ...readParameters(Buffer.from(body).toString("utf8"))] : query;
  const named = nameOperation(model, request, parameters);
  const identified = await identifyCaller(request, signature, {
    ...common,
    operation: named?.operation,
    payloadHash: sha256Hex(body),
  });
  return { ...bufferedCall(named ?? refuseUnknown(protocol, model), request, parameters, body), identified };
}

const noBytes = new Uint8Array();

function bufferedCall(
  named: NamedOperation,
  request: WireRequest,
  parameters: Parameters,
  body: Uint8Array,
): Omit<Admitted, "identified"> {
  return {
    named,
    readInput: () => decodeRequest(named, request, parameters, body),
    body: undefined,
    trailers: undefined,
    bytesIn: () => body.length,
  };
}

async function perform(arrival: Arrival, admitted: Admitted, front: FrontParts): Promise<WireResponse> {
  const { message, request, requestId, signature, model } = arrival;
  const { operation } = admitted.named;
  const { caller } = admitted.identified;
  const isSigned = signature.kind === "header" || signature.kind === "query";
  const region = isSigned ? signature.scope.region : "us-east-1";
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
    host: request.headers["host"],
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

/** A client that asked whether to go on is told so once its body is worth reading. */
function goOn({ message, response }: Arrival): void {
  if (message.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
}

async function whole(stream: Readable, { protocol, model }: Arrival): Promise<Uint8Array> {
  const body = await readBody(stream);
  if (body === undefined) throw refusalAs("too-large", protocol, model.name);
  return body;
}

/** The form of a request that is not signed, which alone says what service it is for. */
async function formOf(
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

function guessProtocol(request: WireRequest): Protocol {
  if (request.headers["x-amz-target"] !== undefined) return "awsJson1_1";
  return request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true
    ? "awsQuery"
    : "restXml";
}

/** A service has one protocol, but for SQS, which is also spoken to in its older one. */
function protocolOf(model: ServiceModel, request: WireRequest): Protocol {
  if (model.older !== undefined && request.headers["x-amz-target"] === undefined) return "awsQuery";
  for (const { protocol } of model.operations.values()) return protocol;
  return "restXml";
}

function refuseUnknown(protocol: Protocol, model: ServiceModel): never {
  throw refusalAs("unknown-operation", protocol, model.name);
}

function asAwsError(error: unknown, protocol: Protocol, model: ServiceModel | undefined, front: FrontParts): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof URIError || error instanceof RangeError) return refusalAs("bad-request", protocol, model?.name);
  front.onFault?.(error, undefined);
  return refusalAs("fault", protocol, model?.name);
}
