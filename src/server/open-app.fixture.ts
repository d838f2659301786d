import { join } from "node:path";
import { writeMadeUpFolder } from "../sandbox/index.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { createApp } from "./app.ts";
import { openServices, type Services } from "./services.ts";

/** The app on a data folder of its own that holds made-up events. */
export interface OpenApp extends AsyncDisposable {
  readonly services: Services;
  readonly folder: string;
  readonly token: string;
  readonly app: ReturnType<typeof createApp>;
  readonly failures: unknown[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The JSON of a GET that must succeed. */
  json<T>(path: string): Promise<T>;
}

export const appNow = Date.UTC(2026, 10, 20, 12);
const origin = "http://127.0.0.1";

export async function openApp(options: {
  readonly eventsPerDay: number;
  readonly consoleDirectory?: string;
}): Promise<OpenApp> {
  const folder = makeTemporaryFolder();
  const services = await openServices({ dataDirectory: join(folder.path, "data"), now: () => appNow });
  if (options.eventsPerDay > 0) {
    const logs = join(folder.path, "logs");
    await writeMadeUpFolder(logs, {
      seed: "app",
      now: appNow,
      days: 1,
      eventsPerDay: options.eventsPerDay,
      deliveryMinutes: 240,
    });
    await services.runImport({ paths: [logs], workingDirectory: logs }, () => undefined, new AbortController().signal);
  }
  const token = "a token for tests";
  const failures: unknown[] = [];
  const app = createApp({
    services,
    token,
    hosts: ["127.0.0.1"],
    consoleDirectory: options.consoleDirectory,
    onFailure: (error) => failures.push(error),
  });
  const get: OpenApp["get"] = async (path, headers = {}) => app.fetch(new Request(`${origin}${path}`, { headers }));
  return {
    services,
    folder: folder.path,
    token,
    app,
    failures,
    get,
    async json(path) {
      const response = await get(path);
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
      return response.json() as Promise<never>;
    },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
