import { createSocket } from "node:dgram";
import { connect, isIPv6, type Socket } from "node:net";
import { connect as connectSecure } from "node:tls";

export interface LineSending {
  readonly host: string;
  readonly port: number;
  readonly line: string;
  readonly signal: AbortSignal;
}

/** What every receiver should take (RFC 5424, 6.1). */
const datagramBytesMax = 2_048;

/** One datagram; whether anybody got it, nobody can know. */
export async function sendDatagram({ host, port, line, signal }: LineSending): Promise<string> {
  const socket = createSocket({ type: isIPv6(host) ? "udp6" : "udp4", signal });
  const bytes = cutBytes(Buffer.from(line), datagramBytesMax);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      socket.send(bytes, port, host, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    if (!signal.aborted) socket.close();
  }
  return `Sent ${bytes.length} bytes; UDP has no answer`;
}

/** The line behind its length (RFC 6587, 3.4.1; RFC 5425, 4.3) on a connection of its own. */
export async function sendOverStream(
  sending: LineSending & { readonly isSecure: boolean; readonly ca: string | undefined },
): Promise<string> {
  const { host, port, line, signal, isSecure, ca } = sending;
  const frame = `${Buffer.byteLength(line)} ${line}`;
  const socket = isSecure
    ? connectSecure({ host, port, ...(isIPv6(host) ? {} : { servername: host }), ...(ca === undefined ? {} : { ca }) })
    : connect({ host, port });
  try {
    await handOver(socket, isSecure ? "secureConnect" : "connect", frame, signal);
  } finally {
    socket.destroy();
  }
  return `Taken by ${host}:${port}; syslog has no answer`;
}

/** Done when the other side has closed too: had it refused the line, it would have broken the connection off. */
function handOver(socket: Socket, ready: string, frame: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let isHandedOver = false;
    socket.on("error", reject);
    socket.on("close", () => (isHandedOver ? resolve() : reject(new Error("The connection was closed"))));
    socket.on("finish", () => {
      isHandedOver = true;
      // The other side's end is only seen by who reads.
      socket.resume();
    });
    signal.addEventListener("abort", () => (isHandedOver ? resolve() : reject(signal.reason as Error)), { once: true });
    socket.once(ready, () => socket.end(frame));
  });
}

/** Cuts between characters. */
function cutBytes(bytes: Buffer, max: number): Buffer {
  if (bytes.length <= max) return bytes;
  let end = max;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
