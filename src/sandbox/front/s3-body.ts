import { type IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";

import { AwsChunkedDecoder, AwsError, SignedBody, type SignatureRead, type WireRequest } from "../../aws/index.ts";
import { type IdentifiedCaller } from "./identify-caller.ts";

/** The largest object that one request may bring; S3 User Guide, "Uploading objects". */
const objectBytesMax = 5 * 1024 ** 3;

/** What stands for the body in the signature of an S3 request. */
export function s3PayloadHash(
  request: WireRequest,
  signature: SignatureRead,
  query: ReadonlyMap<string, string>,
): string {
  const header = request.headers["x-amz-content-sha256"];
  if (signature.kind === "query") {
    const isSigned = signature.signedHeaders.includes("x-amz-content-sha256");
    return (isSigned ? header : query.get("X-Amz-Content-Sha256")) ?? "UNSIGNED-PAYLOAD";
  }
  if (header === undefined && signature.kind === "header")
    throw new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  return header ?? "UNSIGNED-PAYLOAD";
}

export interface S3Body {
  /** The bytes of the body, verified as they pass. */
  readonly bytes: Readable;
  readonly trailers: ReadonlyMap<string, string> | undefined;
  /** How many bytes there are, as the request says. */
  readonly length: number;
  /** The request as it is without its chunks, for decoding. */
  readonly request: WireRequest;
}

/** Puts the signature's checks, and the taking apart of chunks, between the socket and who reads the body. */
export function openS3Body(
  message: IncomingMessage,
  request: WireRequest,
  payloadHash: string,
  caller: IdentifiedCaller,
): S3Body {
  const chunked = chunkedForm(request, payloadHash);
  const length = bodyLength(request, chunked);
  if (length > objectBytesMax)
    throw new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
      ProposedSize: String(length),
      MaxSizeAllowed: String(objectBytesMax),
    });
  if (chunked === undefined) {
    const bytes = /^[0-9a-f]{64}$/.test(payloadHash) ? through(message, new SignedBody(payloadHash)) : message;
    return { bytes, trailers: undefined, length, request };
  }
  const decoder = new AwsChunkedDecoder({
    decodedBytes: length,
    signing: chunked.isSigned ? caller.signing : undefined,
    trailerNames: chunked.hasTrailer ? trailerNames(request) : [],
  });
  return {
    bytes: through(message, decoder),
    trailers: decoder.trailers,
    length,
    request: withoutChunks(request, length),
  };
}

function through<Stage extends SignedBody | AwsChunkedDecoder>(message: IncomingMessage, stage: Stage): Stage {
  // An error of the socket's side destroys the stage, whose reader is told; there is nobody else to tell.
  pipeline(message, stage, () => undefined);
  return stage;
}

interface ChunkedForm {
  readonly isSigned: boolean;
  readonly hasTrailer: boolean;
}

function chunkedForm(request: WireRequest, payloadHash: string): ChunkedForm | undefined {
  switch (payloadHash) {
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return { isSigned: false, hasTrailer: true };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
      return { isSigned: true, hasTrailer: false };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return { isSigned: true, hasTrailer: true };
    case "UNSIGNED-PAYLOAD":
      return undefined;
  }
  if (/^[0-9a-f]{64}$/.test(payloadHash)) return undefined;
  throw new AwsError(
    "InvalidArgument",
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
  );
}

function bodyLength(request: WireRequest, chunked: ChunkedForm | undefined): number {
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.method !== "DELETE";
  const text = request.headers[chunked === undefined ? "content-length" : "x-amz-decoded-content-length"];
  if (text === undefined && hasBody)
    throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  if (text !== undefined && !/^\d{1,15}$/.test(text)) throw new AwsError("InvalidArgument", "A length is not a number");
  return Number(text ?? 0);
}

function trailerNames(request: WireRequest): readonly string[] {
  const announced = request.headers["x-amz-trailer"] ?? "";
  return announced
    .split(",", 16)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}

function withoutChunks(request: WireRequest, length: number): WireRequest {
  const headers = Object.assign(Object.create(null) as Record<string, string>, request.headers);
  headers["content-length"] = String(length);
  const encodings = (headers["content-encoding"] ?? "")
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "" && encoding.toLowerCase() !== "aws-chunked");
  if (encodings.length > 0) headers["content-encoding"] = encodings.join(",");
  else delete headers["content-encoding"];
  return { ...request, headers };
}
