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

/**
 * Registers the tests of how pages look: texts to be read in both themes, in windows of any width, by people and by
 * screen readers. Names and widths are the same in both themes, and are looked at in one.
 */
export function testLooks(pages: readonly LookedAt[], { visit, settle = async () => undefined }: Looks): void {
  const optionsOf = (colorScheme: "light" | "dark") =>
    ({ colorScheme, reducedMotion: "reduce", viewport: { width: 1280, height } }) as const;

  for (const colorScheme of ["light", "dark"] as const) {
    const isForm = colorScheme === "light";
    const form = isForm ? ", nothing sticks out, and controls have names" : "";

    test(`${colorScheme}: for one who may change things texts stand out${form}`, async () => {
      const options = { ...optionsOf(colorScheme), mayChange: true };
      await visitAll(visit, pages, options, async (page, [address, , act]) => {
        await settle(page);
        if (isForm) assert.deepEqual(await namesMissing(page), [], address);
        await act(page);
        assert.deepEqual(await page.evaluate(faintTexts), [], address);
        if (isForm) for (const width of widths) await nothingSticksOut(page, width, address);
      });
    });

    test(`${colorScheme}: for one who may only look texts stand out`, async () => {
      const options = { ...optionsOf(colorScheme), mayChange: false };
      await visitAll(visit, pages, options, async (page, [address]) => {
        assert.deepEqual(await page.evaluate(faintTexts), [], address);
      });
    });
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
