import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Fetch = (request: Request) => Response | Promise<Response>;

export interface ServedApp extends Disposable {
  readonly url: string;
}

/** Has an app answer on a port of its own. */
export async function serveApp(fetch: Fetch): Promise<ServedApp> {
  const server = createServer((request, response) => void answer(fetch, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Hands a request to the app, and the answer on as it comes. */
async function answer(fetch: Fetch, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/", headers } = request;
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) if (typeof value === "string") given.set(name, value);
  const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
  const answered = await fetch(new Request(`http://127.0.0.1${url}`, { method, headers: given, ...body }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (answered.body !== null) {
    for await (const chunk of answered.body) response.write(chunk);
  }
  response.end();
}
