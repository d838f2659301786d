import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDetect } from "./open-detect.fixture.ts";

const change = { mayChange: true };

describeDetect("the pages of rules", {}, (detect) => {
  test("a rule is switched off from the list, and found among those that are off", () =>
    detect().visit(
      "/detect",
      async (page) => {
        await page.getByText("6 rules on · 1 staged · 1 off · 1 refused · 1 cannot fire").waitFor();
        await page.getByRole("button", { name: "Switch off: CloudTrail is stopped" }).click();
        const dialog = page.getByRole("dialog", { name: "Switch the rule off?" });
        await dialog.getByText("this is not seen any more: “CloudTrail is stopped”, of severity critical").waitFor();
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await dialog.waitFor({ state: "detached" });
        assert.deepEqual(detect().asked, []);
        await page.getByRole("button", { name: "Switch off: CloudTrail is stopped" }).click();
        await dialog.getByRole("button", { name: "Switch it off" }).click();
        await page.getByRole("button", { name: "Switch on: CloudTrail is stopped" }).waitFor();
        await dialog.waitFor({ state: "detached" });
        assert.deepEqual(detect().asked, [
          'POST /detect/rules/trail-stopped/settings {"status":"off","by":"somebody at the console"}',
        ]);
        await page.getByRole("combobox", { name: "Status" }).selectOption("off");
        await page.waitForURL(/status=off/);
        assert.equal(await page.getByRole("list", { name: "Rules" }).getByRole("listitem").count(), 2);
      },
      change,
    ));

  test("a rule that nobody would miss is switched off without a question, and on again", () =>
    detect().visit(
      "/detect",
      async (page) => {
        await page.getByRole("button", { name: "Switch off: many-denied" }).click();
        await page.getByRole("button", { name: "Switch on: many-denied" }).click();
        await page.getByRole("button", { name: "Switch off: many-denied" }).waitFor();
        const asked = detect().asked.map((each) => /"status":"\w+"/.exec(each)?.[0]);
        assert.deepEqual(asked, ['"status":"off"', '"status":"on"']);
      },
      change,
    ));

  test("rules are found by words, tactic and whether they can fire", () =>
    detect().visit("/detect", async (page) => {
      const items = page.getByRole("list", { name: "Rules" }).getByRole("listitem");
      await page.getByRole("button", { name: "Cannot fire (1)" }).click();
      await items.getByText("no trail that is collected selects those").waitFor();
      assert.equal(await items.count(), 1);
      await page.getByRole("button", { name: "Cannot fire (1)" }).click();
      await page.getByRole("searchbox", { name: "Words in rules" }).fill("t1562");
      await page.waitForURL(/text=t1562/);
      assert.equal(await items.count(), 1);
      await page.getByRole("combobox", { name: "Tactic" }).selectOption("discovery");
      await page.getByText("No rule is like that.").waitFor();
    }));

  test("a rule's page says what it sees, what to do and whether it fires; something is left out of it", () =>
    detect().visit(
      "/detect/rules/key-for-another",
      async (page) => {
        await page.getByRole("region", { name: "What it sees, and why that matters" }).waitFor();
        const steps = page.getByRole("region", { name: "What to do" }).getByRole("listitem");
        assert.equal(await steps.count(), 3);
        await page.getByRole("region", { name: "Does it fire?" }).getByText("The trail main records").waitFor();
        await page.getByRole("link", { name: "Its incident" }).waitFor();
        const left = page.getByRole("region", { name: "Left out" });
        await left.getByText("user:key-keeper").waitFor();
        await left.getByRole("button", { name: "Leave something out" }).click();
        const dialog = page.getByRole("dialog", { name: "Leave something out" });
        await dialog.getByLabel(/^Search/).fill("user:(");
        await dialog.getByRole("alert").waitFor();
        await dialog.getByLabel(/^Search/).fill("user:terraform");
        await dialog.getByLabel(/^Reason/).fill("It makes keys for robots");
        await dialog.getByRole("button", { name: "Leave it out" }).click();
        await left.getByText("user:terraform").waitFor();
        assert.equal(
          detect().asked.at(-1),
          'PUT /detect/tunings/an-access-key-is-made-for-another-user {"rules":["key-for-another"],"query":"user:terraform","reason":"It makes keys for robots","until":null}',
        );
        await left.getByRole("button", { name: "Take our-own-tool away" }).click();
        await left.getByText("user:key-keeper").waitFor({ state: "detached" });
      },
      change,
    ));

  test("a rule is tried out with a limit, and gets another severity and dedup period in this house", () =>
    detect().visit(
      "/detect/rules/key-for-another",
      async (page) => {
        await page.getByRole("button", { name: "Settings…" }).click();
        const dialog = page.getByRole("dialog", { name: "The rule in this house" });
        await dialog.getByLabel("Severity").selectOption("high");
        await dialog.getByLabel(/^Repeats belong to one finding/).selectOption("Within six hours");
        await dialog.getByLabel(/^Try it out first/).check();
        await dialog.getByLabel("Days").fill("7");
        await dialog.getByRole("button", { name: "Save" }).click();
        await page.getByRole("region", { name: "How it stands" }).getByText("Staged", { exact: true }).waitFor();
        assert.equal(
          detect().asked.at(-1),
          'POST /detect/rules/key-for-another/settings {"severity":"high","dedupMs":21600000,"status":"staged","stage":{"days":7,"findingsMax":3},"by":"somebody at the console"}',
        );
      },
      change,
    ));

  test("a folder of rules is looked at before it is brought in", () =>
    detect().visit(
      "/detect",
      async (page) => {
        await page.getByRole("button", { name: "Import rules" }).click();
        const dialog = page.getByRole("dialog", { name: "Import rules" });
        await dialog
          .getByLabel("Files or a zip archive")
          .setInputFiles({ name: "ours.yml", mimeType: "text/yaml", buffer: Buffer.from("title: Ours\n") });
        await dialog.getByText("ours.yml: 1 file").waitFor();
        await dialog.getByRole("button", { name: "Look what that would change" }).click();
        await dialog.getByText("odd.yml:3: The condition names no search").waitFor();
        await dialog.getByRole("button", { name: "Bring them in" }).click();
        await dialog.waitFor({ state: "detached" });
        const body = JSON.parse((detect().asked.at(-1) ?? "").slice("POST /detect/packages ".length));
        assert.deepEqual(body, {
          name: "ours",
          origin: "ours.yml",
          isStaged: true,
          license: "",
          files: [{ path: "ours.yml", text: "title: Ours\n" }],
          isTrial: false,
        });
      },
      change,
    ));

  test("the grid of ATT&CK tells blind techniques from those that are seen, and leads to their rules", () =>
    detect().visit("/detect/coverage", async (page) => {
      const collection = page.getByRole("region", { name: "Collection" });
      await collection.getByText("blind").waitFor();
      await page.getByRole("button", { name: "Only what is not seen" }).click();
      await page.getByRole("region", { name: "Discovery" }).getByText("Nothing is missing.").waitFor();
      await collection.getByRole("link", { name: /Data from cloud storage/ }).click();
      await page.waitForURL(/\/detect\?text=T1530&only=blind/);
      await page.getByRole("link", { name: "Many objects are read by a new actor" }).waitFor();
    }));

  test("a threat list is added from lines that are handed in, and one is fetched again", () =>
    detect().visit(
      "/detect/threat-lists",
      async (page) => {
        await page.getByRole("alert").getByText("The server answered 503").waitFor();
        await page.getByRole("button", { name: "Fetch tor-exits now" }).click();
        await page.getByRole("alert").waitFor({ state: "detached" });
        await page.getByRole("button", { name: "Add a list" }).click();
        const dialog = page.getByRole("dialog", { name: "Add a threat list" });
        await dialog.getByLabel("Name").fill("bad-ones");
        await dialog.getByRole("radio", { name: "Lines that I hand in" }).check();
        await dialog.getByLabel("Entries, one a line").fill("198.51.100.23\n203.0.113.0/24");
        await dialog.getByRole("button", { name: "Add it" }).click();
        await page.getByRole("row", { name: /^bad-ones/ }).waitFor();
        assert.match(detect().asked.at(-1) ?? "", /^PUT \/detect\/threat-lists\/bad-ones .*"text":"198\.51\.100\.23/);
      },
      change,
    ));

  test("what a stranger wrote into a rule is shown and does nothing", () =>
    detect().visit("/detect", async (page) => {
      await page
        .getByRole("link", { name: /window\.owned/ })
        .first()
        .click();
      await page.getByRole("region", { name: "What to do" }).getByText("window.owned").first().waitFor();
      assert.equal(await page.locator("#root img, #root script, [onerror], [onload]").count(), 0);
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      assert.equal(await page.evaluate(() => Reflect.get(window, "owned")), undefined);
      assert.doesNotMatch(await page.getByRole("main").innerText(), /\u202E/);
    }));
});
