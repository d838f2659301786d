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

const widths = [390, 1280] as const;
const height = 860;

/**
 * Registers the tests of how pages look: texts to be read in both themes, in windows of any width, by people and by
 * screen readers. Pages are opened as seldom as that can be told.
 */
export function testLooks(pages: readonly LookedAt[], { visit, settle = async () => undefined }: Looks): void {
  for (const colorScheme of ["light", "dark"] as const) {
    const options = { colorScheme, reducedMotion: "reduce", viewport: { width: 1280, height } } as const;

    test(`${colorScheme}: for one who may change things texts stand out, nothing sticks out, and controls have names`, async () => {
      for (const [address, waitsFor, act] of pages) {
        const look = async (page: Page) => {
          await isThere(page, waitsFor);
          await settle(page);
          assert.deepEqual(await namesMissing(page), [], address);
          await act(page);
          assert.deepEqual(await page.evaluate(faintTexts), [], address);
          for (const width of widths) await nothingSticksOut(page, width, address);
        };
        await visit(address, look, { ...options, mayChange: true });
      }
    });

    test(`${colorScheme}: for one who may only look texts stand out`, async () => {
      for (const [address, waitsFor] of pages) {
        const look = async (page: Page) => {
          await isThere(page, waitsFor);
          assert.deepEqual(await page.evaluate(faintTexts), [], address);
        };
        await visit(address, look, { ...options, mayChange: false });
      }
    });
  }
}

async function isThere(page: Page, waitsFor: string): Promise<void> {
  await page.getByRole("main").getByText(waitsFor).first().waitFor();
}

async function nothingSticksOut(page: Page, width: number, address: string): Promise<void> {
  await page.setViewportSize({ width, height });
  const isWithin = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(isWithin, `${address}, ${width}`);
  const main = page.getByRole("main");
  assert.ok(await main.evaluate((element) => element.scrollWidth <= element.clientWidth), `${address}, ${width}`);
}

/** What is wrong with names of controls, with headings and landmarks, once everything is unfolded. */
async function namesMissing(page: Page): Promise<readonly string[]> {
  const headings = await page.getByRole("heading", { level: 1 }).count();
  const before = await page.evaluate(() => {
    const folded = [...document.querySelectorAll("details")].filter(({ open }) => !open);
    for (const details of folded) details.dataset["foldedAgain"] = "";
    for (const details of folded) details.open = true;
    return folded.length;
  });
  const nameless = await page.evaluate(namelessControls);
  // As it was: what is done on the page next may unfold it by a click.
  if (before > 0) {
    await page.evaluate(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>("[data-folded-again]")) details.open = false;
    });
  }
  return [...(headings === 1 ? [] : [`${headings} headings of the first level`]), ...nameless];
}
