import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { faintTexts } from "./faint-texts.fixture.ts";
import { namelessControls } from "./nameless-controls.fixture.ts";
import { skipConsole } from "./open-browser.fixture.ts";
import { openSetup, type OpenSetup } from "./open-setup.fixture.ts";

const nothing = async () => undefined;

/** Unfolds everything that is folded away, from the outside in. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Each page, what it waits for, and what is done on it before it is looked at. */
const pages: readonly (readonly [address: string, waitsFor: string, act: (page: Page) => Promise<unknown>])[] = [
  ["/setup", "3 drifts", nothing],
  [
    "/setup/add",
    "How much it may do",
    async (page) => {
      await unfold(page);
      await page.getByRole("button", { name: "Put it under care" }).click();
    },
  ],
  [
    "/setup/add?added=data",
    "external-id",
    async (page) => {
      await unfold(page);
      await page.getByRole("button", { name: "Look whether it works" }).click();
      await page.getByRole("table", { name: "Rights" }).waitFor();
    },
  ],
  ["/setup/shop", "The way of a log file", unfold],
  ["/setup/security", "The way of a log file", (page) => page.getByRole("button", { name: /^Approve/ }).click()],
  ["/setup/data", "No way is agreed on yet", (page) => page.getByRole("button", { name: "Take it out" }).click()],
  ["/setup/data/plan", "Plan for data", unfold],
  ["/setup/data/plan?by=hand", "Plan for data", nothing],
  ["/setup/security/plan", "Plan for security", nothing],
  ["/setup/shop/cost", "Paid twice", nothing],
  ["/setup/shop/history", "Entry 1:", nothing],
  ["/setup/shop/role", "external-id", nothing],
];

/** Waits until what takes AWS is there, for who may ask it. */
async function waitUntilThere(page: Page, waitsFor: string, mayChange: boolean): Promise<void> {
  await page.getByRole("main").getByText(waitsFor).first().waitFor();
  if (!mayChange) return;
  await page.getByText(/^Looking into the account|^Reading the account/).waitFor({ state: "detached" });
}

describe("the looks of the pages of set-up", { skip: skipConsole }, () => {
  let setup: OpenSetup;
  before(async () => {
    setup = await openSetup();
    setup.failNext();
    // One run has stopped, so that how that looks is looked at too.
    await setup.visit(
      "/setup/shop",
      async (page) => {
        await page.getByRole("button", { name: /^Repair: the trail/ }).click();
        await page.getByRole("button", { name: "Repair: 1 change" }).click();
        await page.getByText(/It stopped at/).waitFor();
      },
      { mayChange: true },
    );
  });
  after(() => setup[Symbol.asyncDispose]());

  for (const colorScheme of ["light", "dark"] as const) {
    for (const mayChange of [true, false]) {
      const who = mayChange ? "who may change things" : "who may only look";
      test(`every text stands out from its ground in the ${colorScheme} theme for one ${who}`, async () => {
        for (const [address, waitsFor, act] of pages) {
          await setup.visit(
            address,
            async (page) => {
              await waitUntilThere(page, waitsFor, mayChange);
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
        await setup.visit(
          address,
          async (page) => {
            await waitUntilThere(page, waitsFor, true);
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
      await setup.visit(
        address,
        async (page) => {
          await waitUntilThere(page, waitsFor, true);
          await unfold(page);
          assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, address);
          assert.deepEqual(await page.evaluate(namelessControls), [], address);
        },
        { mayChange: true },
      );
    }
  });
});
