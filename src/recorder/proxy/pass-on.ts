import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline } from "node:stream/promises";

import { headersByName, readWireRequest, type WireRequest } from "../../aws/index.ts";
import { BodyCopy } from "./body-copy.ts";
import { headersToPassOn, pairsOf } from "./headers.ts";
import { HoldEnd } from "./hold-end.ts";

/** Where requests go. */
export interface Upstream {
  readonly url: URL;
  readonly agent: Agent;
}

/** Who looks on while a request passes. */
export interface Onlooker {
  /** How much of the request's body is to be kept aside. */
  readonly requestBytesKept: number;
  /** How much of the answer's body is to be kept aside; asked when its head has come. */
  answerBytesKept(status: number, sent: BodyCopy): number;
  /** The answer is whole, or has broken off; its end waits for this. */
  answered(exchange: Exchange): Promise<void>;
  /** There was no answer. */
  unanswered(): void;
}

/** A request and its answer, as they passed. */
export interface Exchange {
  readonly request: WireRequest;
  readonly sent: BodyCopy;
  readonly status: number;
  /** Of the answer; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly received: BodyCopy;
  /** Whether the client got all of it, as far as that is known here. */
  readonly isWhole: boolean;
}

/** The request that goes on: only what the other side sees is looked at. */
export function requestToPassOn(message: IncomingMessage): { readonly request: WireRequest; readonly raw: string[] } {
  const raw = headersToPassOn(message.rawHeaders);
  const { method, url } = message;
  const request = readWireRequest({ method, url, rawHeaders: raw });
  const { headers } = request;
  // Otherwise Node would announce a body in chunks where there is none at all.
  const lacksLength = headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  if (lacksLength && !["GET", "HEAD", "DELETE", "OPTIONS"].includes(request.method)) raw.push("Content-Length", "0");
  return { request, raw };
}

/** Passes a request on and its answer back, both as they come; resolves when nothing more will become of it. */
export function passOn(
  message: IncomingMessage,
  response: ServerResponse,
  { request, raw }: ReturnType<typeof requestToPassOn>,
  upstream: Upstream,
  onlooker: Onlooker,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const sent = new BodyCopy(onlooker.requestBytesKept);
  let isAnswered = false;
  const passing = send(request, raw, upstream);
  message.on("data", (piece: Buffer) => sent.add(piece));
  message.once("end", () => {
    if (message.rawTrailers.length > 0) passing.addTrailers(pairsOf(message.rawTrailers));
  });
  message.pipe(passing);
  passing.on("continue", () => response.writeContinue());
  passing.once("response", (answer) => {
    isAnswered = true;
    ended.resolve(passBack(answer, message, response, { request, sent }, onlooker));
  });
  passing.on("error", () => {
    message.unpipe(passing);
    message.resume();
    if (isAnswered) return;
    isAnswered = true;
    onlooker.unanswered();
    refuse(response, upstream);
    ended.resolve();
  });
  message.on("error", () => passing.destroy());
  response.once("close", () => {
    // What was asked whole is answered all the same, and recorded.
    if (!isAnswered && !message.complete) passing.destroy();
  });
  return ended.promise;
}

function send({ method, path, query }: WireRequest, raw: string[], { url, agent }: Upstream): ClientRequest {
  const options = {
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? undefined : Number(url.port),
    method,
    path: query === "" ? path : `${path}?${query}`,
    headers: raw,
    setHost: false,
    agent,
    maxHeaderSize: headerBytesMax,
  };
  return url.protocol === "https:" ? requestHttps(options) : requestHttp(options);
}

/** Session tokens of AWS alone have several kilobytes. */
export const headerBytesMax = 64 * 1024;

async function passBack(
  answer: IncomingMessage,
  message: IncomingMessage,
  response: ServerResponse,
  { request, sent }: Pick<Exchange, "request" | "sent">,
  onlooker: Onlooker,
): Promise<void> {
  const status = answer.statusCode ?? 502;
  const headers = headersByName(answer.rawHeaders);
  const received = new BodyCopy(onlooker.answerBytesKept(status, sent));
  let told: Promise<void> | undefined;
  const tell = (isWhole: boolean) =>
    (told ??= onlooker.answered({ request, sent, status, headers, received, isWhole }));
  const length = headers["content-length"];
  const holding = new HoldEnd({
    lengthBytes: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined,
    isLive: headers["content-type"]?.startsWith("application/vnd.amazon.eventstream") === true,
    passed: (piece) => received.add(piece),
    async atEnd() {
      await tell(true);
      if (answer.rawTrailers.length > 0 && response.chunkedEncoding) response.addTrailers(pairsOf(answer.rawTrailers));
    },
  });
  try {
    response.sendDate = false;
    if (!message.complete) response.shouldKeepAlive = false;
    // Nothing is sent yet: Node waits for the first byte of the body, or for the end.
    response.writeHead(status, answer.statusMessage, headersToPassOn(answer.rawHeaders, ["transfer-encoding"]));
    await pipeline(answer, holding, response);
  } catch {
    // Broken off on either side; the call has happened.
    response.destroy();
    await tell(false).catch(() => undefined);
  }
}

function refuse(response: ServerResponse, { url }: Upstream): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.shouldKeepAlive = false;
  response.writeHead(502, { "content-type": "text/plain; charset=utf-8" });
  response.end(`trailwarden record: ${url.origin} does not answer\n`);
}
