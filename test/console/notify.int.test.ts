import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDetect } from "./open-detect.fixture.ts";

const change = { mayChange: true };

describeDetect("the pages of notifying", { isEmpty: true }, (notify) => {
  test("a channel is added, its secrets are not shown again, a test says what came of it, and the usual route is made", () =>
    notify().visit(
      "/notify",
      async (page) => {
        await page.getByText("Nobody is told of anything yet.").waitFor();
        await page.getByRole("button", { name: "Add a channel" }).click();
        const dialog = page.getByRole("dialog", { name: "Add a channel" });
        await dialog.getByLabel("Kind").selectOption("webhook");
        await dialog.getByLabel("Name").fill("on-call");
        await dialog.getByRole("button", { name: "Add it" }).click();
        assert.equal(await dialog.getByText("This is needed").count(), 2);
        await dialog.getByLabel(/^URL/).fill("https://example.com/hook");
        await dialog.getByLabel(/^Secret/).fill("sixteen-letters-or-more");
        await dialog.getByRole("button", { name: "Add it" }).click();
        const card = page.getByRole("listitem", { name: "on-call" });
        await card.getByText("URL, Secret").waitFor();
        assert.deepEqual(notify().asked, [
          'PUT /notify/channels/on-call {"type":"webhook","settings":{},"secrets":{"url":"https://example.com/hook","secret":"sixteen-letters-or-more"}}',
        ]);
        assert.doesNotMatch(await page.getByRole("main").innerText(), /sixteen-letters/);
        await card.getByRole("button", { name: "Test on-call" }).click();
        await card.getByRole("status").getByText("It was taken: 202 accepted").waitFor();
        await page.getByRole("button", { name: "Make that route" }).click();
        await page.getByText("No route leads to a channel").waitFor({ state: "detached" });
        await page.getByRole("link", { name: "Routes" }).click();
        await page.getByRole("row", { name: /^high-or-worse on-call everything, high or worse/ }).waitFor();
        await page.getByRole("button", { name: "Switch high-or-worse off" }).click();
        await page.getByRole("row", { name: /switched off/ }).waitFor();
        await page.getByRole("link", { name: "Channels" }).click();
        await card.getByRole("button", { name: "Remove on-call" }).click();
        await card.getByRole("button", { name: "Remove it" }).click();
        await page.getByText("Nobody is told of anything yet.").waitFor();
      },
      change,
    ));
});

describeDetect("notifying that goes on", {}, (notify) => {
  test("a channel is edited without its secrets, and what does not fit is said at its field", () =>
    notify().visit(
      "/notify",
      async (page) => {
        await page.getByRole("button", { name: "Edit mail" }).click();
        const dialog = page.getByRole("dialog", { name: "Edit mail" });
        assert.equal(await dialog.getByLabel(/^Password/).inputValue(), "");
        await dialog.getByLabel(/^Host/).fill("nowhere");
        await dialog.getByRole("button", { name: "Save" }).click();
        await dialog.getByRole("alert").waitFor();
        assert.equal(await dialog.getByLabel(/^Host/).getAttribute("aria-invalid"), "true");
        await dialog.getByLabel(/^Host/).fill("mail.example.com");
        await dialog.getByRole("button", { name: "Save" }).click();
        await page.getByRole("listitem", { name: "mail" }).getByText("mail.example.com").waitFor();
        assert.match(notify().asked.at(-1) ?? "", /"secrets":\{\}/);
      },
      { ...change, expectsRefusal: true },
    ));

  test("a route is made for hours in which people work", () =>
    notify().visit(
      "/notify/routes",
      async (page) => {
        await page.getByRole("button", { name: "Add a route" }).click();
        const dialog = page.getByRole("dialog", { name: "Add a route" });
        await dialog.getByLabel("Name").fill("weekends");
        await dialog.getByRole("checkbox", { name: /^on-call/ }).check();
        await dialog.getByRole("checkbox", { name: /^Incidents/ }).check();
        await dialog.getByRole("radio", { name: /^In these hours/ }).check();
        for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri"]) await dialog.getByLabel(day, { exact: true }).uncheck();
        for (const day of ["Sat", "Sun"]) await dialog.getByLabel(day, { exact: true }).check();
        await dialog.getByLabel("Time zone").fill("Europe/Berlin");
        await dialog.getByRole("button", { name: "Add it" }).click();
        await page
          .getByRole("row", {
            name: /^weekends on-call incidents, high or worse.*Sat, Sun 08:00–18:00 \(Europe\/Berlin\)/,
          })
          .waitFor();
      },
      change,
    ));

  test("the log tells of every try, and is narrowed by channel", () =>
    notify().visit("/notify/deliveries", async (page) => {
      const rows = page.getByRole("table", { name: "Deliveries" }).getByRole("row");
      await rows.getByText("Given up").waitFor();
      assert.equal(await rows.count(), 5);
      await page.getByRole("combobox", { name: "Channel" }).selectOption("on-call");
      await page.waitForURL(/channel=on-call/);
      await rows.getByText("Given up").waitFor({ state: "detached" });
      assert.equal(await rows.count(), 3);
      assert.equal(await page.locator("#root img, [onerror]").count(), 0);
    }));
});
