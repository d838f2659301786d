import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

import { type AwsError, readWireRequest, type WireRequest } from "../../aws/index.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import { type Call } from "../service.ts";
import { type Inside, type ServiceCall } from "../world.ts";
import { type Caller } from "../caller.ts";
import { serviceCaller } from "../identity/callers.ts";
import { answerRequest } from "./answer-request.ts";
import { type Authorizer } from "./authorizer.ts";
import { createInside } from "./call-inside.ts";
import { answerControl, isControl } from "./control.ts";
import { type CredentialLookup } from "./credentials.ts";
import { type EndedCall } from "./ended-call.ts";
import { type FrontParts } from "./front-parts.ts";
import { sendAnswer } from "./send-answer.ts";
import { type AnyService, type ExtraService } from "./services.ts";

export interface FrontOptions {
  /** The sandbox's. */
  readonly clock: Clock;
  /** The machine's, at which clients sign. */
  readonly wallClock?: Clock;
  /** The services, or how they are made once it is known where they are reached. */
  readonly services: readonly AnyService[] | ((place: Place) => readonly AnyService[] | Promise<readonly AnyService[]>);
  /** Beyond those that the SDK here has. */
  readonly extras?: readonly ExtraService[];
  readonly credentials: CredentialLookup;
  readonly authorizer: Authorizer;
  /** Told of every call that has an operation, done, failed or denied; awaited before the answer is sent. */
  readonly onCall: (ended: EndedCall) => Promise<void> | void;
  /** 0 for one that is free. */
  readonly port: number;
  /** Without it services call in their own names alone. */
  readonly callerOfService?: (as: ServiceCall) => Caller;
  readonly newRequestId?: () => string;
  readonly sourceIpOf?: (request: WireRequest, socketAddress: string) => string;
  readonly control?: (request: Request) => Promise<Response>;
  /** What stands at a path for anybody to read, such as the certificate of SNS. */
  readonly plainPaths?: (path: string) => PlainPage | undefined;
  readonly beforeAnswer?: (call: Call, input: object) => Promise<AwsError | undefined>;
  /** Told of errors that are our own, which callers only see as an internal failure. */
  readonly onFault?: (error: unknown) => void;
}

export interface PlainPage {
  readonly contentType: string;
  readonly body: string;
}

export interface Place {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly inside: Inside;
}

export interface Front extends Place, AsyncDisposable {
  readonly port: number;
}

/** How long a stop waits for the requests that are under way. */
const stopMilliseconds = 5000;

/** Opens the one endpoint of the made-up AWS, on this machine only. */
export async function startFront(options: FrontOptions): Promise<Front> {
  const services = new Map<string, AnyService>();
  const { extras = [] } = options;
  const parts: FrontParts = {
    clock: options.clock,
    wallClock: options.wallClock ?? systemClock,
    authorizer: options.authorizer,
    credentials: options.credentials,
    onCall: options.onCall,
    findService: (model) => extras.find((extra) => extra.model === model) ?? services.get(model.name),
    findExtra: (signingName) => extras.find((extra) => extra.signingName === signingName),
    callerOfService: options.callerOfService ?? serviceCaller,
    newRequestId: options.newRequestId ?? randomUUID,
    sourceIpOf: options.sourceIpOf ?? ((_, address) => address.replace(/^::ffff:/, "")),
    beforeAnswer: options.beforeAnswer,
    onFault: options.onFault,
  };
  const ready = Promise.withResolvers<void>();
  const underWay = new Set<Promise<void>>();
  const handle = (message: IncomingMessage, response: ServerResponse): void => {
    const serving = ready.promise.then(() => serve(message, response, parts, options, server));
    underWay.add(serving);
    void serving.finally(() => underWay.delete(serving));
  };
  const server = createServer({ headersTimeout: 20_000, requestTimeout: 0, keepAliveTimeout: 65_000 }, handle);
  server.on("checkContinue", handle);
  // Of a connection on which nothing moves: longer than any of AWS's operations waits, and a body may take its time.
  server.timeout = 120_000;
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const place: Place = { url: `http://127.0.0.1:${port}`, inside: createInside(parts) };
  try {
    const made = typeof options.services === "function" ? await options.services(place) : options.services;
    for (const service of made) services.set(service.name, service);
  } catch (error) {
    await stop(server, underWay);
    throw error;
  }
  ready.resolve();
  return { ...place, port, [Symbol.asyncDispose]: () => stop(server, underWay) };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  parts: FrontParts,
  options: FrontOptions,
  server: Server,
): Promise<void> {
  try {
    const request = readWireRequest(message);
    const page = request.method === "GET" ? options.plainPaths?.(request.path) : undefined;
    const answer =
      page !== undefined
        ? { status: 200, headers: { "content-type": page.contentType }, body: page.body }
        : isControl(request)
          ? await answerControl(message, request, options.control)
          : await answerRequest(message, response, request, parts);
    if (!server.listening) response.shouldKeepAlive = false;
    await sendAnswer(message, response, answer);
  } catch (error) {
    options.onFault?.(error);
    response.destroy();
  }
}

/** Afterwards no call is under way: what records them may be closed. */
async function stop(server: Server, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), stopMilliseconds);
  await closed;
  clearTimeout(timer);
  await Promise.all(underWay);
}
