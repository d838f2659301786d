import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { textsStandOut } from "./looks.fixture.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

async function openMary(page: Page): Promise<void> {
  await page.getByRole("gridcell", { name: "CreateUser" }).first().click();
  await page.getByTestId("sentence").waitFor();
}

describe("the looks of the Search page", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ madeUp: true });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("every text stands out from its ground in both themes, and nothing sticks out of narrow or wide windows", () =>
    consolePage.visit("/?query=mary%20-user:nobody", async (page) => {
      await openMary(page);
      await textsStandOut(page, "event");
      await page.getByRole("tab", { name: "JSON" }).click();
      await page.getByRole("tree").waitFor();
      await textsStandOut(page, "JSON");
      for (const [width, height] of windows) {
        await page.setViewportSize({ width, height });
        await page.waitForFunction((expected) => document.documentElement.scrollWidth === expected, width);
      }
    }));

  test("on a laptop's screen every usual column is in sight", () =>
    consolePage.visit("/", async (page) => {
      await page.getByRole("gridcell").first().waitFor();
      const last = await page.getByRole("columnheader", { name: "Account" }).boundingBox();
      assert.ok(last !== null && last.x + last.width <= 1280, JSON.stringify(last));
    }));
});

const windows = [
  [390, 844],
  [1280, 800],
  [1920, 1080],
  [2560, 1440],
] as const;
