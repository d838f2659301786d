import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { makeEventId, makeRecord } from "../fixtures/made-record.ts";
import { openConsole, skipConsole, type OpenConsole } from "./open-console.fixture.ts";

const event = `111122223333/${makeEventId(1)}`;
const address = `/?query=GetObject&event=${makeEventId(1)}&account=111122223333`;

describe("detection in Search", { skip: skipConsole }, () => {
  let consolePage: OpenConsole;
  before(async () => {
    consolePage = await openConsole({ records: [makeRecord(1, { sourceIPAddress: "198.51.100.23" }), makeRecord(2)] });
  });
  after(() => consolePage[Symbol.asyncDispose]());

  test("an event tells the rules that it hit, and whose its address is", () =>
    consolePage.visit("/detect/searches", async (page) => {
      const asked: string[] = [];
      await page.route(/\/api\/v1\/detect\/(?:hits|addresses)/, async (route) => {
        const url = new URL(route.request().url());
        asked.push(decodeURIComponent(url.pathname + url.search));
        const hits = { [event]: [{ rule: "objects-read", title: "Many objects are read", finding: "f" }] };
        const facts = { address: "198.51.100.23", country: "NL", asn: 64_500, owner: "Example Hosting" };
        const json = url.pathname.endsWith("/hits")
          ? { hits }
          : { address: { ...facts, nature: "public", lists: ["tor-exits"] } };
        await route.fulfill({ json });
      });
      await page.goto(new URL(address, page.url()).href);
      const drawer = page.getByRole("complementary", { name: "Event", exact: true });
      const rule = drawer.getByRole("region", { name: "Rules that it hit" }).getByRole("link");
      assert.equal(new URL((await rule.getAttribute("href")) ?? "", page.url()).pathname, "/detect/rules/objects-read");
      await drawer.getByText("Netherlands · Example Hosting, AS64500").waitFor();
      await drawer.getByRole("link", { name: "warned of by tor-exits" }).waitFor();
      assert.deepEqual(asked.toSorted(), [
        "/api/v1/detect/addresses/198.51.100.23",
        `/api/v1/detect/hits?event=${event}`,
      ]);
    }));

  test("a search becomes a rule, and stands among those that are saved", () =>
    consolePage.visit(
      "/?query=errorCode:AccessDenied",
      async (page) => {
        await page.getByRole("button", { name: "Save as a rule" }).click();
        const dialog = page.getByRole("dialog", { name: "Save as a rule" });
        await dialog.getByLabel("Name").fill("many-denied");
        await dialog.getByLabel("So many events").fill("20");
        await dialog.getByLabel("Within").selectOption("an hour");
        await dialog.getByLabel(/^What becomes of what it finds/).selectOption("notification");
        await dialog.getByRole("button", { name: "Save it" }).click();
        await dialog.waitFor({ state: "detached" });
        await page.getByRole("link", { name: "Detect" }).click();
        await page.getByRole("link", { name: "Saved searches" }).click();
        await page
          .getByRole("row", {
            name: /^many-denied Medium errorCode:AccessDenied 20 events of the same userIdentity\.arn within 1 h Only tells/,
          })
          .waitFor();
        await page.getByRole("button", { name: "Remove many-denied" }).click();
        await page.getByRole("button", { name: "Remove it" }).click();
        await page.getByText("No search was saved as a rule yet.").waitFor();
      },
      { mayChange: true },
    ));
});
