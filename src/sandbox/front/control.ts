import { type IncomingMessage } from "node:http";

import { type WireRequest, type WireResponse } from "../../aws/index.ts";
import { readBody } from "./request-body.ts";

/** Paths that are ours and not AWS's; no bucket may be called so. */
const controlPrefix = "/_trailwarden/";

export function isControl({ path }: WireRequest): boolean {
  return path.startsWith(controlPrefix);
}

/** Answers a request of the control API, which has no signature: only programs of this machine may ask. */
export async function answerControl(
  message: IncomingMessage,
  request: WireRequest,
  control: ((request: Request) => Promise<Response>) | undefined,
): Promise<WireResponse> {
  if (control === undefined) return plain(404, "There is no control API here");
  const host = request.headers["host"] ?? "";
  // A page of the web may make a browser ask; it cannot hide that it does.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host))
    return plain(403, "The host is not this machine");
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return plain(403, "Pages of other origins may not ask");
  const body = await readBody(message);
  if (body === undefined) return plain(413, "The request is too large");
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && body.length > 0;
  const answer = await control(
    new Request(`http://${host}${request.path}${request.query === "" ? "" : `?${request.query}`}`, {
      method: request.method,
      headers: Object.entries(request.headers),
      ...(hasBody ? { body: Buffer.from(body) } : {}),
    }),
  );
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: new Uint8Array(await answer.arrayBuffer()),
  };
}

function plain(status: number, text: string): WireResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}
