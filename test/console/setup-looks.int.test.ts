import { after, before, describe } from "node:test";
import type { Page } from "playwright-core";
import { testLooks, unfold, type LookedAt } from "./looks.fixture.ts";
import { skipConsole } from "./open-browser.fixture.ts";
import { openSetup, type OpenSetup } from "./open-setup.fixture.ts";

const nothing = async () => undefined;

const pages: readonly LookedAt[] = [
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

/** Waits until what takes AWS is there. */
async function settle(page: Page): Promise<void> {
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

  testLooks(pages, { visit: (...visited) => setup.visit(...visited), settle });
});
