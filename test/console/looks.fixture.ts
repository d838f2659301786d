import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { faintTexts } from "./faint-texts.fixture.ts";
import { namelessControls } from "./nameless-controls.fixture.ts";
import type { Visit, VisitOptions } from "./open-browser.fixture.ts";

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
const viewport = { width: 1280, height };

/**
 * Registers the tests of how pages look: texts to be read in both themes, in windows of any width, by people and by
 * screen readers. Names and widths are the same in both themes, and are looked at in one.
 */
export function testLooks(pages: readonly LookedAt[], { visit, settle = async () => undefined }: Looks): void {
  test("for one who may change things texts stand out in both themes, nothing sticks out, and controls have names", () =>
    visitAll(visit, pages, { viewport, mayChange: true }, async (page, [address, , act]) => {
      await settle(page);
      assert.deepEqual(await namesMissing(page), [], address);
      await act(page);
      await textsStandOut(page, address);
      for (const width of widths) await nothingSticksOut(page, width, address);
    }));

  test("for one who may only look texts stand out in both themes", () =>
    visitAll(visit, pages, { viewport, mayChange: false }, (page, [address]) => textsStandOut(page, address)));
}

/** Looks at the page in both themes, and leaves it in the light one. */
export async function textsStandOut(page: Page, address: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    assert.deepEqual(await page.evaluate(faintTexts), [], `${address}, ${colorScheme}`);
  }
}

/** One page after the other in the same window, each loaded anew. */
async function visitAll(
  visit: Visit,
  pages: readonly LookedAt[],
  options: VisitOptions & { readonly viewport: { readonly width: number; readonly height: number } },
  look: (page: Page, looked: LookedAt) => Promise<void>,
): Promise<void> {
  const [first] = pages;
  assert.ok(first);
  const lookAtAll = async (page: Page) => {
    for (const looked of pages) {
      const [address, waitsFor] = looked;
      if (looked !== first) {
        await page.setViewportSize(options.viewport);
        await page.goto(new URL(address, page.url()).href);
      }
      await isThere(page, waitsFor);
      await look(page, looked);
    }
  };
  await visit(first[0], lookAtAll, options);
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
