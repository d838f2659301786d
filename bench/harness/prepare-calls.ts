import {
  clientFor,
  type Credentials,
  type InputOf,
  type OperationName,
  type ServiceName,
} from "../../src/aws/index.ts";

/** Where calls go, and whose they are. */
export interface CallTarget {
  readonly url: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** The part of a request that the SDK's clients hand to the network. */
interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * A call as the SDK's client signs it, as the bytes of an HTTP request: sending them costs nearly nothing, and may be
 * done again and again for as long as the signature is valid.
 */
export async function prepareCall<S extends ServiceName, Operation extends OperationName<S>>(
  { url, region, credentials }: CallTarget,
  service: S,
  operation: Operation,
  input: InputOf<S, Operation>,
): Promise<Buffer> {
  let signed: SignedRequest | undefined;
  const requestHandler = {
    handle(request: object): Promise<never> {
      signed = request as SignedRequest;
      return Promise.reject(new Error("It is not to be sent now"));
    },
  };
  await using client = await clientFor(service, { endpoint: url, region, credentials, maxAttempts: 1, requestHandler });
  await client.call(operation, input).catch(() => undefined);
  if (signed === undefined) throw new Error(`${service} ${operation} was not signed`);
  return requestBytes(signed);
}

function requestBytes({ method, path, query = {}, headers, body = "" }: SignedRequest): Buffer {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? "")}`),
  );
  const bytes =
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const target = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  const lines = Object.entries({ ...headers, "content-length": String(bytes.length) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`), bytes]);
}
