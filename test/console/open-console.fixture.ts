import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import type { AddRequest } from "../../src/collect/index.ts";
import { readSandboxFile, writeMadeUpFolder, type SandboxFile } from "../../src/sandbox/index.ts";
import { startServer } from "../../src/server/index.ts";
import { makeLogFile } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const builtConsole = fileURLToPath(new URL("../../console/dist/index.html", import.meta.url));

/** Why these tests cannot run here; false where they can. */
export const skipConsole: string | false =
  chromiumPath === undefined
    ? "No Chromium at /usr/bin/chromium"
    : existsSync(builtConsole)
      ? false
      : "The console is not built: npm run build";

/** When the server is asked for the time, it is this. */
const serverNow = Date.UTC(2026, 10, 20, 12);

export interface OpenConsole extends AsyncDisposable {
  /** Brings records in while the page may be open. */
  add(records: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /**
   * Opens the page in a browser window of its own and hands it to the test; afterwards nothing may have left the
   * page's origin, and the browser may not have complained.
   */
  visit(address: string, test: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void>;
  /** Adds sources as a person would, and has one of them paused. */
  collectFrom(sources: readonly AddRequest[], paused?: string): Promise<void>;
  /** The token that lets a page change things. */
  readonly token: string;
  /** Where the sandbox beside the server is, once it runs. */
  sandbox(): Promise<SandboxFile | undefined>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** The server is expected to refuse something, which the browser notes as an error. */
  readonly expectsRefusal?: boolean;
  /** Opens the address that the server prints on a terminal, with the token that lets the page change things. */
  readonly mayChange?: boolean;
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
  const server = stack.use(
    await startServer({
      dataDirectory,
      port: 0,
      ...(options.sandbox
        ? { now: Date.now, madeUp: { program: join(import.meta.dirname, "../../src/bin.ts") } }
        : { now: () => serverNow }),
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
    const days = { seed: 20, now: serverNow, days: 4, eventsPerDay: 600, deliveryMinutes: 240 };
    await writeMadeUpFolder(logs, days);
    await importFrom(logs);
  }
  if (options.records) await add(options.records);
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  stack.defer(() => browser.close());
  const running = stack.move();
  const { hash } = new URL(server.consoleUrl);
  return {
    add,
    async collectFrom(sources, paused) {
      for (const source of sources) await server.services.collector.add(source);
      if (paused !== undefined) await server.services.collector.pause(paused);
    },
    token: hash.slice("#token=".length),
    sandbox: () => readSandboxFile(join(dataDirectory, "sandbox")),
    async visit(address, test, { expectsRefusal = false, mayChange = false, ...contextOptions } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      try {
        const page = await context.newPage();
        // Long, because a busy machine is no fault of the page; every wait is for a condition.
        page.setDefaultTimeout(30_000);
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("console", (message) => {
          if (message.type() !== "error" && message.type() !== "warning") return;
          if (!(expectsRefusal && message.text().startsWith("Failed to load resource")))
            complaints.push(message.text());
        });
        page.on("request", (request) => {
          if (new URL(request.url()).origin !== server.url) elsewhere.push(request.url());
        });
        await page.goto(`${server.url}${address}${mayChange ? hash : ""}`);
        await test(page);
      } finally {
        await context.close();
      }
      assert.deepEqual({ complaints, elsewhere }, { complaints: [], elsewhere: [] });
    },
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
