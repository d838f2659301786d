import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { serve as listen } from "@hono/node-server";
import { removeServerFile, writeServerFile } from "../config/index.ts";
import type { AddressFiles } from "../detect/index.ts";
import { createApp } from "./app.ts";
import { ServerError } from "./errors.ts";
import { startLiveSandbox, type LiveSandbox } from "./live-sandbox.ts";
import { fillWithMadeUpEvents, leaveOutStageHands } from "./made-up.ts";
import { openServices, type Services } from "./services.ts";

export interface ServeOptions {
  readonly dataDirectory: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Try the next ports when this one is taken. */
  readonly searchPort?: boolean;
  readonly stateUrl?: string | undefined;
  /** Where people elsewhere open the console, for links in what they are told. */
  readonly publicUrl?: string | undefined;
  /** Files of the house's own that tell where addresses are. */
  readonly addressFiles?: AddressFiles | undefined;
  readonly now: () => number;
  /** Made-up events in an empty store, and a made-up AWS beside the server (a process of `program`), whose log files it collects. */
  readonly madeUp?: { readonly program: string; readonly eventsPerDay?: number };
  readonly onFailure: (error: unknown) => void;
}

export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** The address that opens the console with the right to change things: for the eyes of who started the server. */
  readonly consoleUrl: string;
  readonly services: Services;
}

const loopback = "127.0.0.1";
const portsTried = 20;

/** Opens the data folder and answers on loopback until disposed. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  await using stack = new AsyncDisposableStack();
  const services = stack.use(await openServices(options));
  if (options.madeUp !== undefined && (await services.store.range()) === undefined) {
    await fillWithMadeUpEvents(services.store, { ...options, ...options.madeUp });
    await leaveOutStageHands(await services.detecting.openRuleBook());
  }
  const live: { sandbox: LiveSandbox | undefined } = { sandbox: undefined };
  const token = randomBytes(32).toString("base64url");
  const app = createApp({
    services,
    sandbox: async () => live.sandbox?.state(),
    token,
    hosts: [loopback, "localhost", "[::1]"],
    consoleDirectory: builtConsole(),
    onFailure: options.onFailure,
  });
  const server = await listenOn(app.fetch, options.port, options.searchPort ? portsTried : 1);
  stack.defer(() => closeServer(server));
  const url = `http://${loopback}:${(server.address() as AddressInfo).port}`;
  await writeServerFile(options.dataDirectory, { url, token, processId: process.pid });
  stack.defer(() => removeServerFile(options.dataDirectory));
  await services.collector.start();
  await (await services.openSetup()).start();
  await (await services.openVerification()).start();
  await services.detecting.start();
  // Last: the page is there before the made-up AWS is.
  if (options.madeUp !== undefined) {
    const { dataDirectory, madeUp } = options;
    const onTrouble = (what: string) => options.onFailure(what);
    const { program } = madeUp;
    live.sandbox = stack.use(startLiveSandbox({ dataDirectory, program, collector: services.collector, onTrouble }));
    // First to stop: whoever waits at a queue would keep the sandbox waiting in turn.
    stack.defer(() => services.collector.stop());
  }
  const running = stack.move();
  // Behind the #, so that no browser sends it and no server logs it.
  const consoleUrl = `${url}/#token=${token}`;
  return { url, consoleUrl, services, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** The console as `npm run build` leaves it. */
function builtConsole(): string | undefined {
  const directory = fileURLToPath(new URL("../../console/dist", import.meta.url));
  return existsSync(directory) ? directory : undefined;
}

async function listenOn(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  tries: number,
): Promise<Server> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const server = await tryPort(fetch, port === 0 ? 0 : port + attempt);
    if (server) return server;
  }
  throw new ServerError(`Port ${port} is taken`, {
    code: "address-in-use",
    fault: "user",
    help: "Name another one with --port",
  });
}

async function tryPort(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, port, hostname: loopback }, () => resolve(server)) as Server;
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
