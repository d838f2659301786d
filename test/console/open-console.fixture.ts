import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { AddRequest } from "../../src/collect/index.ts";
import { readSandboxFile, writeMadeUpFolder, type SandboxFile } from "../../src/sandbox/index.ts";
import { startServer } from "../../src/server/index.ts";
import { makeLogFile } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { openBrowser, type Visit } from "./open-browser.fixture.ts";

export { skipConsole } from "./open-browser.fixture.ts";

/** When the server is asked for the time, it is this. */
const serverNow = Date.UTC(2026, 10, 20, 12);

export interface OpenConsole extends AsyncDisposable {
  /** Brings records in while the page may be open. */
  add(records: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  readonly visit: Visit;
  /** Adds sources as a person would, and has one of them paused. */
  collectFrom(sources: readonly AddRequest[], paused?: string): Promise<void>;
  /** The token that lets a page change things. */
  readonly token: string;
  /** Where the sandbox beside the server is, once it runs. */
  sandbox(): Promise<SandboxFile | undefined>;
}

export interface OpenConsoleOptions {
  /** Keeps a made-up AWS beside the server, as `npm start` does, by the machine's own clock. */
  readonly sandbox?: boolean;
  readonly madeUp?: boolean;
  readonly records?: readonly Readonly<Record<string, unknown>>[];
}

/** A server on made-up events and records of the test's own, and a browser to look at them with. */
export async function openConsole(options: OpenConsoleOptions): Promise<OpenConsole> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const dataDirectory = join(folder.path, "data");
  const program = join(import.meta.dirname, "../../src/bin.ts");
  const server = stack.use(
    await startServer({
      dataDirectory,
      port: 0,
      ...(options.sandbox ? { now: Date.now, madeUp: { program, eventsPerDay: 100 } } : { now: () => serverNow }),
      onFailure: (error) => {
        throw error;
      },
    }),
  );
  const logs = join(folder.path, "logs");
  async function importFrom(path: string): Promise<void> {
    const request = { paths: [path], workingDirectory: folder.path };
    await server.services.runImport(request, () => undefined, new AbortController().signal);
  }
  async function add(records: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const path = join(folder.path, "own.json");
    await writeFile(path, makeLogFile(records));
    await importFrom(path);
  }
  if (options.madeUp) {
    const days = { seed: 20, now: serverNow, days: 3, eventsPerDay: 250, deliveryMinutes: 240 };
    await writeMadeUpFolder(logs, days);
    await importFrom(logs);
  }
  if (options.records) await add(options.records);
  const token = new URL(server.consoleUrl).hash.slice("#token=".length);
  const { visit } = stack.use(await openBrowser({ url: server.url, token }));
  const running = stack.move();
  return {
    add,
    async collectFrom(sources, paused) {
      for (const source of sources) await server.services.collector.add(source);
      if (paused !== undefined) await server.services.collector.pause(paused);
    },
    token,
    sandbox: () => readSandboxFile(join(dataDirectory, "sandbox")),
    visit,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The number of events found, once counting is done; another one than before, where a number is given. */
export async function readCount(page: Page, before?: number): Promise<number> {
  const count = page.getByTestId("count");
  const old = before === undefined ? /^$/ : new RegExp(`^${before.toLocaleString("en-US")} `);
  const text = await count.filter({ hasNotText: old }).innerText();
  return Number(text.replace(/\D/g, ""));
}

/** Waits until the rows answer the search that stands in pieces under the search line. */
export async function waitForAnswers(page: Page, piece: string): Promise<void> {
  await page.getByRole("list", { name: "Filters" }).getByText(piece, { exact: true }).waitFor();
  await page.locator('[role="grid"][aria-busy="false"]').waitFor();
}

/** Writes a search over what stands in the search line and runs it. */
export async function searchFor(page: Page, query: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search events" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(query);
  await page.keyboard.press("Enter");
}

/** A part of the page's address. */
export function addressPart(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}
