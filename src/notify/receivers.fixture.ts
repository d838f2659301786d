import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server as HttpServer,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { createSocket } from "node:dgram";
import { testCertificate, testKey } from "./test-certificate.fixture.ts";

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a receiver behaves: a status with headers, or no answer at all, or no connection. */
export type Manner =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "silent"
  | "broken";

/** An HTTP server on loopback that writes down what it takes. */
export interface HttpReceiver extends AsyncDisposable {
  readonly url: string;
  /** What was answered with a 2xx. */
  readonly taken: Posted[];
  /** Everything that was asked. */
  readonly asked: Posted[];
  manner: Manner;
  /** Resolves when so many requests came. */
  untilAsked(count: number): Promise<void>;
}

export function openHttpReceiver(): Promise<HttpReceiver> {
  return openReceiver((answer) => createHttpServer(answer), "http://127.0.0.1");
}

/** The same behind TLS, with a certificate that nobody trusts. */
export function openSecureReceiver(): Promise<HttpReceiver> {
  return openReceiver(
    (answer) => createHttpsServer({ key: testKey, cert: testCertificate }, answer),
    "https://localhost",
  );
}

async function openReceiver(make: (answer: RequestListener) => HttpServer, origin: string): Promise<HttpReceiver> {
  const waiting = new Set<() => void>();
  const server = make((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const posted = { path: request.url ?? "", headers: request.headers, body };
      receiver.asked.push(posted);
      for (const look of waiting) look();
      const { manner } = receiver;
      if (manner === "silent") return;
      if (manner === "broken") return void request.socket.destroy();
      if (manner.status < 300) receiver.taken.push(posted);
      response.writeHead(manner.status, manner.headers).end(manner.body ?? "ok");
    });
    request.on("error", () => undefined);
  });
  const port = await listen(server);
  const receiver: HttpReceiver = {
    url: `${origin}:${port}`,
    taken: [],
    asked: [],
    manner: { status: 200 },
    untilAsked: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (receiver.asked.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string;
  readonly isSecure: boolean;
  readonly text: string;
}

export interface SmtpReceiver extends AsyncDisposable {
  readonly port: number;
  readonly taken: TakenMail[];
  /** What it says to a message; 250 where not said. */
  verdict: string;
  /** Recipients that it refuses. */
  readonly refused: Set<string>;
}

/** An SMTP server on loopback: EHLO, STARTTLS, AUTH PLAIN, MAIL, RCPT, DATA (RFC 5321). */
export async function openSmtpReceiver(
  options: { readonly tls?: "starttls" | "tls" | "plain"; readonly password?: string } = {},
): Promise<SmtpReceiver> {
  const { tls = "plain", password } = options;
  const secure = { key: testKey, cert: testCertificate };
  const upgrade = createTlsServer(secure, (socket) => converse(socket, true, false));
  const begin = (socket: Socket) => converse(socket, tls === "tls", true);
  const server: Server = tls === "tls" ? createTlsServer(secure, begin) : createTcpServer(begin);
  const port = await listen(server);
  const receiver: SmtpReceiver = {
    ...{ port, taken: [], verdict: "250 2.0.0 taken as 1", refused: new Set() },
    async [Symbol.asyncDispose]() {
      upgrade.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;

  function converse(socket: Socket, isSecure: boolean, greets: boolean): void {
    let [rest, from, user, data] = ["", "", "", undefined as string[] | undefined];
    let to: string[] = [];
    const say = (text: string) => void socket.write(`${text}\r\n`);
    const answer = (line: string): void => {
      if (data !== undefined) {
        if (line !== ".") return void data.push(line.replace(/^\.\./, "."));
        const text = data.join("\n");
        data = undefined;
        if (receiver.verdict.startsWith("2")) receiver.taken.push({ from, to, user, isSecure, text });
        return say(receiver.verdict);
      }
      const [, verb = "", word = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
      if (verb === "EHLO") {
        const more = [tls === "starttls" && !isSecure ? "STARTTLS" : "", password === undefined ? "" : "AUTH PLAIN"];
        const lines = ["receiver", ...more.filter((one) => one !== ""), "8BITMIME"];
        return say(lines.map((one, index) => `250${index === lines.length - 1 ? " " : "-"}${one}`).join("\r\n"));
      }
      if (verb === "STARTTLS") {
        say("220 go on");
        socket.removeAllListeners("data");
        return void upgrade.emit("connection", socket);
      }
      if (verb === "AUTH") {
        const [, name = "", given = ""] = Buffer.from(word.replace("PLAIN ", ""), "base64").toString().split("\0");
        user = name;
        return say(given === password ? "235 welcome" : "535 5.7.8 not you");
      }
      if (verb === "MAIL") {
        [from, to] = [between(word), []];
        return say("250 ok");
      }
      if (verb === "RCPT") {
        if (receiver.refused.has(between(word))) return say("550 5.1.1 nobody");
        to.push(between(word));
        return say("250 ok");
      }
      if (verb === "DATA") {
        data = [];
        return say("354 go on");
      }
      if (verb === "QUIT") return void socket.end("221 bye\r\n");
      say("250 ok");
    };
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString("utf8")).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) answer(line);
    });
    if (greets) say("220 receiver ESMTP");
  }
}

function between(word: string): string {
  return /<([^>]*)>/.exec(word)?.[1] ?? "";
}

export interface LineReceiver extends AsyncDisposable {
  readonly port: number;
  /** What came, by connection or datagram. */
  readonly came: string[];
  untilCame(count: number): Promise<void>;
}

/** A log server on loopback that keeps what it gets as it came. */
export async function openLineReceiver(transport: "udp" | "tcp" | "tls"): Promise<LineReceiver> {
  const came: string[] = [];
  const waiting = new Set<() => void>();
  const take = (text: string) => {
    came.push(text);
    for (const look of waiting) look();
  };
  const untilCame = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (came.length >= count) resolve();
      };
      waiting.add(look);
      look();
    });
  if (transport === "udp") {
    const socket = createSocket("udp4").on("message", (bytes) => take(bytes.toString("utf8")));
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const close = () => new Promise<void>((resolve) => socket.close(() => resolve()));
    return { port: socket.address().port, came, untilCame, [Symbol.asyncDispose]: close };
  }
  const begin = (socket: Socket) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => take(Buffer.concat(chunks).toString("utf8")));
    socket.on("error", () => undefined);
  };
  const server =
    transport === "tls" ? createTlsServer({ key: testKey, cert: testCertificate }, begin) : createTcpServer(begin);
  const port = await listen(server);
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port, came, untilCame, [Symbol.asyncDispose]: close };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
