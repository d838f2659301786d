import { type IncomingMessage } from "node:http";

import { type WireRequest } from "../../aws/index.ts";

/** A request as it came over the socket. */
export function readWireRequest(message: IncomingMessage): WireRequest {
  const url = message.url ?? "/";
  // A proxy is asked for whole addresses.
  const target = url.startsWith("/") ? url : url.replace(/^https?:\/\/[^/?#]*/i, "");
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const headers = Object.create(null) as Record<string, string>;
  const raw = message.rawHeaders;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? (raw[at + 1] ?? "") : `${before},${raw[at + 1] ?? ""}`;
  }
  return {
    method: message.method ?? "GET",
    path: path === "" ? "/" : path,
    query: mark === -1 ? "" : target.slice(mark + 1),
    headers,
  };
}
