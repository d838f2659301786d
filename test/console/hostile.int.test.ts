import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { makeEventId, makeRecord } from "../fixtures/made-record.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

const attack = '</script><script>window.owned=1</script><img src=x onerror="window.owned=1">';

const hostile = makeRecord(1, {
  eventName: `<b>Create</b>${attack}`,
  userAgent: `\u001B[2J\u001B[31m\u202Egnp.exe\u200B ${"long ".repeat(2_000)}`,
  errorCode: `"><svg onload=window.owned=1>`,
  errorMessage: attack,
  sourceIPAddress: "javascript:alert(1)",
  requestParameters: {
    [attack]: attack,
    __proto__x: "x",
    ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`parameter${index}`, `value ${index}`])),
    deep: JSON.parse("[".repeat(60) + "]".repeat(60)),
  },
});
const address = `/?event=${makeEventId(1)}&account=111122223333`;

describe("a record written by an attacker", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ records: [hostile, makeRecord(2)] });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  for (const tab of ["Overview", "JSON", "Raw"]) {
    test(`is shown and does nothing: ${tab}`, () =>
      consolePage.visit(address, async (page) => {
        await page.getByTestId("sentence").waitFor();
        await page.getByRole("tab", { name: tab }).click();
        await page
          .getByRole("complementary", { name: "Event", exact: true })
          .getByText("window.owned")
          .first()
          .waitFor();
        assert.equal(
          await page.locator("#root img:not(.cm-widgetBuffer), #root script, #root b, [onerror], [onload]").count(),
          0,
        );
        assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
        assert.equal(await page.evaluate(() => Reflect.get(window, "owned")), undefined);
      }));
  }

  test("has its invisible characters written out", () =>
    consolePage.visit(address, async (page) => {
      const agent = page.getByRole("region", { name: "Where" });
      for (const name of ["ESC", "RLO", "ZWSP"]) await agent.getByText(name, { exact: true }).first().waitFor();
      assert.doesNotMatch(await agent.innerText(), /[\u001B\u202E\u200B]/);
    }));

  test("has its long values clipped until someone asks for all of them", () =>
    consolePage.visit(address, async (page) => {
      const place = page.getByRole("region", { name: "Where" });
      const clipped = (await place.innerText()).length;
      await place
        .getByRole("button", { name: /Show all [\d,]+ characters/ })
        .first()
        .click();
      assert.ok((await place.innerText()).length > clipped + 5_000);
    }));

  test("can be filtered by its values without breaking the search", () =>
    consolePage.visit("/", async (page) => {
      const cell = page.getByRole("gridcell").filter({ hasText: "<b>Create" }).first();
      await cell.hover();
      await cell.getByRole("button", { name: /^Only/ }).click();
      await page.waitForURL(/query=eventName/);
      await page.getByTestId("count").getByText("1 event").waitFor();
    }));
});

describe("a store without events", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({});
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("teaches how to bring events in", () =>
    consolePage.visit("/", async (page) => {
      await page.getByRole("heading", { name: "No events yet" }).waitFor();
      await page.getByText("npx trailwarden import PATH").waitFor();
    }));

  test("shows what has been brought in meanwhile as soon as the search is asked again", () =>
    consolePage.visit("/", async (page) => {
      await page.getByRole("heading", { name: "No events yet" }).waitFor();
      await consolePage.add([makeRecord(1)]);
      await page.getByRole("button", { name: "Search", exact: true }).click();
      await page.getByRole("gridcell", { name: "GetObject" }).waitFor();
      await page.getByTestId("count").getByText("1 event").waitFor();
    }));
});
