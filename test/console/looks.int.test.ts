import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
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

  for (const colorScheme of ["light", "dark"] as const) {
    test(`every text stands out from its ground in the ${colorScheme} theme`, () =>
      consolePage.visit(
        "/?query=mary%20-user:nobody",
        async (page) => {
          await openMary(page);
          assert.deepEqual(await page.evaluate(faintTexts), []);
          await page.getByRole("tab", { name: "JSON" }).click();
          await page.getByRole("tree").waitFor();
          assert.deepEqual(await page.evaluate(faintTexts), []);
        },
        { colorScheme, reducedMotion: "reduce" },
      ));
  }

  test("nothing sticks out of the window, be it narrow or wide", () =>
    consolePage.visit("/?query=mary", async (page) => {
      await openMary(page);
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

/** Texts whose contrast with what lies behind them is below 4.5 (WCAG 2.2, 1.4.3). Runs in the page. */
function faintTexts(): string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element: Element | null): string => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0.99) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = new Set<string>();
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "",
    );
    if (!hasText || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const [light = 0, dark = 0] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))].toSorted(
      (a, b) => b - a,
    );
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.add(`${contrast.toFixed(2)} ${(element.textContent ?? "").slice(0, 40)}`);
  }
  return [...faint];
}
