import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

import { buildQueryString } from "@smithy/core/protocols";

import { type AwsClient, clientFor } from "../clients/client.ts";
import { type WireRequest, type WireResponse } from "../message.ts";
import { type ServiceName } from "../models.ts";

export interface SentRequest extends WireRequest {
  readonly body: Buffer;
}

export const testKeys = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };

export interface SdkTraffic {
  /** What the SDK's client sends for a call. */
  requestOf(operation: string, input: object): Promise<SentRequest>;
  /** What the SDK's client makes of an answer; rejects as it does for an error. */
  readAnswer(operation: string, input: object, answer: WireResponse): Promise<object>;
}

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Parameters<typeof buildQueryString>[0];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

class Caught extends Error {
  readonly request: SdkRequest;
  constructor(request: SdkRequest) {
    super("caught before it was sent");
    this.request = request;
  }
}

/** The SDK's client of a service, with nothing at the other end. */
export async function sdkTraffic(service: ServiceName): Promise<SdkTraffic> {
  let answer: WireResponse | undefined;
  const client: AwsClient<ServiceName> = await clientFor(service, {
    region: "us-east-1",
    endpoint: "http://127.0.0.1:4566",
    credentials: testKeys,
    maxAttempts: 1,
    requestHandler: {
      handle(request) {
        if (answer === undefined) return Promise.reject(new Caught(request as SdkRequest));
        const { status, headers, body } = answer;
        const bytes = body instanceof Readable ? body : Readable.from(body === undefined ? [] : [Buffer.from(body)]);
        return Promise.resolve({ response: { statusCode: status, headers: { ...headers }, body: bytes } });
      },
    },
  });
  const call = (operation: string, input: object) => client.call(operation as never, input) as Promise<object>;
  return {
    async requestOf(operation, input) {
      answer = undefined;
      try {
        await call(operation, input);
      } catch (error) {
        if (error instanceof Caught) return sentRequest(error.request);
        throw error;
      }
      throw new Error("nothing was sent");
    },
    readAnswer(operation, input, given) {
      answer = given;
      return call(operation, input);
    },
  };
}

async function sentRequest({ method, path, query, headers, body }: SdkRequest): Promise<SentRequest> {
  const lower = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = value;
  return {
    method,
    path,
    query: query === undefined ? "" : buildQueryString(query),
    headers: lower,
    body: await bytesOf(body),
  };
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return buffer(body as Readable);
}
