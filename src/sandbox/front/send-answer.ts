import { type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";

import { type WireResponse } from "../../aws/index.ts";

/** How much of an unread body is thrown away so that the client gets to read the answer, and for how long. */
const drainBytesMax = 256 * 1024 * 1024;
const drainMilliseconds = 5000;

/** Sends an answer; resolves when it is sent or the other side is gone. */
export function sendAnswer(message: IncomingMessage, response: ServerResponse, answer: WireResponse): Promise<void> {
  const { body, headers } = answer;
  if (response.destroyed) {
    if (body instanceof Readable) body.destroy();
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    response.once("close", resolve);
    if (!message.complete) leaveUnread(message, response);
    const isHead = message.method === "HEAD";
    if (body instanceof Readable) {
      response.writeHead(answer.status, headers);
      if (isHead) {
        body.destroy();
        response.end();
      } else pipeline(body, response, () => undefined);
      return;
    }
    const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
    const isWithoutLength = answer.status === 204 || answer.status === 304 || headers["content-length"] !== undefined;
    response.writeHead(
      answer.status,
      isWithoutLength ? headers : { ...headers, "content-length": String(bytes?.length ?? 0) },
    );
    if (isHead || bytes === undefined) response.end();
    else response.end(bytes);
  });
}

/** A body that nobody wants any more: some of it is read and dropped, then the connection ends. */
function leaveUnread(message: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false;
  let left = drainBytesMax;
  message.unpipe();
  message.on("data", (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) message.destroy();
  });
  message.resume();
  const timer = setTimeout(() => message.destroy(), drainMilliseconds);
  timer.unref();
  message.once("close", () => clearTimeout(timer));
}
