import { once } from "node:events";
import { Agent, createServer, type RequestListener, type Server } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { setTimeout as pause } from "node:timers/promises";

import { RecorderError } from "../errors.ts";
import { headerBytesMax, type Upstream } from "./pass-on.ts";

/** Reads the address that requests go on to, or refuses it. */
export function openUpstream(text: string): Upstream {
  const url = URL.parse(text);
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  if (url === null || !isHttp || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
    throw new RecorderError("The upstream is not the address of a server", {
      code: "upstream-not-usable",
      fault: "user",
      help: "Write it without a path: --upstream http://127.0.0.1:9000",
    });
  }
  // A connection that has been idle for longer may be closed by the other side just when it is used again.
  const settings = { keepAlive: true, timeout: 1000 };
  return { url, agent: url.protocol === "https:" ? new TlsAgent(settings) : new Agent(settings) };
}

/** Listens on this machine only. */
export async function listen(port: number, take: RequestListener): Promise<Server> {
  const server = createServer(
    { headersTimeout: 20_000, requestTimeout: 0, keepAliveTimeout: 65_000, maxHeaderSize: headerBytesMax },
    take,
  );
  server.on("checkContinue", take).on("checkExpectation", take);
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken) throw error;
    throw new RecorderError(`Port ${port} of this machine is taken`, {
      code: "address-in-use",
      fault: "user",
      help: "Name another with --port, or 0 for one that is free",
      details: { port },
      cause: error,
    });
  }
  return server;
}

/** How long a stop waits for the requests that are under way. */
const stopMilliseconds = 5000;

/** Lets what is under way come to its end, for a while, and closes. */
export async function stop(server: Server, { agent }: Upstream, underway: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  // A client that has left does not keep its call from being recorded.
  await Promise.race([Promise.all(underway), pause(stopMilliseconds, undefined, { ref: false })]);
  server.closeAllConnections();
  agent.destroy();
  await Promise.all(underway);
  await closed;
}
