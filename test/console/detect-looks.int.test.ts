import type { Page } from "playwright-core";
import { testLooks, unfold, type LookedAt } from "./looks.fixture.ts";
import { describeDetect } from "./open-detect.fixture.ts";

const nothing = async () => undefined;

/** Opens a dialog by its button. */
function opened(button: string): (page: Page) => Promise<unknown> {
  return async (page) => {
    await page.getByRole("button", { name: button }).first().click();
    await page.getByRole("dialog").waitFor();
  };
}

const pages: readonly LookedAt[] = [
  ["/incidents?state=all", "INC-12", nothing],
  ["/incidents/INC-12", "What to ask next", unfold],
  ["/incidents/INC-11", "Silent until", opened("Silence…")],
  ["/incidents/INC-10", "window.owned", nothing],
  ["/incidents/silences", "A red team is at work", nothing],
  ["/detect", "CloudTrail is stopped", nothing],
  ["/detect/rules/key-for-another", "What it sees", unfold],
  ["/detect/rules/sigma-odd", "It cannot be run", opened("Leave something out")],
  ["/detect/coverage", "Persistence", nothing],
  ["/detect/searches", "many-denied", nothing],
  ["/detect/threat-lists", "tor-exits", opened("Add a list")],
  ["/notify", "smtp.example.com", opened("Edit mail")],
  ["/notify/routes", "office-hours", opened("Edit office-hours")],
  ["/notify/deliveries", "No connection in 10 s", nothing],
];

describeDetect("the looks of the pages of detecting", {}, (detect) => {
  testLooks(pages, { visit: (...visited) => detect().visit(...visited) });
});
