import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { addressPart, waitForAnswers } from "./open-console.fixture.ts";
import { skipConsole } from "./open-browser.fixture.ts";
import { openIntegrity, type OpenIntegrity } from "./open-integrity.fixture.ts";

const brokenHour = "111122223333/eu-central-1/2026-11-19T06";

function grid(page: Page) {
  return page.getByRole("grid", { name: "Integrity by account, region and hour" });
}

function evidence(page: Page) {
  return page.getByRole("region", { name: "Evidence of the hour" });
}

describe("the pages of integrity", { skip: skipConsole }, () => {
  let integrity: OpenIntegrity;
  before(async () => {
    integrity = await openIntegrity("broken");
  });
  after(() => integrity[Symbol.asyncDispose]());

  test("a break is one click from its evidence: the digest, the log file, the sentence, and the events", () =>
    integrity.visit("/", async (page) => {
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Integrity" }).click();
      await page.getByTestId("overview").getByText("1 log file is broken").waitFor();
      await grid(page).getByRole("gridcell", { name: "19 Nov 06:00 to 07:00: broken" }).click();
      await page.waitForURL((url) => url.searchParams.get("cell") === brokenHour);
      const files = evidence(page).getByRole("list", { name: "Log files" }).getByRole("listitem");
      assert.match(await files.first().innerText(), /^Broken[\s\S]*its content is not what was signed/);
      assert.match(await files.nth(1).innerText(), /^Missing/);
      await evidence(page)
        .getByRole("list", { name: "Digests" })
        .getByText("CloudTrail-Digest_eu-central-1_management-events_eu-central-1_20261119T070000Z")
        .first()
        .waitFor();
      await files.first().getByRole("link", { name: "Events" }).click();
      await waitForAnswers(page, "awsRegion:eu-central-1");
      assert.match(addressPart(page, "from") ?? "", /^2026-11-19T05:40/);
      await page.getByText("That is all: 6 events").waitFor();
    }));

  test("the keys go from cell to cell and open an hour, and each cell says in words how it stands", () =>
    integrity.visit("/integrity?range=1d&to=2026-11-20T00", async (page) => {
      await grid(page).focus();
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowDown");
      for (let hour = 0; hour < 6; hour++) await page.keyboard.press("ArrowRight");
      const id = await grid(page).getAttribute("aria-activedescendant");
      const cell = page.locator(`[id="${id ?? ""}"]`);
      assert.match(
        (await cell.getAttribute("aria-label")) ?? "",
        /^19 Nov 06:00 to 07:00: broken; log files: 9 proven/,
      );
      await page.keyboard.press("Enter");
      await evidence(page).getByText("Log files (12)").waitFor();
      assert.equal(addressPart(page, "cell"), brokenHour);
      await evidence(page).getByRole("button", { name: "Hour after" }).click();
      await evidence(page).getByRole("heading", { name: "19 Nov 07:00 to 08:00 UTC" }).waitFor();
      await evidence(page).getByRole("button", { name: "Close the hour" }).click();
      await evidence(page).waitFor({ state: "detached" });
    }));

  test("a gap tells the digests on both sides of it, and only rows with problems can be shown", () =>
    integrity.visit("/integrity", async (page) => {
      await grid(page).getByRole("row").nth(5).waitFor();
      await page.getByLabel(/^Only rows with problems/).check();
      await grid(page).getByRole("row").nth(4).waitFor({ state: "detached" });
      assert.equal(await grid(page).getByRole("row").count(), 4);
      await grid(page).getByRole("gridcell", { name: "18 Nov 10:00 to 11:00: gap" }).click();
      const gaps = evidence(page).getByRole("list", { name: "Gaps" });
      await gaps.getByText("Digest before").waitFor();
      await gaps.getByText(/T120000Z/).waitFor();
      await evidence(page).getByText("nothing that CloudTrail signed speaks for this hour").waitFor();
    }));

  test("a look goes back in time and forth, and stands in the address", () =>
    integrity.visit("/integrity?range=1d", async (page) => {
      assert.equal(await page.getByRole("button", { name: "Later" }).isDisabled(), true);
      await page.getByRole("button", { name: "Earlier" }).click();
      await grid(page).getByRole("gridcell", { name: "19 Nov 06:00 to 07:00: broken" }).waitFor();
      assert.equal(addressPart(page, "to"), "2026-11-19T13");
      await page.getByRole("button", { name: "Later" }).click();
      await page.waitForURL((url) => !url.searchParams.has("to"));
      await page.getByLabel("Region", { exact: true }).selectOption("us-east-1");
      await grid(page).getByRole("row").nth(2).waitFor({ state: "detached" });
      assert.equal(await grid(page).getByRole("row").count(), 2);
    }));

  test("findings say what is wrong and what to do, open ones first, and settled ones on demand", () =>
    integrity.visit("/integrity", async (page) => {
      const open = page.getByRole("region", { name: "Open findings" });
      await open.getByRole("listitem").nth(2).waitFor();
      await open
        .getByRole("listitem")
        .filter({ hasText: "Log file broken" })
        .getByRole("link", { name: /Evidence/ })
        .click();
      await evidence(page).getByText("Log files (12)").waitFor();
      await open.getByRole("link", { name: "What to do" }).click();
      const findings = page.getByRole("list", { name: "Findings" }).getByRole("listitem");
      await findings.getByText(/Keep the bucket as it is/).waitFor();
      assert.equal(await findings.count(), 3);
      await page.getByRole("button", { name: "Settled" }).click();
      await findings.getByText("it is there now").waitFor();
      assert.equal(await findings.count(), 1);
      assert.equal(addressPart(page, "state"), "settled");
    }));

  test("a chain whose digest is overdue stands first", () =>
    integrity.visit("/integrity/chains", async (page) => {
      const chains = page.getByRole("table", { name: "Chains" }).getByRole("row");
      assert.match(await chains.nth(1).innerText(), /us-east-1[\s\S]*Overdue[\s\S]*has not come/);
      assert.match(await chains.nth(2).innerText(), /Unbroken/);
      await page.getByLabel("Account", { exact: true }).selectOption("111122223333");
      await page.getByText("Overdue").waitFor({ state: "detached" });
    }));

  test("a day is said to be complete, or why it is not, in words that can be copied", () =>
    integrity.visit(
      "/integrity/days",
      async (page) => {
        const days = page.getByRole("list", { name: "Statements" }).locator(":scope > li");
        await page.getByText("12 of 14 days complete and proven").waitFor();
        const broken = days.filter({ hasText: "2026-11-19" }).filter({ hasText: "111122223333" });
        await broken.getByText("1 log file is not what was signed (eu-central-1)").waitFor();
        await broken.getByRole("button", { name: /^Copy the statement/ }).click();
        await page.getByText("Copied").waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(copied, /^Account 111122223333, 2026-11-19 .*Not proven.*1 log file is not what was signed/);
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    ));

  test("times are shown in the zone that is chosen, on the axis, in cells and in the evidence", () =>
    integrity.visit(
      `/integrity?range=1d&cell=${brokenHour}&tz=local`,
      async (page) => {
        await grid(page).getByRole("gridcell", { name: "19 Nov 11:30 to 12:30: broken" }).waitFor();
        await evidence(page).getByRole("heading", { name: "19 Nov 11:30 to 12:30 UTC+5:30" }).waitFor();
      },
      { timezoneId: "Asia/Kolkata" },
    ));
});

describe("integrity without anything to show, and with very much", { skip: skipConsole }, () => {
  test("a store without digests says what to do, and nothing that is not so", async () => {
    await using integrity = await openIntegrity("empty");
    await integrity.visit("/integrity", async (page) => {
      await page.getByText("Nothing to judge in this time.").waitFor();
      assert.equal(await grid(page).count(), 0);
      await page.getByRole("link", { name: "Set-up", exact: true }).last().click();
      await page.waitForURL(/\/setup/);
    });
    await integrity.visit("/integrity/findings", async (page) => {
      await page.getByText("Nothing is open").waitFor();
    });
    await integrity.visit("/integrity/days", async (page) => {
      await page.getByText("Nothing can be said").waitFor();
    });
  });

  test("of three hundred rows only those in sight exist, and the keys reach the last", async () => {
    await using integrity = await openIntegrity("many");
    await integrity.visit("/integrity", async (page) => {
      await grid(page).getByRole("row").first().waitFor();
      assert.equal(await grid(page).getAttribute("aria-rowcount"), "300");
      assert.ok((await grid(page).getByRole("row").count()) < 60);
      await grid(page).focus();
      for (let pages = 0; pages < 30; pages++) await page.keyboard.press("PageDown");
      await grid(page).locator('[data-active="true"]').waitFor();
      assert.match((await grid(page).getByRole("row").last().innerText()).trim(), /us-east-1/);
      assert.equal(await grid(page).getByRole("row").last().getAttribute("aria-rowindex"), "300");
    });
  });
});
