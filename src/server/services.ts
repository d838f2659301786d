import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { importFiles } from "../collect/index.ts";
import { Search } from "../search/index.ts";
import { EventStore } from "../store/index.ts";
import type { RunImport } from "./api/collect.ts";
import type { Info } from "./api/info.ts";
import { ServerError } from "./errors.ts";
import { madeUpSetting } from "./made-up.ts";
import { printMetrics } from "./metrics.ts";

/** What the API answers from. */
export interface Services extends AsyncDisposable {
  readonly version: string;
  readonly store: EventStore;
  readonly search: Search;
  readonly runImport: RunImport;
  readonly info: () => Promise<Info>;
  readonly metrics: () => Promise<string>;
}

export interface ServicesOptions {
  readonly dataDirectory: string;
  readonly now: () => number;
}

/** Opens everything that lasts in a data folder. Throws `store-in-use` when another process has it. */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const store = await EventStore.open({ directory: options.dataDirectory, now: options.now });
  const version = programVersion();
  let importing: Promise<unknown> | undefined;
  const closing = new AbortController();
  return {
    version,
    store,
    search: new Search(store, options.now),
    async runImport(request, onProgress, signal) {
      if (importing) throw importRunning();
      const stop = AbortSignal.any([signal, closing.signal]);
      const running = importFiles(request, { store, now: options.now, onProgress, signal: stop });
      importing = running;
      try {
        return await running;
      } finally {
        importing = undefined;
      }
    },
    info: async () => ({ version, madeUpNote: await store.setting(madeUpSetting), now: options.now() }),
    metrics: () => printMetrics(store),
    async [Symbol.asyncDispose]() {
      closing.abort(new DOMException("Stopped", "AbortError"));
      await importing?.catch(() => undefined);
      await store[Symbol.asyncDispose]();
    },
  };
}

function importRunning(): ServerError {
  return new ServerError("An import is already running on this data folder", {
    code: "import-running",
    fault: "user",
    help: "Wait until it is done, then start the next",
  });
}

/** Tells whether anything was ever stored in a data folder; makes none. */
export async function holdsEvents(options: ServicesOptions): Promise<boolean> {
  if (!existsSync(join(options.dataDirectory, "events"))) return false;
  await using store = await EventStore.open({ directory: options.dataDirectory, now: options.now });
  return (await store.range()) !== undefined;
}

export function programVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
