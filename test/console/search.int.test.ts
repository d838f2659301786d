import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { textsStandOut } from "./looks.fixture.ts";
import {
  addressPart,
  openConsole,
  readCount,
  searchFor,
  skipConsole,
  waitForAnswers,
  type OpenConsole,
} from "./open-console.fixture.ts";

/** The row of a search that finds the creation of Mary, and nothing else. */
const creationOfMary = "/?query=eventName:CreateUser+requestParameters.userName:Mary";

function rows(page: Page) {
  return page.getByRole("grid", { name: "Events" }).getByRole("row");
}

async function openMary(page: Page): Promise<void> {
  await page.getByRole("gridcell", { name: "CreateUser" }).first().click();
  await page.getByTestId("sentence").waitFor();
}

const windows = [
  [390, 844],
  [1280, 800],
  [1920, 1080],
  [2560, 1440],
] as const;

describe("the Search page", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ madeUp: true });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("tells a newcomer who created Mary, from where and how", () =>
    consolePage.visit("/", async (page) => {
      await searchFor(page, "mary");
      await page.getByRole("gridcell", { name: "CreateUser" }).first().click();
      const sentence = await page.getByTestId("sentence").innerText();
      assert.match(sentence, /hugo/);
      assert.match(sentence, /\bcreated\b.*Mary|Mary.*\bcreated\b/);
      assert.match(sentence, /from 203\.0\.113\.24/);
      assert.match(sentence, /AWS console/);
    }));

  test("takes a facet's value into the search, or leaves it out, at one click each", () =>
    consolePage.visit("/", async (page) => {
      const all = await readCount(page);
      const errors = page.getByRole("region", { name: "Error" });
      await errors.getByRole("button", { name: /^AccessDenied\s*\d/ }).click();
      await page.waitForURL(/query=errorCode/);
      assert.equal(addressPart(page, "query"), "errorCode:AccessDenied");
      const denied = await readCount(page, all);
      assert.ok(denied > 0 && denied < all, `${denied} of ${all}`);

      await errors.getByRole("button", { name: "Without AccessDenied", exact: true }).click({ force: true });
      await page.waitForURL(/query=-errorCode/);
      assert.equal(await readCount(page, denied), all - denied);

      await page.goBack();
      assert.equal(await readCount(page, all - denied), denied);
    }));

  test("shows what is filtered as pieces that can be turned around and taken away", () =>
    consolePage.visit("/?query=eventName:CreateUser+-user:hugo", async (page) => {
      const pieces = page.getByRole("list", { name: "Filters" });
      assert.equal(await pieces.getByRole("listitem").count(), 2);
      await pieces.getByRole("button", { name: "-user:hugo", exact: true }).click();
      await page.getByRole("menuitem", { name: "Only these" }).click();
      await page.waitForURL((url) => url.searchParams.get("query") === "eventName:CreateUser user:hugo");
      await pieces.getByRole("button", { name: "Remove eventName:CreateUser" }).click();
      await page.waitForURL((url) => url.searchParams.get("query") === "user:hugo");
    }));

  test("zooms into the part of the histogram that is dragged over, and out again", () =>
    consolePage.visit("/", async (page) => {
      const all = await readCount(page);
      const plot = page.locator(".u-over");
      const box = await plot.boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width * 0.3, box.y + 30);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + 30, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/from=.*to=/);
      const part = await readCount(page, all);
      assert.ok(part > 0 && part < all, `${part} of ${all}`);
      await page.getByRole("button", { name: "Zoom out" }).click();
      await page.waitForURL((url) => !url.searchParams.has("from"));
      assert.equal(await readCount(page, part), all);
    }));

  test("stands in the address as a whole: pasted elsewhere it is the same page", () =>
    consolePage.visit(`${creationOfMary}&columns=time,who,requestParameters.userName&tz=local`, async (page) => {
      await rows(page).nth(1).click();
      await page.getByRole("tab", { name: "JSON" }).click();
      await page.getByRole("tree").getByText("mfaAuthenticated").waitFor();
      const address = page.url();
      await page.reload();
      await page.getByRole("tree").getByText("mfaAuthenticated").waitFor();
      assert.equal(page.url(), address);
      assert.match(await page.getByRole("searchbox", { name: "Search events" }).innerText(), /CreateUser/);
      const headings = await page.getByRole("columnheader").allInnerTexts();
      assert.deepEqual(
        headings.map((heading) => heading.replace(/\s*×$/, "")),
        ["Time", "Who", "requestParameters.userName"],
      );
      assert.equal(await rows(page).nth(1).getByRole("gridcell").nth(2).innerText(), "Mary");
      assert.ok(await page.getByRole("button", { name: /Show times in UTC/ }).isVisible());
    }));

  test("is worked by keyboard alone", () =>
    consolePage.visit("/", async (page) => {
      await rows(page).nth(3).waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("service:iam");
      await page.keyboard.press("Enter");
      await waitForAnswers(page, "service:iam");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.getByTestId("sentence").waitFor();
      const second = addressPart(page, "event");
      await page.keyboard.press("j");
      await page.waitForURL((url) => url.searchParams.get("event") !== second);
      await page.keyboard.press("k");
      await page.waitForURL((url) => url.searchParams.get("event") === second);
      await page.keyboard.press("Escape");
      await page.getByTestId("sentence").waitFor({ state: "detached" });
      await page.keyboard.press("f");
      await page.waitForURL(/eventName/);
      assert.match(addressPart(page, "query") ?? "", /^service:iam eventName:\w+$/);
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Help" }).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("d");
      await page.getByRole("button", { name: "Last 7 days" }).click();
      await page.waitForURL(/from=now-7d/);
    }));

  test("says what is wrong with a search, and offers what was meant", () =>
    consolePage.visit("/", async (page) => {
      await searchFor(page, "eventnam:CreateUser");
      await page.getByRole("alert").getByText("did you mean eventName").waitFor();
      await page.getByRole("alert").getByRole("button").click();
      await page.waitForURL((url) => url.searchParams.get("query") === "eventName:CreateUser");
    }));

  test("completes fields, and their values with how often each occurs", () =>
    consolePage.visit("/", async (page) => {
      await page.locator(".cm-content").click();
      await page.locator(".cm-content:focus").waitFor();
      await page.keyboard.type("errorCo");
      await page.getByRole("option", { name: /^errorCode/ }).click();
      const value = page.getByRole("option", { name: /^AccessDenied\s*\d+/ });
      await value.waitFor();
      await value.click();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("query") === "errorCode:AccessDenied");
    }));

  test("offers ways out when nothing is found", () =>
    consolePage.visit("/?query=eventName:CreateUser+user:nobody&from=now-90d", async (page) => {
      await page.getByRole("heading", { name: "No event fits this search" }).waitFor();
      await page.getByRole("button", { name: "Leave out user:nobody" }).click();
      await rows(page).nth(1).waitFor();
      assert.equal(addressPart(page, "query"), "eventName:CreateUser");
    }));

  test("follows the system's colours, and a choice of one's own that lasts", () =>
    consolePage.visit(
      "/",
      async (page) => {
        const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const dark = await paper();
        await page.getByRole("button", { name: /light or dark/i }).click();
        await page.getByRole("menuitem", { name: "Light" }).click();
        await page.locator('[data-mantine-color-scheme="light"]').waitFor();
        const light = await paper();
        assert.notEqual(light, dark);
        await page.reload();
        await page.locator('[data-mantine-color-scheme="light"]').waitFor();
        assert.equal(await paper(), light);
      },
      { colorScheme: "dark" },
    ));

  test("takes a range of time as it is written or pasted", () =>
    consolePage.visit("/", async (page) => {
      const all = await readCount(page);
      await page.keyboard.press("d");
      await page.getByLabel("From", { exact: true }).fill("2026-11-19T06:00:00Z");
      await page.getByLabel("To", { exact: true }).fill("2026-11-18 20:00");
      await page.getByRole("alert").getByText("later than").waitFor();
      await page.getByLabel("To", { exact: true }).fill("2026-11-19 12:30");
      await page.getByRole("button", { name: "Search this range" }).click();
      await page.waitForURL((url) => url.searchParams.get("to") === "2026-11-19T12:30:00.000Z");
      const part = await readCount(page, all);
      assert.ok(part > 0 && part < all, `${part} of ${all}`);
    }));

  test("says why when the server refuses a range of time", () =>
    consolePage.visit(
      "/?from=whenever",
      async (page) => {
        await page
          .getByRole("alert")
          .getByText(/whenever/)
          .waitFor();
      },
      { expectsRefusal: true },
    ));

  test("fits a telephone: rows, and an event over the whole width", () =>
    consolePage.visit(
      creationOfMary,
      async (page) => {
        const sentence = page.getByTestId("sentence");
        // What is still loading above pushes the rows down, and a tap lands beside: whoever taps does it again.
        // A tap, for a mouse would bring out the little buttons of the cell, and the next click would land on one.
        for (let tries = 0; tries < 8 && !(await sentence.isVisible()); tries++) {
          await rows(page)
            .nth(1)
            .tap({ timeout: 3_000 })
            .catch(() => undefined);
          await sentence.waitFor({ timeout: 3_000 }).catch(() => undefined);
        }
        await sentence.waitFor();
        const box = await page.getByRole("complementary", { name: "Event", exact: true }).boundingBox();
        assert.equal(box?.width, 390);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true },
    ));

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
