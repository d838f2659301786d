import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { faintTexts } from "./faint-texts.fixture.ts";
import { namelessControls } from "./nameless-controls.fixture.ts";
import type { Visit } from "./open-browser.fixture.ts";

/** A page, what it waits for, and what is done on it before it is looked at, by who may change things. */
export type LookedAt = readonly [address: string, waitsFor: string, act: (page: Page) => Promise<unknown>];

export interface Looks {
  readonly visit: Visit;
  /** Waits for what comes later than the page, and only to who may change things. */
  readonly settle?: (page: Page) => Promise<void>;
}

/** Unfolds everything that is folded away, from the outside in. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Registers the tests of how pages look: texts to be read, in windows of any width, by people and by screen readers. */
export function testLooks(pages: readonly LookedAt[], { visit, settle = async () => undefined }: Looks): void {
  const isThere = (page: Page, waitsFor: string) => page.getByRole("main").getByText(waitsFor).first().waitFor();

  for (const colorScheme of ["light", "dark"] as const) {
    for (const mayChange of [true, false]) {
      const who = mayChange ? "who may change things" : "who may only look";
      test(`every text stands out from its ground in the ${colorScheme} theme for one ${who}`, async () => {
        for (const [address, waitsFor, act] of pages) {
          const look = async (page: Page) => {
            await isThere(page, waitsFor);
            if (mayChange) {
              await settle(page);
              await act(page);
            }
            assert.deepEqual(await page.evaluate(faintTexts), [], address);
          };
          await visit(address, look, { colorScheme, mayChange, reducedMotion: "reduce" });
        }
      });
    }
  }

  for (const width of [390, 1280] as const) {
    test(`nothing sticks out of a window ${width} wide`, async () => {
      for (const [address, waitsFor, act] of pages) {
        const look = async (page: Page) => {
          await isThere(page, waitsFor);
          await settle(page);
          await act(page);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), address);
          const main = page.getByRole("main");
          assert.ok(await main.evaluate((element) => element.scrollWidth <= element.clientWidth), address);
        };
        await visit(address, look, { viewport: { width, height: 860 }, mayChange: true });
      }
    });
  }

  test("every control has a name, and headings and landmarks lead through each page", async () => {
    for (const [address, waitsFor] of pages) {
      const look = async (page: Page) => {
        await isThere(page, waitsFor);
        await settle(page);
        await unfold(page);
        assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, address);
        assert.deepEqual(await page.evaluate(namelessControls), [], address);
      };
      await visit(address, look, { mayChange: true });
    }
  });
}
