import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { clientFor } from "../../src/aws/index.ts";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { addressPart, openConsole, readCount, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

async function waitForOnline(page: Page): Promise<void> {
  await page
    .getByRole("row", { name: /^sandbox/ })
    .getByText("Online")
    .waitFor();
}

/** The form of a source of a kind, filled so that it speaks to the sandbox. */
async function fillQueue(page: Page, consolePage: OpenConsole, name: string, queue?: string): Promise<void> {
  const collection = (await consolePage.sandbox())?.collection;
  assert.ok(collection !== undefined);
  const { queueUrl, region, credentials } = collection;
  const form = page.getByRole("form", { name: "Settings of the new queue" });
  await form.getByLabel("Name", { exact: false }).first().fill(name);
  await form.getByLabel(/^Queue URL/).fill(queue === undefined ? queueUrl : queueUrl.replace(/[^/]+$/, queue));
  await form.getByLabel(/^Region/).fill(region);
  await form.getByLabel("Endpoint").fill(new URL(queueUrl).origin);
  await form.getByLabel("Access key ID").fill(credentials.accessKeyId);
  await form.getByLabel("Secret access key").fill(credentials.secretAccessKey);
  await form.getByLabel("Session token").fill(credentials.sessionToken ?? "");
}

describe("the pages of collecting", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ sandbox: true });
    await consolePage.visit("/collect", waitForOnline);
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("the list says that the source is online, and when its last event was", () =>
    consolePage.visit("/", async (page) => {
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Collect" }).click();
      await waitForOnline(page);
      const row = page.getByRole("row", { name: /^sandbox/ });
      const when = row.getByRole("time");
      await when.waitFor();
      assert.match((await when.getAttribute("title")) ?? "", /\d{4}, \d{2}:\d{2}:\d{2} UTC$/);
      await page.getByRole("link", { name: "sandbox", exact: true }).click();
      await page.getByRole("region", { name: "How it is" }).getByText("Online").waitFor();
      await page.getByText(/Ledger: 100 % read/).waitFor();
    }));

  test("the token in the address is taken out of it at once, lasts for the tab, and lets buttons work", () =>
    consolePage.visit(
      "/collect/sources/sandbox",
      async (page) => {
        await page.getByRole("button", { name: "Pause" }).and(page.locator(":enabled")).waitFor();
        assert.equal(new URL(page.url()).hash, "");
        assert.equal(await page.evaluate(() => location.href.includes("token")), false);
        await page.reload();
        await page.getByRole("button", { name: "Pause" }).and(page.locator(":enabled")).waitFor();
        assert.equal(await page.getByRole("complementary", { name: "Only looking" }).count(), 0);
        assert.ok(!(await page.content()).includes(consolePage.token));
        await page.getByRole("button", { name: "Pause" }).click();
        await page.getByRole("region", { name: "How it is" }).getByText("Paused", { exact: true }).waitFor();
        await page.getByRole("button", { name: "Resume" }).click();
        await page.getByRole("region", { name: "How it is" }).getByText("Online").waitFor();
      },
      { mayChange: true },
    ));

  test("without the token buttons stand there and do nothing; it can be pasted, and a stale one is said to be stale", () =>
    consolePage.visit(
      "/collect/sources/sandbox",
      async (page) => {
        const pause = page.getByRole("button", { name: "Pause" });
        await pause.waitFor();
        assert.equal(await pause.isDisabled(), true);
        const note = page.getByRole("complementary", { name: "Only looking" });
        await note.getByRole("button", { name: "Paste token" }).click();
        const field = page.getByLabel("Token, or the whole address");
        await field.fill("no token");
        await page.keyboard.press("Enter");
        await page.getByRole("alert").getByText("There is no token in that").waitFor();
        await field.fill("http://127.0.0.1:1/#token=of-an-earlier-start-of-the-server");
        await page.keyboard.press("Enter");
        await pause.and(page.locator(":enabled")).click();
        await note.getByText("The token is no longer good").waitFor();
        assert.equal(await pause.isDisabled(), true);
        await note.getByRole("button", { name: "Paste token" }).click();
        await field.fill(consolePage.token);
        await page.keyboard.press("Enter");
        await pause.and(page.locator(":enabled")).waitFor();
        assert.equal(await note.count(), 0);
        // The printed address, opened in the tab that is open already.
        await page.evaluate(() => sessionStorage.clear());
        await page.reload();
        await note.waitFor();
        await page.evaluate((token) => {
          location.hash = `token=${token}`;
        }, consolePage.token);
        await pause.and(page.locator(":enabled")).waitFor();
        assert.equal(new URL(page.url()).hash, "");
      },
      { expectsRefusal: true },
    ));

  test("what does not fit is said at its field, and nothing is added", () =>
    consolePage.visit(
      "/collect/add",
      async (page) => {
        await page
          .getByRole("list", { name: "Kinds of sources" })
          .getByRole("link", { name: /^queue/ })
          .click();
        assert.equal(addressPart(page, "kind"), "queue");
        await page.getByRole("button", { name: "Check", exact: true }).click();
        const region = page.getByLabel(/^Region/);
        assert.equal(await region.getAttribute("aria-invalid"), "true");
        await page.getByLabel(/^Queue URL/).fill("https://sqs.eu-central-1.amazonaws.com/111122223333/logs");
        await region.fill("eu-nowhere-7");
        await page.getByRole("button", { name: "Check", exact: true }).click();
        await page
          .getByText(/eu-nowhere-7 /)
          .first()
          .waitFor();
        assert.equal(await region.getAttribute("aria-invalid"), "true");
      },
      { mayChange: true, expectsRefusal: true },
    ));

  test("a check says what is wrong while it looks; added anyway, the source says so too, and is removed", () =>
    consolePage.visit(
      "/collect/add?kind=queue",
      async (page) => {
        await fillQueue(page, consolePage, "misnamed", "no-such-queue");
        await page.getByRole("button", { name: "Check", exact: true }).click();
        const found = page.getByRole("region", { name: "What the check finds" });
        await found.getByText("To do:").first().waitFor();
        await page.getByRole("button", { name: "Add anyway" }).click();
        await page.waitForURL(/\/collect\/sources\/misnamed$/);
        const how = page.getByRole("region", { name: "How it is" });
        await how.getByText("Failing").waitFor();
        await how.getByText("To do:").waitFor();
        await page.getByRole("link", { name: "Sources" }).click();
        const row = page.getByRole("rowgroup").filter({ hasText: "misnamed" });
        await row.getByText("Failing").waitFor();
        await row.getByText("To do:").waitFor();
        await page.getByRole("link", { name: "misnamed" }).click();
        await page.getByRole("button", { name: "Remove" }).click();
        const dialog = page.getByRole("dialog", { name: "Remove misnamed?" });
        await dialog.getByRole("button", { name: "Keep it" }).click();
        await page.getByRole("button", { name: "Remove" }).click();
        await dialog.getByRole("button", { name: "Remove it" }).click();
        await page.waitForURL(/\/collect$/);
        await waitForOnline(page);
        assert.equal(await page.getByRole("link", { name: "misnamed" }).count(), 0);
      },
      { mayChange: true },
    ));

  test("settings that are well are added by the same button that checked them", () =>
    consolePage.visit(
      "/collect/add?kind=queue",
      async (page) => {
        await fillQueue(page, consolePage, "second");
        await page.getByRole("button", { name: "Check", exact: true }).click();
        await page.getByText("All is well: add it.").waitFor();
        await page.getByRole("button", { name: "Add", exact: true }).click();
        await page.waitForURL(/\/collect\/sources\/second$/);
        const settings = page.getByRole("region", { name: "Settings" });
        await settings.getByText("eu-central-1").waitFor();
        const collection = (await consolePage.sandbox())?.collection;
        assert.ok(!(await page.content()).includes(collection?.credentials.secretAccessKey ?? "?"));
        await page.getByRole("button", { name: "Remove" }).click();
        await page.getByRole("button", { name: "Remove it" }).click();
        await page.waitForURL(/\/collect$/);
      },
      { mayChange: true },
    ));

  test("a source that is posted to shows its token once, and what is posted with it is counted", () =>
    consolePage.visit(
      "/collect/add?kind=push",
      async (page) => {
        await page.getByLabel(/^Name/).fill("post");
        await page.getByRole("button", { name: "Add without a check" }).click();
        const once = page.getByRole("region", { name: "Shown this one time" });
        const command = await once.getByLabel("Command that posts a log file", { exact: true }).innerText();
        const [, token = ""] = /Bearer ([\w-]+)'/.exec(command) ?? [];
        const [address = ""] = /http:\S+/.exec(command) ?? [];
        const posted = await fetch(address, {
          method: "POST",
          headers: { authorization: `Bearer ${token}` },
          body: makeLogFile([makeRecord(1), makeRecord(2)]),
        });
        assert.equal(posted.status, 200, await posted.text());
        await once.getByRole("link", { name: "I have kept it" }).click();
        await page.getByRole("region", { name: "How it is" }).getByText("Online").waitFor();
        assert.ok(!(await page.content()).includes(token));
      },
      { mayChange: true },
    ));

  test("a test of a source shows its steps with their seconds, and leads to the event of its call", () =>
    consolePage.visit(
      "/collect/sources/sandbox",
      async (page) => {
        await page.getByRole("button", { name: "Test" }).click();
        const steps = page.getByRole("list", { name: "What the test finds" });
        await steps.getByText(/^Called sts:GetCallerIdentity/).waitFor();
        await steps.getByText(/can be searched, .* after the call/).waitFor({ timeout: 90_000 });
        assert.match(await steps.getByRole("listitem").first().innerText(), /\d+\.\d s$/);
        await page.getByRole("link", { name: "See the event of the call" }).click();
        assert.equal(await readCount(page), 1);
        await page.getByRole("gridcell", { name: "GetCallerIdentity" }).waitFor();
      },
      { mayChange: true },
    ));

  test("a message that says nothing is set aside whole, stays when it is sent again, and is dropped", async () => {
    const sandbox = await consolePage.sandbox();
    assert.ok(sandbox?.collection !== undefined);
    const { queueUrl, region } = sandbox.collection;
    const owner = sandbox.accounts.find(({ id }) => queueUrl.includes(id));
    assert.ok(owner !== undefined);
    await using sqs = await clientFor("sqs", { endpoint: sandbox.url, region, credentials: owner });
    const body = JSON.stringify({ Type: "Notification", Message: '{"hidden":"\u202e<b>odd</b>"}' });
    await sqs.call("SendMessage", { QueueUrl: queueUrl, MessageBody: body });
    await consolePage.visit(
      "/collect/sources/sandbox",
      async (page) => {
        const aside = page.getByRole("list", { name: "Messages set aside" });
        const item = aside.getByRole("listitem");
        // It is set aside when it came for the third time, a minute after the second.
        for (let turn = 0; turn < 60 && (await item.count()) === 0; turn++) {
          await page.evaluate(async () => {
            await fetch("/api/v1/sandbox/clock", {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: '{"advanceSeconds":60}',
            });
          });
          await item.waitFor({ timeout: 1_000 }).catch(() => undefined);
        }
        await item.getByText("Message", { exact: true }).click();
        const text = await item.getByLabel("Message").innerText();
        assert.match(text, /"hidden": "RLO<b>odd<\/b>"/);
        await item.getByRole("button", { name: "Send again" }).click();
        await page.getByText(/0 done with; 1 stay/).waitFor();
        await item.getByRole("button", { name: "Drop…" }).click();
        await item.getByRole("button", { name: "Drop for good" }).click();
        await page.getByText("No messages: each was understood.").waitFor();
      },
      { mayChange: true },
    );
  });

  test("the ledger says how complete it is, and every hour says in words what it is, by keyboard too", () =>
    consolePage.visit(
      "/collect/ledger",
      async (page) => {
        await page.getByTestId("completeness").getByText("100 %").waitFor();
        const grid = page.getByRole("grid");
        const row = grid.getByRole("row", { name: /^123456789012/ }).first();
        const last = row.getByRole("gridcell").last();
        assert.match((await last.getAttribute("aria-label")) ?? "", /(complete|nothing known)/);
        // Tab leads to one cell, the arrows to the others.
        await last.click();
        await page.getByRole("button", { name: "Show all", exact: true }).waitFor();
        assert.match(addressPart(page, "cell") ?? "", /^\d{12}\/[\w-]+\/\d{4}-\d{2}-\d{2}T\d{2}$/);
        await page.keyboard.press("ArrowLeft");
        const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
        const before = await focused();
        await page.keyboard.press("Home");
        assert.notEqual(await focused(), before);
        await page.keyboard.press("Enter");
        await page.keyboard.press("Enter");
        assert.equal(addressPart(page, "cell"), null);
        await page.getByText("Nothing: every log file that was heard of is read.").waitFor();
        await page.getByRole("combobox", { name: "Time" }).selectOption({ label: "7 days" });
        await page.waitForURL(/range=7d/);
        await page.getByRole("button", { name: "Fetch again" }).click();
        await page.getByText(/Nothing failed or was left out|waited for again/).waitFor();
      },
      { mayChange: true },
    ));

  test("accounts and delays are listed", () =>
    consolePage.visit("/collect/accounts", async (page) => {
      const row = page.getByRole("row", { name: /123456789012/ });
      await row.getByRole("link", { name: "Ledger of 123456789012" }).click();
      await page.waitForURL(/account=123456789012/);
      await page.getByRole("link", { name: "Delays" }).click();
      await page
        .getByRole("table", { name: "Delays" })
        .getByRole("row", { name: /amazonaws\.com/ })
        .first()
        .waitFor();
    }));

  test("a filter is refused with words when its query is none, and added and removed when it is one", () =>
    consolePage.visit(
      "/collect/filters",
      async (page) => {
        await page.getByText("No filters: every event is stored.").waitFor();
        await page.getByLabel("Name").fill("noise");
        const query = page.getByLabel(/^Drop events/);
        await query.fill("eventName:(");
        await page.getByRole("button", { name: "Add filter" }).click();
        await page.getByRole("alert").waitFor();
        await query.fill("eventName:NothingIsCalledThis");
        await page.getByRole("button", { name: "Add filter" }).click();
        const row = page.getByRole("row", { name: /^noise/ });
        await row.getByText("eventName:NothingIsCalledThis").waitFor();
        await row.getByRole("button", { name: "Remove noise" }).click();
        await row.getByRole("button", { name: "Remove it" }).click();
        await page.getByText("No filters: every event is stored.").waitFor();
      },
      { mayChange: true, expectsRefusal: true },
    ));
});
