import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { skipConsole } from "./open-browser.fixture.ts";
import { openSetup, type OpenSetup } from "./open-setup.fixture.ts";

const change = { mayChange: true };

describe("putting an account under care", { skip: skipConsole }, () => {
  let setup: OpenSetup;
  beforeEach(async () => {
    await setup?.[Symbol.asyncDispose]();
    setup = await openSetup({ isEmpty: true });
  });
  after(() => setup[Symbol.asyncDispose]());

  test("where there is none, the page says what set-up does and that it says first what it costs", () =>
    setup.visit("/setup", async (page) => {
      const none = page.getByRole("region", { name: "No account under care yet" });
      await none.getByText("says first what that costs").waitFor();
      await none.getByRole("link", { name: "Put an account under care" }).click();
      await page.waitForURL(/\/setup\/add$/);
    }));

  test("the form is sent by keyboard alone; the role comes next, and a look whether it works", () =>
    setup.visit(
      "/setup/add",
      async (page) => {
        await page.getByLabel(/^Name required/).fill("shop");
        await page.getByLabel(/^Account number/).fill("1111-2222 3333");
        await page.getByLabel(/^Region/).fill("eu-central-1");
        await page.getByRole("radio", { name: "Care", exact: true }).focus();
        await page.keyboard.press("ArrowUp");
        assert.equal(await page.getByRole("radio", { name: "Look", exact: true }).isChecked(), true);
        await page.getByLabel(/^Region/).press("Enter");
        await page.waitForURL(/added=shop/);
        assert.deepEqual(
          JSON.parse(setup.asked.find((each) => each.startsWith("POST"))?.split("deployments ")[1] ?? ""),
          {
            name: "shop",
            accountId: "111122223333",
            region: "eu-central-1",
            depth: "look",
            roleArn: "arn:aws:iam::111122223333:role/trailwarden",
          },
        );
        const role = page.getByRole("region", { name: "The role" });
        await role.getByLabel("role.cloudformation", { exact: true }).getByText("external-id").waitFor();
        await role.getByRole("tab", { name: "Terraform" }).click();
        await role.getByLabel("role.terraform", { exact: true }).waitFor();
        await role.getByRole("button", { name: "Copy: role.terraform" }).waitFor();
        await page.getByRole("button", { name: "Look whether it works" }).click();
        await page.getByText("1 of 5 rights is lacking. What does not work without: care.").waitFor();
        await page.getByRole("list", { name: "The role itself" }).getByText("without the external ID").waitFor();
        const first = page.getByRole("table", { name: "Rights" }).getByRole("row").nth(1);
        await first.getByText("s3:PutBucketPolicy").waitFor();
        await first.getByText("Lacking").waitFor();
      },
      change,
    ));

  test("the link that opens CloudFormation comes with the template's address", () =>
    setup.visit(
      "/setup/add",
      async (page) => {
        await page.getByLabel(/^Name required/).fill("shop");
        await page.getByLabel(/^Account number/).fill("111122223333");
        await page.getByLabel(/^Region/).fill("eu-central-1");
        await page.getByRole("button", { name: "Put it under care" }).click();
        await page.getByText("More about it").click();
        await page
          .getByLabel(/^Where you have put the template/)
          .fill("https://example-bucket.s3.amazonaws.com/role.yaml");
        await page.getByRole("button", { name: "Write it" }).click();
        const link = page.getByRole("link", { name: "Open it in the AWS console" });
        assert.match(
          (await link.getAttribute("href")) ?? "",
          /^https:\/\/console\.aws\.amazon\.com\/.*templateURL=https/,
        );
      },
      change,
    ));

  test("what does not fit is said at its field, where it is folded away too", () =>
    setup.visit(
      "/setup/add",
      async (page) => {
        await page.getByRole("button", { name: "Put it under care" }).click();
        await page.getByRole("alert").getByText("see the fields that are marked").waitFor();
        const name = page.getByLabel(/^Name required/);
        assert.equal(await name.getAttribute("aria-invalid"), "true");
        assert.equal(await name.evaluate((element) => element === document.activeElement), true);
        await name.fill("shop");
        await page.getByLabel(/^Account number/).fill("111122223333");
        await page.getByLabel(/^Region/).fill("eu-central-1");
        await page.getByText("Another endpoint, other keys").click();
        await page.getByLabel("Endpoint").fill("localhost:4566");
        await page.getByText("Another endpoint, other keys").click();
        await page.getByRole("button", { name: "Put it under care" }).click();
        await page.getByText("An address with http:// or https://").waitFor();
        assert.equal(
          setup.asked.some((each) => each.startsWith("POST")),
          false,
        );
      },
      change,
    ));

  test("an account is taken out of care after it was asked once", () =>
    setup.visit(
      "/setup/add",
      async (page) => {
        await page.getByLabel(/^Name required/).fill("shop");
        await page.getByLabel(/^Account number/).fill("111122223333");
        await page.getByLabel(/^Region/).fill("eu-central-1");
        await page.getByRole("button", { name: "Put it under care" }).click();
        await page.getByRole("link", { name: "The way" }).click();
        await page.getByText("No way is agreed on yet.").waitFor();
        await page.getByRole("button", { name: "Take it out of care" }).click();
        const dialog = page.getByRole("dialog", { name: "Take shop out of care?" });
        await dialog.getByText("Nothing is changed in AWS").waitFor();
        await dialog.getByRole("button", { name: "Take it out" }).click();
        await page.waitForURL(/\/setup$/);
        await page.getByRole("region", { name: "No account under care yet" }).waitFor();
      },
      change,
    ));
});
