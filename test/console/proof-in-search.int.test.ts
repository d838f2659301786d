import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { addressPart } from "./open-console.fixture.ts";
import { skipConsole } from "./open-browser.fixture.ts";
import { openIntegrity, type OpenIntegrity } from "./open-integrity.fixture.ts";

function rows(page: Page) {
  return page.getByRole("grid", { name: "Events" }).getByRole("row");
}

async function openCaseDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /^Case file/ }).click();
  await page.getByRole("dialog", { name: "Case file" }).getByLabel("Title").waitFor();
}

describe("the proof of events in search", { skip: skipConsole }, () => {
  let integrity: OpenIntegrity;
  before(async () => {
    integrity = await openIntegrity("broken");
  });
  after(() => integrity[Symbol.asyncDispose]());

  test("every event has the mark of its log file’s verdict", () =>
    integrity.visit("/", async (page) => {
      await page.getByText("That is all: 12 events").waitFor();
      for (const verdict of ["Proven", "Waiting", "Unproven", "Undeclared", "Missing", "Broken"])
        assert.equal(await rows(page).getByRole("img", { name: verdict, exact: true }).count(), 2, verdict);
    }));

  test("an open event says why, names the digest, and leads to the hour’s evidence", () =>
    integrity.visit("/", async (page) => {
      await rows(page)
        .filter({ has: page.getByRole("img", { name: "Broken" }) })
        .first()
        .click();
      const proof = page.getByRole("region", { name: "Proof", exact: true });
      await proof.getByText("its content is not what was signed").waitFor();
      assert.match(await proof.getByRole("code").innerText(), /CloudTrail-Digest.*20261119T070000Z\.json\.gz$/);
      await proof.getByRole("link", { name: "Evidence of the hour" }).click();
      await page.getByRole("region", { name: "Evidence of the hour" }).getByText("Log files (12)").waitFor();
      assert.equal(addressPart(page, "cell"), "111122223333/eu-central-1/2026-11-19T06");
    }));

  test("events can be filtered by verdict, in the address too, and the filter taken away", () =>
    integrity.visit("/", async (page) => {
      const facet = page.getByRole("region", { name: "Proof of the log file" });
      await facet.getByRole("button", { name: "Broken" }).click();
      await page.waitForURL(/verdict=broken/);
      await rows(page).nth(3).waitFor({ state: "detached" });
      await facet.getByRole("button", { name: "Missing" }).click();
      await page.waitForURL(/verdict=missing%2Cbroken/);
      await page.getByText("That is all: 4 events").waitFor();
      await page.reload();
      await page.getByText("That is all: 4 events").waitFor();
      assert.equal(await facet.getByRole("button", { name: "Missing" }).getAttribute("aria-pressed"), "true");
      await page.getByRole("button", { name: "Remove: Log file missing or broken" }).click();
      await page.getByText("That is all: 12 events").waitFor();
      assert.equal(addressPart(page, "verdict"), null);
    }));

  test("a search for what is not there offers to let go of the verdict", () =>
    integrity.visit("/?verdict=unjudged", async (page) => {
      await page.getByRole("button", { name: "Show events whatever the verdict on their log file" }).click();
      await page.getByText("That is all: 12 events").waitFor();
    }));

  test("a case is asked for with its title, note, query and span, and downloaded", () =>
    integrity.visit(
      "/?query=eventName:GetObject&from=2026-11-19&to=2026-11-20",
      async (page) => {
        await openCaseDialog(page);
        const dialog = page.getByRole("dialog", { name: "Case file" });
        await dialog.getByText("eventName:GetObject").waitFor();
        await dialog.getByLabel("Title").fill("Who read the reports");
        await dialog.getByLabel(/^Note/).fill("For the auditors");
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          dialog.getByRole("button", { name: "Make the case file" }).click(),
        ]);
        assert.match(download.suggestedFilename(), /\.tar\.gz$/);
        assert.equal(gunzipSync(await readFile(await download.path())).toString(), "a case file");
        await dialog.getByText(/^Downloaded: .*bytes/).waitFor();
        const { query, title, note, from, to } = integrity.cases.at(-1) ?? {};
        assert.deepEqual(
          { query, title, note, from },
          {
            query: "eventName:GetObject",
            title: "Who read the reports",
            note: "For the auditors",
            from: Date.UTC(2026, 10, 19),
          },
        );
        assert.ok(to !== undefined && to >= Date.UTC(2026, 10, 20));
      },
      { mayChange: true },
    ));

  test("without the token a case cannot be made, and the dialog says why", () =>
    integrity.visit("/", async (page) => {
      await openCaseDialog(page);
      const dialog = page.getByRole("dialog", { name: "Case file" });
      assert.equal(await dialog.getByRole("button", { name: "Make the case file" }).isDisabled(), true);
      await dialog.getByText("You can look, not change").waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }));
});
