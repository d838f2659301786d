import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** The first is Chromium without the windows around the page: the same page for less processor time. */
const chromiumPath = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);
const builtConsole = fileURLToPath(new URL("../../console/dist/index.html", import.meta.url));

/** Why these tests cannot run here; false where they can. */
export const skipConsole: string | false =
  chromiumPath === undefined
    ? "No Chromium at /usr/bin/chromium-headless-shell or /usr/bin/chromium"
    : existsSync(builtConsole)
      ? false
      : "The console is not built: npm run build";

export interface VisitOptions extends BrowserContextOptions {
  /** The server is expected to refuse something, which the browser notes as an error. */
  readonly expectsRefusal?: boolean;
  /** Opens the address that the server prints on a terminal, with the token that lets the page change things. */
  readonly mayChange?: boolean;
}

/**
 * Opens a page in a browser window that nothing is kept in and hands it to the test; afterwards nothing may have left the
 * page's origin, and the browser may not have complained.
 */
export type Visit = (address: string, test: (page: Page) => Promise<void>, options?: VisitOptions) => Promise<void>;

export interface OpenBrowser extends AsyncDisposable {
  readonly visit: Visit;
}

/**
 * A browser to look at a server's pages with; the token is what its address holds for who may change things. Nothing on
 * its pages moves by itself.
 */
export async function openBrowser(server: { readonly url: string; readonly token: string }): Promise<OpenBrowser> {
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
  /** Windows that stand empty, by what they were opened with: what one has loaded once it has at hand. */
  const idle = new Map<string, Page>();
  return {
    async visit(address, test, { expectsRefusal = false, mayChange = false, ...contextOptions } = {}) {
      const {
        viewport = { width: 1280, height: 800 },
        colorScheme = "light",
        permissions = [],
        ...rest
      } = contextOptions;
      const kind = JSON.stringify(rest);
      const page = idle.get(kind) ?? (await openPage(browser, rest));
      idle.delete(kind);
      let isClean = false;
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      try {
        if (viewport !== null) await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        if (permissions.length > 0) await page.context().grantPermissions(permissions);
        const complain = (text: string) => complaints.push(`${new URL(page.url()).pathname}: ${text}`);
        page.on("pageerror", (error) => complain(error.message));
        page.on("console", (message) => {
          if (message.type() !== "error" && message.type() !== "warning") return;
          if (!(expectsRefusal && message.text().startsWith("Failed to load resource"))) complain(message.text());
        });
        page.on("request", (request) => {
          if (new URL(request.url()).origin !== server.url) elsewhere.push(request.url());
        });
        await page.goto(`${server.url}${address}${mayChange ? `#token=${server.token}` : ""}`);
        await test(page);
        await empty(page, server.url);
        isClean = true;
      } finally {
        if (isClean) idle.set(kind, page);
        else await page.context().close();
      }
      assert.deepEqual({ complaints, elsewhere }, { complaints: [], elsewhere: [] });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  // Long, because a busy machine is no fault of the page; every wait is for a condition.
  page.setDefaultTimeout(30_000);
  return page;
}

/** Leaves the page for a picture of the same server, whose process goes on, and forgets what was kept. */
async function empty(page: Page, url: string): Promise<void> {
  page.removeAllListeners();
  for (const other of page.context().pages()) if (other !== page) await other.close();
  await page.goto(`${url}/favicon.svg`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearPermissions();
}
