import { type IncomingMessage } from "node:http";
import { type Readable } from "node:stream";

/** A request as it came: what is signed, named and decoded. */
export interface WireRequest {
  readonly method: string;
  /** As sent, percent signs and all; without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case; what came several times joined by a comma, as signatures want it. No prototype. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, ready to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | undefined;
}

/** A request as it came over the socket. */
export function readWireRequest({
  method = "GET",
  url = "/",
  rawHeaders,
}: Pick<IncomingMessage, "method" | "url" | "rawHeaders">): WireRequest {
  // A proxy, in the sense of HTTP, is asked for whole addresses.
  const target = url.startsWith("/") ? url : url.replace(/^https?:\/\/[^/?#]*/i, "");
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  return {
    method,
    path: path === "" ? "/" : path,
    query: mark === -1 ? "" : target.slice(mark + 1),
    headers: headersByName(rawHeaders),
  };
}

/** Headers by their names out of names and values by turns, as Node has them. */
export function headersByName(raw: readonly string[]): WireRequest["headers"] {
  const headers = Object.create(null) as Record<string, string>;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? (raw[at + 1] ?? "") : `${before},${raw[at + 1] ?? ""}`;
  }
  return headers;
}
