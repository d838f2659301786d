import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { faintTexts } from "./faint-texts.fixture.ts";
import { namelessControls } from "./nameless-controls.fixture.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

const nothing = async () => undefined;

/** Each page, and what is done on it before it is looked at. */
const pages: readonly (readonly [address: string, waitsFor: string, act: (page: Page) => Promise<unknown>])[] = [
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

  for (const colorScheme of ["light", "dark"] as const) {
    for (const mayChange of [true, false]) {
      const who = mayChange ? "who may change things" : "who may only look";
      test(`every text stands out from its ground in the ${colorScheme} theme for one ${who}`, async () => {
        for (const [address, waitsFor, act] of pages) {
          await consolePage.visit(
            address,
            async (page) => {
              await page.getByRole("main").getByText(waitsFor).first().waitFor();
              if (mayChange) await act(page);
              assert.deepEqual(await page.evaluate(faintTexts), [], address);
            },
            { colorScheme, mayChange, reducedMotion: "reduce" },
          );
        }
      });
    }
  }

  for (const width of [390, 1280] as const) {
    test(`nothing sticks out of a window ${width} wide`, async () => {
      for (const [address, waitsFor, act] of pages) {
        await consolePage.visit(
          address,
          async (page) => {
            await page.getByRole("main").getByText(waitsFor).first().waitFor();
            await act(page);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), address);
            const main = page.getByRole("main");
            assert.ok(await main.evaluate((element) => element.scrollWidth <= element.clientWidth), address);
          },
          { viewport: { width, height: 860 }, mayChange: true },
        );
      }
    });
  }

  test("every control has a name, and headings and landmarks lead through each page", async () => {
    for (const [address, waitsFor] of pages) {
      await consolePage.visit(address, async (page) => {
        await page.getByRole("main").getByText(waitsFor).first().waitFor();
        assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, address);
        assert.deepEqual(await page.evaluate(namelessControls), [], address);
      });
    }
  });
});
