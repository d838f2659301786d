import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createApp, openServices, type Services } from "../../src/server/index.ts";
import { makeLogFile } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

/** What a webhook got. */
export interface Told {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Everything behind storing, at work on a data folder of its own, and a webhook's receiver that hears of it. */
export interface DetectingPlace extends AsyncDisposable {
  readonly services: Services;
  readonly receiverUrl: string;
  readonly told: readonly Told[];
  /** Stores records as a log file of that name. */
  store(name: string, records: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Asks the API; throws its problem. */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Waits until something holds, looking again and again; rejects when it does not within a minute. */
  until<Found>(look: () => Promise<Found | undefined>): Promise<Found>;
}

const token = "a token for tests";

export async function openDetectingPlace(): Promise<DetectingPlace> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const told: Told[] = [];
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      told.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  stack.defer(() => new Promise<void>((resolve) => void receiver.close(() => resolve())));
  stack.defer(() => receiver.closeAllConnections());
  const dataDirectory = join(folder.path, "data");
  const services = stack.use(await openServices({ dataDirectory, now: () => Date.now() }));
  await services.detecting.start();
  const app = createApp({ services, token, hosts: ["127.0.0.1"], onFailure: () => undefined });
  const place = {
    services,
    receiverUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    told,
    async store(name: string, records: readonly Readonly<Record<string, unknown>>[]) {
      const logs = join(folder.path, "logs", name);
      mkdirSync(logs, { recursive: true });
      writeFileSync(join(logs, `${name}.json.gz`), gzipSync(makeLogFile(records)));
      await services.runImport({ paths: [logs], workingDirectory: logs }, () => undefined, AbortSignal.timeout(60_000));
    },
    async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      const response = await app.fetch(new Request(`http://127.0.0.1/api/v1${path}`, init));
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    async until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
      const end = AbortSignal.timeout(60_000);
      for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        end.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  const open = stack.move();
  return { ...place, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
