import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { testLooks, type LookedAt } from "./looks.fixture.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

const nothing = async () => undefined;

const pages: readonly LookedAt[] = [
  ["/collect", "Failing", nothing],
  ["/collect/add", "push", nothing],
  ["/collect/add?kind=queue", "Queue URL", (page) => page.getByRole("button", { name: "Check", exact: true }).click()],
  ["/collect/sources/gone", "Failing", (page) => page.getByRole("button", { name: "Test" }).click()],
  ["/collect/sources/resting", "Paused", (page) => page.getByRole("button", { name: "Remove" }).click()],
  ["/collect/ledger?range=3d", "What is missing", nothing],
  ["/collect/accounts", "Accounts", nothing],
  ["/collect/filters", "Filters", (page) => page.getByLabel("Name").fill("noise")],
  ["/collect/delays", "Delays", nothing],
];

describe("the pages of collecting, without sources and then with some", { skip: skipConsole }, () => {
  const stack = new AsyncDisposableStack();
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = stack.use(await openConsole({}));
  });
  after(() => stack.disposeAsync());

  test("without sources they say how to begin, and that there is nothing yet", async () => {
    await consolePage.visit("/collect", async (page) => {
      for (const title of ["Read your queue or bucket", "Offer a bucket", "Look at a made-up AWS"])
        await page.getByRole("heading", { name: title }).waitFor();
      await page.getByRole("link", { name: "Ledger" }).click();
      await page.getByText("No log files are known of in this time").waitFor();
      await page.getByRole("link", { name: "Accounts" }).click();
      await page.getByText(/^None yet/).waitFor();
      await page.getByRole("link", { name: "Delays" }).click();
      await page.getByText(/^Nothing to measure/).waitFor();
    });
    await consolePage.visit(
      "/collect/sources/nobody",
      async (page) => {
        await page.getByRole("alert").getByText("There is no source nobody").waitFor();
      },
      { expectsRefusal: true },
    );
  });

  test("without a sandbox its page says how to get one, and Search does not offer it", () =>
    consolePage.visit("/sandbox", async (page) => {
      await page.getByRole("heading", { name: "No sandbox here" }).waitFor();
      await page.getByText("npx trailwarden serve --made-up-if-empty").waitFor();
      await page.getByRole("link", { name: /start a new search/ }).click();
      await page.getByRole("searchbox", { name: "Search events" }).waitFor();
      const pages = page.getByRole("navigation", { name: "Pages" });
      await pages.getByRole("link", { name: "Collect" }).waitFor();
      assert.equal(await pages.getByRole("link", { name: "Sandbox" }).count(), 0);
    }));

  // The last of the tests that find no sources: those behind it look at the pages of these.
  test("sources that were added say whether they are online, failing, waiting or paused", async () => {
    const folder = stack.use(makeTemporaryFolder());
    const drop = join(folder.path, "drop");
    await mkdir(drop);
    await writeFile(join(drop, "a.json"), makeLogFile([makeRecord(1), makeRecord(2)]));
    await consolePage.collectFrom(
      [
        { name: "drop", type: "folder", settings: { path: drop } },
        { name: "gone", type: "folder", settings: { path: join(folder.path, "gone") } },
        { name: "post", type: "push", settings: {} },
        { name: "resting", type: "push", settings: {} },
      ],
      "resting",
    );
    await consolePage.visit("/collect", async (page) => {
      for (const word of ["Online", "Failing", "Waiting", "Paused"])
        await page.getByRole("table", { name: "Sources" }).getByText(word, { exact: true }).waitFor();
    });
  });

  testLooks(pages, { visit: (...visited) => consolePage.visit(...visited) });
});
