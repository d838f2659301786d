import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { skipConsole } from "./open-browser.fixture.ts";
import { openSetup, type OpenSetup } from "./open-setup.fixture.ts";

const change = { mayChange: true };

async function apply(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Apply 8 changes…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply 8 changes" }).click();
}

describe("applying a plan", { skip: skipConsole }, () => {
  let setup: OpenSetup;
  beforeEach(async () => {
    await setup?.[Symbol.asyncDispose]();
    setup = await openSetup();
  });
  after(() => setup[Symbol.asyncDispose]());

  test("asks with the number of changes and their cost, and shows each step while it is made", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        setup.hold();
        await page.getByRole("button", { name: "Apply 8 changes…" }).click();
        const dialog = page.getByRole("dialog", { name: "Make 8 changes?" });
        await dialog.getByText("8 changes in the account 777788889999").waitFor();
        await dialog.getByText("costs $0.41 more a month").waitFor();
        await dialog.getByRole("button", { name: "Not now" }).click();
        assert.equal(
          setup.asked.some((each) => each.includes("/apply")),
          false,
        );
        await apply(page);
        const run = page.getByRole("region", { name: "The run" });
        await run.getByText("0 of 8 changes done.").waitFor();
        await run.getByRole("listitem").first().getByText("Begun").waitFor();
        await run.getByRole("progressbar").waitFor();
        assert.equal(await page.getByRole("list", { name: "Changes of the plan" }).count(), 0);
        setup.release();
        await run.getByText("All is done: 8 changes made.").waitFor();
        await page.getByRole("heading", { name: "Nothing is to be done" }).waitFor();
        assert.ok(setup.asked.includes('POST /deployments/data/apply {"planId":"plan-of-data"}'));
      },
      change,
    ));

  test("that stops says why, is found again on every page, and goes on", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        setup.failNext();
        await apply(page);
        const run = page.getByRole("region", { name: "The run" });
        await run.getByText(/It stopped at “Make the bucket/).waitFor();
        await run.getByText("the role lacks the right").waitFor();
        await page.getByText("Let it go on, or undo it, before another begins.").waitFor();
        await page.getByRole("link", { name: "The way" }).click();
        await page.getByRole("heading", { level: 1, name: "data", exact: true }).waitFor();
        await run.getByText(/It stopped at/).waitFor();
        await run.getByRole("button", { name: "Go on" }).click();
        await run.getByText("All is done: 8 changes made.").waitFor();
      },
      change,
    ));

  test("can be taken back: log files stay unless a person says otherwise", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        await apply(page);
        await page.getByText("All is done: 8 changes made.").waitFor();
        await page.getByRole("link", { name: "History" }).click();
        await page.getByRole("list", { name: "Runs" }).getByRole("button", { name: "Undo…" }).click();
        const dialog = page.getByRole("dialog", { name: "Take it back?" });
        assert.equal(await dialog.getByRole("checkbox", { name: /^Delete the bucket/ }).isChecked(), false);
        const first = dialog.getByRole("list", { name: "What is taken back" }).getByRole("listitem").first();
        assert.equal(await first.innerText(), "Logging is stopped");
        await dialog.getByRole("button", { name: "Take it back" }).click();
        await page.getByRole("region", { name: "The run" }).getByText("It is taken back.").waitFor();
        assert.ok(setup.asked.includes('POST /runs/run-1/undo {"withLogFiles":false}'));
      },
      change,
    ));

  test("is refused with words when something else would be done now", () =>
    setup.visit(
      "/setup/data/plan",
      async (page) => {
        await page.getByRole("button", { name: "Apply 8 changes…" }).click();
        setup.changePlans();
        await page.getByRole("dialog").getByRole("button", { name: "Apply 8 changes" }).click();
        await page.getByRole("alert").getByText("Something else would be done now").waitFor();
        await page.getByText("It was not begun.").waitFor();
      },
      { ...change, expectsRefusal: true },
    ));
});
