import { type Readable } from "node:stream";

import {
  AwsError,
  decodeRequest,
  hasStreamingInput,
  type NamedOperation,
  nameOperation,
  type Parameters,
  type Protocol,
  readParameters,
  type ServiceModel,
  sha256Hex,
  type WireRequest,
} from "../../aws/index.ts";
import { type Arrival, goOn, wholeBody } from "./arrival.ts";
import { type FrontParts } from "./front-parts.ts";
import { type IdentifiedCaller, identifyCaller } from "./identify-caller.ts";
import { refusalAs } from "./protocol-errors.ts";
import { openS3Body, s3PayloadHash } from "./s3-body.ts";

/** Everything that is read of a request before the call is done. */
export interface Admitted {
  readonly named: NamedOperation;
  readonly identified: IdentifiedCaller;
  readonly readInput: () => object;
  readonly body: Readable | undefined;
  readonly trailers: ReadonlyMap<string, string> | undefined;
  readonly bytesIn: () => number;
}

/** Finds out what a request asks and whose it is, and opens its body; throws `AwsError` for what may not go on. */
export async function admitRequest(
  arrival: Arrival,
  read: Uint8Array | undefined,
  front: FrontParts,
): Promise<Admitted> {
  const { message, request, query, signature, model, protocol } = arrival;
  const now = front.wallClock.now();
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
        : await wholeBody(opened.bytes, arrival));
    return { ...bufferedCall(named, opened.request, query, body), identified };
  }
  goOn(arrival);
  const body = read ?? (await wholeBody(message, arrival));
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

function refuseUnknown(protocol: Protocol, model: ServiceModel): never {
  throw refusalAs("unknown-operation", protocol, model.name);
}
