import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface DriveOptions {
  readonly port: number;
  /** Whole HTTP requests, sent one after the other, again and again. */
  readonly requests: readonly Uint8Array[];
  /** How many connections send at the same time. */
  readonly lanes: number;
  /** How long new requests are sent. */
  readonly seconds: number;
  /** Told of each answer; `place` is the request's among `requests`. */
  readonly onAnswer?: (status: number, requestId: string, place: number) => void;
}

export interface Driven {
  readonly answers: number;
  readonly seconds: number;
  /** Connections that the other side ended. */
  readonly broken: number;
}

/** Sends requests as fast as they are answered, with next to no work of its own; ends early when nobody answers. */
export async function driveCalls(options: DriveOptions): Promise<Driven> {
  const began = performance.now();
  const until = began + options.seconds * 1000;
  const tally = { answers: 0, sent: 0, broken: 0 };
  await Promise.all(Array.from({ length: options.lanes }, () => driveLane(options, until, tally)));
  return { answers: tally.answers, broken: tally.broken, seconds: (performance.now() - began) / 1000 };
}

interface Tally {
  answers: number;
  sent: number;
  broken: number;
}

async function driveLane({ port, requests, onAnswer }: DriveOptions, until: number, tally: Tally): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const closed = once(socket, "close").catch(() => undefined);
  socket.on("error", () => undefined);
  let place = 0;
  let received: Buffer = Buffer.alloc(0);
  let isDone = false;
  socket.on("connect", () => next());
  socket.on("data", (bytes: Buffer) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
    const answer = wholeAnswer(received);
    if (answer === undefined) return;
    received = received.subarray(answer.length);
    tally.answers += 1;
    onAnswer?.(answer.status, answer.requestId, place);
    next();
  });
  await closed;
  if (!isDone) tally.broken += 1;

  function next(): void {
    const request = requests[tally.sent % requests.length];
    if (request === undefined || performance.now() >= until) {
      isDone = true;
      return endLane(socket);
    }
    place = tally.sent % requests.length;
    tally.sent += 1;
    socket.write(request);
  }
}

function endLane(socket: Socket): void {
  socket.destroy();
}

const headEnd = Buffer.from("\r\n\r\n");

function wholeAnswer(
  bytes: Buffer,
): { readonly status: number; readonly requestId: string; readonly length: number } | undefined {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = bytes.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const length = end + headEnd.length + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < length) return undefined;
  return { status, length, requestId: /\r\nx-amzn?-request-?id: *([^\r]+)/i.exec(head)?.[1] ?? "" };
}
