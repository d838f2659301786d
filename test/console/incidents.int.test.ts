import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDetect, type OpenDetect } from "./open-detect.fixture.ts";

const change = { mayChange: true };

/** What was asked of the server last, as JSON. */
function lastBody(detect: OpenDetect): unknown {
  return JSON.parse(/\{.*\}$/s.exec(detect.asked.at(-1) ?? "")?.[0] ?? "null");
}

describeDetect("the pages of incidents", {}, (detect) => {
  test("a person goes from the list into an incident, triages it, and closes it with a reason", () =>
    detect().visit(
      "/incidents",
      async (page) => {
        const list = page.getByRole("list", { name: "Incidents" });
        await list.getByRole("link", { name: /INC-12/ }).click();
        await page.waitForURL(/\/incidents\/id-12$/);
        await page.getByTestId("summary").getByText("stopped the trail main").waitFor();
        await page.getByRole("button", { name: "Triage" }).click();
        await page.getByRole("region", { name: "How it stands" }).getByText("Triaged", { exact: true }).waitFor();
        assert.deepEqual(lastBody(detect()), {
          change: { kind: "state", state: "triaged" },
          by: "somebody at the console",
        });
        await page.getByRole("button", { name: "Close…" }).click();
        const dialog = page.getByRole("dialog", { name: "Close INC-12" });
        assert.equal(await dialog.getByRole("button", { name: "Close it" }).isDisabled(), true);
        await dialog.getByRole("radio", { name: /^Resolved/ }).check();
        await dialog.getByLabel(/^Comment/).fill("The key is gone");
        await dialog.getByRole("button", { name: "Close it" }).click();
        await page.getByText("Closed: resolved").waitFor();
        assert.deepEqual(lastBody(detect()), {
          change: { kind: "state", state: "closed", closedAs: "resolved", comment: "The key is gone" },
          by: "somebody at the console",
        });
        await page.getByRole("link", { name: "Incidents" }).first().click();
        await page.getByRole("button", { name: /^Closed 2/ }).click();
        await page.getByRole("link", { name: /INC-12/ }).waitFor();
      },
      change,
    ));

  test("arrows lead through the list, Enter opens, and what comes in meanwhile takes no focus away", () =>
    detect().visit("/incidents", async (page) => {
      const link = (name: string) => page.getByRole("link", { name: new RegExp(name) });
      await link("INC-12").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
      assert.match(await focused(), /^INC-11/);
      detect().arrive();
      await link("INC-13").waitFor();
      assert.match(await focused(), /^INC-11/);
      await page.keyboard.press("ArrowUp");
      assert.match(await focused(), /^INC-12/);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/incidents\/id-12$/);
    }));

  test("the list is narrowed by state, severity and account, and the address says so", () =>
    detect().visit("/incidents", async (page) => {
      const items = page.getByRole("list", { name: "Incidents" }).getByRole("listitem");
      await page.getByRole("button", { name: /^Open 4/ }).waitFor();
      await page.getByRole("combobox", { name: "Severity" }).selectOption("high");
      await page.getByRole("button", { name: /^Open 2/ }).waitFor();
      assert.equal(await items.count(), 2);
      await page.waitForURL(/severity=high/);
      await page.getByRole("button", { name: /^Triaged 1/ }).click();
      await page.waitForURL(/state=triaged/);
      await page.getByRole("link", { name: /INC-11/ }).waitFor();
      await page.getByRole("combobox", { name: "Severity" }).selectOption("");
      await page.getByRole("button", { name: /^All 5/ }).click();
      await page.getByRole("combobox", { name: "Account" }).selectOption("777788889999");
      await page.getByRole("button", { name: /^All 1/ }).waitFor();
      assert.equal(await items.count(), 1);
    }));

  test("an event of the timeline opens in Search, and a question is a ready search", () =>
    detect().visit("/incidents/INC-12", async (page) => {
      const timeline = page.getByRole("region", { name: "Timeline" });
      await timeline.waitFor();
      assert.equal(await timeline.getByRole("list", { name: "Events" }).getByRole("link").count(), 8);
      await timeline.getByRole("img", { name: "Broken" }).waitFor();
      const event = new URL(
        (await timeline.getByRole("link", { name: "StopLogging" }).getAttribute("href")) ?? "",
        page.url(),
      );
      assert.equal(event.searchParams.get("event"), "00000000-0000-4000-8000-000000000005");
      assert.equal(event.searchParams.get("account"), "111122223333");
      const question = page.getByRole("region", { name: "What to ask next" }).getByRole("link").first();
      const asked = new URL((await question.getAttribute("href")) ?? "", page.url());
      assert.equal(asked.searchParams.get("query"), "user:deploy -readOnly:true");
      assert.ok(asked.searchParams.has("from") && asked.searchParams.has("to"));
      const key = page
        .getByRole("region", { name: "Who and what" })
        .getByRole("link", { name: "AKIAIOSFODNN7EXAMPLE" });
      assert.match((await key.getAttribute("href")) ?? "", /userIdentity\.accessKeyId%3AAKIAIOSFODNN7EXAMPLE/);
    }));

  test("a finding tells what to do in the rule's own words", () =>
    detect().visit("/incidents/INC-12", async (page) => {
      const findings = page.getByRole("region", { name: "Findings" });
      await findings.getByText("What to do").nth(1).click();
      await findings.getByText("Has the new key been used").waitFor();
      assert.equal(
        await findings.getByRole("listitem").filter({ hasText: "inactive" }).last().locator("strong").count(),
        1,
      );
    }));

  test("who sits here says a name once, and it stands beside what they change", () =>
    detect().visit(
      "/incidents/INC-12",
      async (page) => {
        await page.getByRole("button", { name: "Say your name" }).click();
        await page.getByRole("dialog", { name: "Your name" }).getByLabel("Name", { exact: true }).fill("ben");
        await page.keyboard.press("Enter");
        await page.getByRole("button", { name: "Take it" }).click();
        await page.getByRole("region", { name: "History" }).getByText("The owner is ben").waitFor();
        await page.getByLabel("Comment").fill("I look at the key");
        await page.getByRole("button", { name: "Add comment" }).click();
        await page.getByRole("region", { name: "History" }).getByText("I look at the key").waitFor();
        assert.deepEqual(lastBody(detect()), { change: { kind: "comment", comment: "I look at the key" }, by: "ben" });
      },
      change,
    ));

  test("what is like an incident is silenced with a reason, and the silence is ended", () =>
    detect().visit(
      "/incidents/INC-12",
      async (page) => {
        await page.getByRole("button", { name: "Silence…" }).click();
        const dialog = page.getByRole("dialog", { name: "Silence" });
        await dialog.getByRole("radio", { name: /^Everything like it/ }).check();
        await dialog.getByRole("checkbox", { name: /^The actor/ }).check();
        await dialog.getByRole("checkbox", { name: /^The rule.*stopped/s }).check();
        await dialog.getByLabel(/^Reason/).fill("A rehearsal");
        await dialog.getByRole("combobox").selectOption("now+1d");
        await dialog.getByRole("button", { name: "Silence it" }).click();
        await dialog.waitFor({ state: "detached" });
        assert.deepEqual(lastBody(detect()), {
          scope: { rule: "trail-stopped", actor: "arn:aws:iam::111122223333:user/deploy" },
          until: "now+1d",
          reason: "A rehearsal",
          by: "somebody at the console",
        });
        await page.getByRole("link", { name: "Silences" }).click();
        await page.getByRole("button", { name: "End the silence: A rehearsal" }).click();
        await page.getByText("A rehearsal").waitFor({ state: "detached" });
      },
      change,
    ));

  test("incidents are merged, and findings split off into one of their own", () =>
    detect().visit(
      "/incidents/INC-12",
      async (page) => {
        await page.getByRole("button", { name: "Merge…" }).click();
        const merging = page.getByRole("dialog", { name: "Merge into INC-12" });
        await merging.getByRole("checkbox", { name: /^INC-11/ }).check();
        await merging.getByRole("button", { name: "Merge 1 incident" }).click();
        await page.getByText("Others are a part of it").waitFor();
        assert.deepEqual(lastBody(detect()), { others: ["id-11"], by: "somebody at the console" });
        await page.getByRole("button", { name: "Split…" }).click();
        const splitting = page.getByRole("dialog", { name: "Split INC-12" });
        await splitting.getByRole("checkbox", { name: /^CloudTrail is stopped/ }).check();
        await splitting.getByRole("button", { name: "Split off 1 finding" }).click();
        await page.waitForURL(/\/incidents\/id-20$/);
        assert.deepEqual(lastBody(detect()), { findings: ["one"], by: "somebody at the console" });
      },
      change,
    ));

  test("who may only look sees everything and changes nothing", () =>
    detect().visit("/incidents/INC-12", async (page) => {
      await page.getByRole("complementary", { name: "Only looking" }).waitFor();
      for (const name of ["Triage", "Close…", "Silence…", "Merge…"]) {
        assert.equal(await page.getByRole("button", { name }).isDisabled(), true, name);
      }
    }));

  test("what an attacker wrote is shown and does nothing", () =>
    detect().visit("/incidents", async (page) => {
      await page.getByRole("link", { name: /INC-10/ }).click();
      await page.getByTestId("summary").getByText("window.owned").waitFor();
      await page.getByRole("region", { name: "Timeline" }).getByText("RLO").first().waitFor();
      assert.equal(await page.locator("#root img, #root script, [onerror]").count(), 0);
      assert.equal(await page.evaluate(() => Reflect.get(window, "owned")), undefined);
      assert.doesNotMatch(await page.getByRole("main").innerText(), /\u202E/);
      assert.doesNotMatch(await page.title(), /\u202E/);
    }));
});

describeDetect("the list of incidents where there are none", { isEmpty: true }, (detect) => {
  test("says what that means, and whether anything looks for them", () =>
    detect().visit("/incidents", async (page) => {
      await page.getByText("No open incident: nothing waits for you.").waitFor();
      await page.getByText("224 rules look at every event as it is stored").waitFor();
    }));
});
