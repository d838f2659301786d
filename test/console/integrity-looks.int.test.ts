import { after, before, describe } from "node:test";
import type { Page } from "playwright-core";
import { testLooks, type LookedAt } from "./looks.fixture.ts";
import { skipConsole } from "./open-browser.fixture.ts";
import { openIntegrity, type OpenIntegrity } from "./open-integrity.fixture.ts";

const nothing = async () => undefined;
const evidence = (page: Page) => page.getByRole("region", { name: "Evidence of the hour" });

const pages: readonly LookedAt[] = [
  ["/integrity", "What is open", (page) => page.getByRole("row").first().waitFor()],
  [
    "/integrity?range=1d&cell=111122223333/eu-central-1/2026-11-19T06",
    "Evidence",
    (page) =>
      evidence(page)
        .getByRole("button", { name: /more proven/ })
        .click(),
  ],
  ["/integrity?cell=111122223333/us-east-1/2026-11-18T11", "Digest before", nothing],
  ["/integrity?account=4", "Nothing was delivered in this time", nothing],
  ["/integrity/findings?state=all", "To do:", nothing],
  ["/integrity/days", "12 of 14 days", nothing],
  ["/integrity/chains", "Overdue", nothing],
];

describe("the looks of the pages of integrity", { skip: skipConsole }, () => {
  let integrity: OpenIntegrity;
  before(async () => {
    integrity = await openIntegrity("broken");
  });
  after(() => integrity[Symbol.asyncDispose]());

  testLooks(pages, { visit: (...visited) => integrity.visit(...visited) });
});
