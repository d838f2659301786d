import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skipConsole } from "./open-browser.fixture.ts";
import { openSetup, type OpenSetup } from "./open-setup.fixture.ts";

const change = { mayChange: true };

describe("the pages of set-up", { skip: skipConsole }, () => {
  let setup: OpenSetup;
  before(async () => {
    setup = await openSetup();
  });
  after(() => setup[Symbol.asyncDispose]());

  test("the list says how each account stands, and leads to it", () =>
    setup.visit(
      "/",
      async (page) => {
        await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Set-up" }).click();
        const table = page.getByRole("table", { name: "Accounts under care" });
        await table.getByRole("row", { name: /^shop/ }).getByText("3 drifts").waitFor();
        await table
          .getByRole("row", { name: /^staging/ })
          .getByText("In order")
          .waitFor();
        await table.getByRole("row", { name: /^data/ }).getByText("Not looked at").waitFor();
        await table.getByRole("link", { name: "shop", exact: true }).click();
        await page.waitForURL(/\/setup\/shop$/);
        await page.getByRole("heading", { level: 1, name: "shop" }).waitFor();
      },
      { expectsRefusal: true },
    ));

  test("each station of the way says in words how it is, and what the trail says of its deliveries", () =>
    setup.visit(
      "/setup/shop",
      async (page) => {
        const stations = page.getByRole("list", { name: "The way of a log file" }).getByRole("listitem");
        for (const [index, [title, state]] of [
          ["Trail", "Changed"],
          ["Bucket", "Changed"],
          ["Topic", "As agreed"],
          ["Queue", "As agreed"],
        ].entries()) {
          await stations
            .nth(index)
            .getByText(title ?? "", { exact: true })
            .waitFor();
          await stations
            .nth(index)
            .getByText(state ?? "", { exact: true })
            .waitFor();
        }
        await stations.nth(1).getByText("AWS says: AccessDenied").waitFor();
        await page.getByText("Logging was last stopped").waitFor();
      },
      change,
    ));

  test("a station that cannot be read is not said to be missing", () =>
    setup.visit(
      "/setup/security",
      async (page) => {
        const stations = page.getByRole("list", { name: "The way of a log file" }).getByRole("listitem");
        await stations.nth(1).getByText("Not readable").waitFor();
        await stations.nth(2).getByText("Not there").waitFor();
        await page.getByRole("list", { name: "Not readable" }).getByText("AccessDenied").waitFor();
      },
      change,
    ));

  test("a drift names its loss and who did it, whose words do nothing, and leads to the event", () =>
    setup.visit(
      "/setup/shop",
      async (page) => {
        const drift = page
          .getByRole("list", { name: "Drifts" })
          .getByRole("listitem")
          .filter({ hasText: "PutBucketPolicy" });
        await drift.getByText("Log files are not delivered.").first().waitFor();
        await drift.getByText("Terraform made this change").first().waitFor();
        await drift.getByText("<img src=x onerror=window.owned=1>").first().waitFor();
        await drift.getByText("RLO", { exact: true }).waitFor();
        assert.equal(await page.locator("#root img, [onerror]").count(), 0);
        assert.equal(await page.evaluate(() => Reflect.get(window, "owned")), undefined);
        const address = (await drift.getByRole("link", { name: "PutBucketPolicy" }).getAttribute("href")) ?? "";
        const query = new URL(address, page.url()).searchParams;
        assert.deepEqual(
          [query.get("query"), query.get("event")],
          ["eventID:0f3d7c12-6a47-4d5e-9a0e-5b8f2b1c7d11", "0f3d7c12-6a47-4d5e-9a0e-5b8f2b1c7d11"],
        );
      },
      change,
    ));

  test("a policy's change is shown line by line, and what stays can be unfolded", () =>
    setup.visit(
      "/setup/shop",
      async (page) => {
        const drift = page.getByRole("list", { name: "Drifts" }).locator("> li").nth(1);
        await drift.getByText("What puts it right: 1 change").click();
        await drift.getByText("Before and after").click();
        const lines = drift.getByRole("group", { name: "bucket-policy: before and after" });
        assert.match(
          await lines
            .locator("ins")
            .allInnerTexts()
            .then((all) => all.join("\n")),
          /TrailwardenWrite/,
        );
        assert.equal(await lines.locator("del").count(), 0);
        assert.equal(await lines.getByText("TheirOwn").count(), 0);
        await lines
          .getByRole("button", { name: /lines stay as before/ })
          .first()
          .click();
        await lines.getByText('"Sid": "TheirOwn",').waitFor();
      },
      change,
    ));

  test("a repair asks once, names the drift, and shows its steps", () =>
    setup.visit(
      "/setup/shop",
      async (page) => {
        await page.getByRole("button", { name: /^Repair: the trail/ }).click();
        const dialog = page.getByRole("dialog", { name: "Repair this?" });
        await dialog.getByRole("list", { name: "What is changed" }).getByText("Start the logging").waitFor();
        await dialog.getByRole("button", { name: "Repair: 1 change" }).click();
        await page.getByRole("region", { name: "The run" }).getByText("All is done: 1 change made.").waitFor();
        const [, body = ""] =
          setup.asked.find((each) => each.startsWith("POST /deployments/shop/repair"))?.split("repair ") ?? [];
        assert.deepEqual(JSON.parse(body), { check: "logging-stopped", about: "the trail trailwarden-111122223333" });
      },
      change,
    ));

  test("who may only look sees how it stood, asks AWS for nothing, and has buttons that do nothing", async () => {
    const from = setup.asked.length;
    await setup.visit("/setup/shop", async (page) => {
      await page.getByText("That takes the token").waitFor();
      await page.getByText("3 drifts").waitFor();
      assert.equal(await page.getByRole("button", { name: "Take it out of care" }).isDisabled(), true);
      await page.getByRole("link", { name: "Plan", exact: true }).click();
      await page.getByText("To make a plan AWS has to be asked.").waitFor();
      assert.deepEqual(
        setup.asked.slice(from).filter((each) => each.startsWith("POST")),
        [],
      );
    });
  });

  test("the bill stands above the changes, with where each price is from", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        const bill = page.getByRole("region", { name: "What it costs" });
        await bill.getByTestId("sum").getByText("$0.41 more").waitFor();
        await bill.getByText("All trails of the account then cost $0.41 a month").waitFor();
        await bill.getByText("Line by line").click();
        const row = bill.getByRole("row", { name: /^Log files in the bucket/ });
        await row.getByText("at most 17.8 GB in a month").waitFor();
        await row.getByText("$0.023 a GB").waitFor();
        await row.getByText("AWS price list, 2026-11-02").waitFor();
        const steps = page.getByRole("list", { name: "Changes of the plan" });
        const [above, below] = [await bill.boundingBox(), await steps.boundingBox()];
        assert.ok(above !== null && below !== null && above.y + above.height <= below.y);
        assert.equal(await steps.locator("> li").count(), 8);
      },
      change,
    ));

  test("the plan for who does it alone has its commands, by keyboard too, and stays so when it is loaded again", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        await page.getByRole("tab", { name: "Let Trailwarden do it" }).focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForURL(/by=hand/);
        assert.equal(await page.evaluate(() => document.activeElement?.textContent), "I do it myself");
        await page.reload();
        const commands = page.getByRole("tabpanel").getByRole("list", { name: "Commands" });
        await commands
          .getByLabel("Commands: Make the topic trailwarden-777788889999", { exact: true })
          .getByText("aws cloudtrail")
          .waitFor();
        await page.getByRole("button", { name: "Copy all" }).waitFor();
      },
      change,
    ));

  test("a plan with an obstacle says what to do, and offers no button", () =>
    setup.visit(
      "/setup/security/plan",
      async (page) => {
        await page.getByRole("region", { name: "What stands in the way" }).getByText("five trails").waitFor();
        await page.getByText("Put that right first, and make the plan anew.").waitFor();
        assert.equal(await page.getByRole("button", { name: /^Apply/ }).count(), 0);
      },
      change,
    ));

  test("an account that is only looked at has an empty plan, and is never offered a change", () =>
    setup.visit(
      "/setup/staging/plan",
      async (page) => {
        await page.getByRole("heading", { name: "Nothing is to be done" }).waitFor();
        await page.getByTestId("sum").getByText("Nothing more").waitFor();
        assert.equal(await page.getByRole("tablist").count(), 0);
      },
      change,
    ));

  test("other wishes stand in the address, and are asked for", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        await page.getByText("Other wishes").click();
        const form = page.getByRole("form", { name: "Other wishes" });
        await form.getByLabel("Use this trail").fill("all-events");
        await form.getByLabel("Make no trail").check();
        await form.getByRole("button", { name: "Make the plan anew" }).click();
        await page.waitForURL(/trail=all-events/);
        await page.getByRole("list", { name: "Changes of the plan" }).waitFor();
        assert.ok(setup.asked.includes('POST /deployments/data/plan {"trail":"all-events","createsTrail":false}'));
      },
      change,
    ));

  test("the cost page names what is paid twice", () =>
    setup.visit("/setup/shop/cost", async (page) => {
      await page.getByTestId("sum").getByText("$37.21").waitFor();
      await page.getByRole("region", { name: "Paid twice" }).getByText("audit-old").first().waitFor();
    }));

  test("the history shows a page at a time, the newest first", () =>
    setup.visit("/setup/shop/history", async (page) => {
      const entries = page.getByRole("list", { name: "What happened, newest first" }).locator("> li");
      await entries.first().getByText("Entry 1:").waitFor();
      assert.equal(await entries.count(), 50);
      await page.getByRole("button", { name: "Older" }).click();
      await entries.nth(63).getByText("Entry 64:").waitFor();
      assert.equal(await page.getByRole("button", { name: "Older" }).count(), 0);
    }));

  test("a way that is right as it is can be agreed on", () =>
    setup.visit(
      "/setup/security",
      async (page) => {
        await page.getByRole("button", { name: "It is right as it is…" }).click();
        const dialog = page.getByRole("dialog", { name: "Agree on the way as it is?" });
        await dialog.getByText("The 1 drift that is there now will be none.").waitFor();
        await dialog.getByRole("button", { name: "Agree", exact: true }).click();
        await page.getByText(/^All is as it was agreed on\./).waitFor();
        assert.equal(await page.getByRole("list", { name: "Drifts" }).count(), 0);
      },
      change,
    ));

  test("a name that nobody has is said to be none", () =>
    setup.visit(
      "/setup/nobody",
      async (page) => {
        await page.getByRole("alert").getByText("There is no deployment nobody").waitFor();
        await page.getByRole("link", { name: "All accounts under care" }).click();
        await page.getByRole("table", { name: "Accounts under care" }).waitFor();
      },
      { expectsRefusal: true },
    ));
});
