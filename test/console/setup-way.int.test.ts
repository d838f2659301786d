import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { clientFor } from "../../src/aws/index.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

const region = "eu-central-1";
const accountId = "444455556666";
const made = `trailwarden-${accountId}`;

/** One account from the first page to the last, against the real API and a made-up AWS; each test goes on where the one before ended. */
describe("an account is set up from the pages alone", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ sandbox: true });
    await consolePage.visit("/collect", async (page) => {
      await page
        .getByRole("row", { name: /^sandbox/ })
        .getByText("Online")
        .waitFor();
    });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  async function administrator() {
    const sandbox = await consolePage.sandbox();
    const account = sandbox?.accounts.find(({ id }) => id === accountId);
    assert.ok(sandbox !== undefined && account !== undefined);
    return { endpoint: sandbox.url, region, credentials: account };
  }

  test("it is put under care, and its rights are there", async () => {
    const { endpoint, credentials } = await administrator();
    await consolePage.visit(
      "/setup/add",
      async (page) => {
        await page.getByLabel(/^Name required/).fill("staging");
        await page.getByLabel(/^Account number/).fill("4444 5555 6666");
        await page.getByLabel(/^Region/).fill(region);
        await page.getByRole("radio", { name: "With the credentials of this machine" }).check();
        await page.getByText("Another endpoint, other keys").click();
        await page.getByLabel("Endpoint").fill(endpoint);
        await page.getByLabel("Access key ID").fill(credentials.accessKeyId);
        await page.getByLabel("Secret access key").fill(credentials.secretAccessKey);
        await page.getByRole("button", { name: "Put it under care" }).click();
        await page.waitForURL(/added=staging/);
        assert.ok(!(await page.content()).includes(credentials.secretAccessKey));
        for (const [tab, text] of [
          ["CloudFormation", "AssumeRolePolicyDocument"],
          ["Terraform", "aws_iam_role"],
          ["CLI", "aws iam create-role"],
          ["JSON", "sts:AssumeRole"],
        ] as const) {
          await page.getByRole("tab", { name: tab }).click();
          await page.getByRole("tabpanel").locator("pre").first().getByText(text).first().waitFor();
        }
        await page.getByRole("tab", { name: "StackSet" }).click();
        await page.getByLabel(/^Organizational units/).fill("ou-ab12-cdefgh34");
        await page.getByRole("button", { name: "Write it" }).click();
        await page.getByRole("tabpanel").locator("pre").first().getByText("AssumeRolePolicyDocument").first().waitFor();
        await page.getByRole("button", { name: "Look whether it works" }).click();
        // Of rights on a key there is nothing to find out before a plan names one.
        await page.getByText(/^It works:|^Nothing is known to be lacking\./).waitFor();
        await page.getByText(/^\d+ rights that are there$/).click();
        await page
          .getByRole("table", { name: "Rights that are there" })
          .getByText("cloudtrail:CreateTrail")
          .first()
          .waitFor();
      },
      { mayChange: true },
    );
  });

  test("a paid second trail is not made unless somebody wishes it, and the plan says what it adds", () =>
    consolePage.visit(
      "/setup/staging/plan",
      async (page) => {
        await page.getByRole("heading", { name: "Nothing can be done yet" }).waitFor();
        await page.getByRole("region", { name: "What stands in the way" }).getByText("would be paid for").waitFor();
        await page.getByText("Other wishes").click();
        await page.getByLabel("Make one all the same").check();
        await page.getByRole("button", { name: "Make the plan anew" }).click();
        await page
          .getByRole("list", { name: "Changes of the plan" })
          .getByText(`Make the bucket ${made}`)
          .first()
          .waitFor();
        await page
          .getByTestId("sum")
          .getByText(/^\$[\d.,]+ more$|^Nothing more$|^Under \$0.01 more$/)
          .waitFor();
      },
      { mayChange: true },
    ));

  test("the plan is applied, and its way is as agreed on", () =>
    consolePage.visit(
      "/setup/staging/plan?paid=yes",
      async (page) => {
        await page.getByRole("button", { name: /^Apply \d+ changes…$/ }).click();
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^Apply/ })
          .click();
        await page.getByText(/^All is done: \d+ changes made\./).waitFor();
        await page.getByRole("link", { name: "The way" }).click();
        await page.getByText(/^All is as it was agreed on\./).waitFor();
        const stations = page.getByRole("list", { name: "The way of a log file" }).getByRole("listitem");
        for (const index of [0, 1, 2, 3]) {
          await stations.nth(index).getByText(made, { exact: true }).waitFor();
          await stations.nth(index).getByText("As agreed").waitFor();
        }
      },
      { mayChange: true },
    ));

  test("what somebody changes is found as drift and repaired, and the history tells it", async () => {
    await using cloudtrail = await clientFor("cloudtrail", await administrator());
    await cloudtrail.call("StopLogging", { Name: made });
    await consolePage.visit(
      "/setup/staging",
      async (page) => {
        const drift = page.getByRole("list", { name: "Drifts" }).locator("> li").filter({ hasText: "logging-stopped" });
        await drift.getByText("What is lost").waitFor();
        await drift.getByRole("button", { name: /^(?:Repair|Approve): the trail/ }).click();
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^(?:Repair|Approve): \d+ change/ })
          .click();
        await page.getByText(/^All is done: \d+ changes? made\./).waitFor();
        await page.getByText(/^All is as it was agreed on\./).waitFor();
        await page.getByRole("link", { name: "History" }).click();
        const entries = page.getByRole("list", { name: "What happened, newest first" });
        await entries.getByText("Drift", { exact: true }).first().waitFor();
        await entries.getByText("Repaired", { exact: true }).first().waitFor();
      },
      { mayChange: true },
    );
    const { IsLogging } = await cloudtrail.call("GetTrailStatus", { Name: made });
    assert.equal(IsLogging, true);
  });

  test("it is taken back, and nothing that was made is left but what holds log files", async () => {
    await consolePage.visit(
      "/setup/staging/history",
      async (page) => {
        const runs = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
        await runs.filter({ hasText: "Plan applied" }).getByRole("button", { name: "Undo…" }).click();
        await page
          .getByRole("dialog")
          .getByRole("checkbox", { name: /^Delete the bucket/ })
          .check();
        await page.getByRole("button", { name: "Take it back, log files too" }).click();
        await page
          .getByRole("region", { name: "The run" })
          .getByText(/^It is taken back\./)
          .waitFor();
      },
      { mayChange: true },
    );
    await using cloudtrail = await clientFor("cloudtrail", await administrator());
    const { trailList = [] } = await cloudtrail.call("DescribeTrails", { includeShadowTrails: false });
    assert.deepEqual(
      trailList.map(({ Name }) => Name).filter((name) => name === made),
      [],
    );
  });
});
