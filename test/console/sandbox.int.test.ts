import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { textsStandOut } from "./looks.fixture.ts";
import { addressPart, openConsole, readCount, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

async function waitUntilRunning(page: Page): Promise<void> {
  await page.getByTestId("sandbox-state").getByText("Running").waitFor();
}

function story(page: Page, title: string) {
  return page.getByRole("listitem", { name: title });
}

describe("the Sandbox page", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ sandbox: true });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("is reached from Search, and says where the sandbox is and how tools speak to it", () =>
    consolePage.visit(
      "/",
      async (page) => {
        const banner = page.getByRole("complementary", { name: "Made-up events" });
        await banner.getByRole("link", { name: "Play an attack in the sandbox" }).waitFor();
        await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sandbox" }).click();
        await waitUntilRunning(page);
        const lines = page.getByLabel("Lines to paste");
        const shell = await lines.innerText();
        assert.match(shell, /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
        assert.match(shell, /^export AWS_ACCESS_KEY_ID=AKIA\w+$/m);
        await page.getByLabel("Account").selectOption({ label: "Example Data · 777788889999" });
        assert.notEqual(await lines.innerText(), shell);
        await page.getByRole("button", { name: "Terraform" }).click();
        assert.match(await lines.innerText(), /^provider "aws" \{/);
        await page.getByRole("button", { name: "Copy these lines" }).click();
        await page.getByText("Lines copied").waitFor();
      },
      { permissions: ["clipboard-write"] },
    ));

  test("plays a story, turns each call that matters to seen, and leads to its event", () =>
    consolePage.visit("/sandbox", async (page) => {
      await waitUntilRunning(page);
      const played = story(page, "The root user signs in from afar, without MFA");
      await played.getByRole("button", { name: /^Play/ }).click();
      const first = played.getByRole("listitem").first();
      await first.getByText("happened").or(first.getByText("seen")).waitFor();
      const link = first.getByRole("link", { name: "ConsoleLogin" });
      await link.waitFor();
      assert.ok(await played.getByRole("link", { name: "Everything meanwhile" }).isVisible());
      await link.click();
      assert.match(await page.getByTestId("sentence").innerText(), /root/i);
      assert.equal(await readCount(page), 1);
      assert.match(addressPart(page, "query") ?? "", /^eventID:/);
    }));

  test("puts a fault on with its parameters, and ends it, by keyboard alone", () =>
    consolePage.visit("/sandbox", async (page) => {
      await waitUntilRunning(page);
      await page.getByRole("button", { name: "Late notices" }).focus();
      await page.keyboard.press("Enter");
      const form = page.getByRole("form", { name: "Late notices" });
      await form.getByLabel("Share").fill("25");
      await form.getByLabel("Minutes").fill("5");
      await page.keyboard.press("Enter");
      const on = page.getByRole("list", { name: "Faults that are on" }).getByRole("listitem");
      await on.getByText("share 25 %, 5 minutes").waitFor();
      await on.getByRole("button", { name: "End: Late notices" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("Nothing goes wrong on purpose just now.").waitFor();
    }));

  test("says what the sandbox says against a fault", () =>
    consolePage.visit(
      "/sandbox",
      async (page) => {
        await waitUntilRunning(page);
        await page.getByRole("button", { name: "Removed bucket policy" }).click();
        const form = page.getByRole("form", { name: "Removed bucket policy" });
        const bucket = form.getByLabel("Bucket");
        assert.match(await bucket.inputValue(), /^example-cloudtrail-/);
        await bucket.fill("no-such-bucket");
        await form.getByRole("button", { name: "Put it on" }).click();
        await form.getByRole("alert").getByText("NoSuchBucket").waitFor();
      },
      { expectsRefusal: true },
    ));

  test("pushes the clock forward", () =>
    consolePage.visit("/sandbox", async (page) => {
      await waitUntilRunning(page);
      await page.getByRole("button", { name: "+ 10 minutes" }).click();
      await page
        .getByTestId("sandbox-time")
        .getByText(/ahead of this machine/)
        .waitFor();
    }));

  test("every text stands out from its ground in both themes, and nothing sticks out of narrow or wide windows", () =>
    consolePage.visit("/sandbox", async (page) => {
      await waitUntilRunning(page);
      await page.getByRole("button", { name: "Throttling" }).click();
      await page.getByRole("form", { name: "Throttling" }).waitFor();
      for (const toggle of await page.getByRole("button", { name: /calls matter/ }).all()) await toggle.click();
      await textsStandOut(page, "/sandbox");
      for (const [width, height] of windows) {
        await page.setViewportSize({ width, height });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), String(width));
        const main = page.getByRole("main");
        assert.ok(await main.evaluate((element) => element.scrollWidth <= element.clientWidth), String(width));
      }
    }));
});

const windows = [
  [390, 844],
  [1440, 900],
] as const;
