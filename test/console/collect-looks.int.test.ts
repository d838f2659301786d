import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe } from "node:test";
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

describe("the looks of the pages of collecting", { skip: skipConsole }, () => {
  const stack = new AsyncDisposableStack();
  let consolePage: OpenConsole;
  before(async () => {
    const folder = stack.use(makeTemporaryFolder());
    const drop = join(folder.path, "drop");
    await mkdir(drop);
    await writeFile(join(drop, "a.json"), makeLogFile([makeRecord(1), makeRecord(2)]));
    consolePage = stack.use(await openConsole({}));
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
  after(() => stack.disposeAsync());

  testLooks(pages, { visit: (...visited) => consolePage.visit(...visited) });
});
