import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { OpenAPIHono } from "@hono/zod-openapi";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { makeBook, noon, ruleFile } from "../../detect/book/rule-book.fixture.ts";
import { sendProblem } from "../problem.ts";
import { ruleItemRoutes } from "./rule-items.ts";
import { ruleRoutes } from "./rules.ts";

let folder: TemporaryFolder;
let app: OpenAPIHono;

beforeEach(() => {
  folder = makeTemporaryFolder();
  mkdirSync(join(folder.path, "impact/table"), { recursive: true });
  writeFileSync(
    join(folder.path, "impact/table/rule.yml"),
    ruleFile("one", "DeleteTable", "tags: [attack.impact, attack.t1485]\n"),
  );
  writeFileSync(join(folder.path, "nameless.yml"), ruleFile("x", "StopLogging").replace("id: x\n", ""));
  const { book } = makeBook(folder.path);
  app = new OpenAPIHono();
  app.onError((error, context) => sendProblem(context, error));
  app.route(
    "/",
    ruleRoutes(async () => book),
  );
  app.route(
    "/",
    ruleItemRoutes(
      async () => book,
      () => noon,
    ),
  );
});
afterEach(() => folder[Symbol.dispose]());

async function ask(method: string, path: string, body?: unknown) {
  const response = await app.request(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Record<string, never> };
}

test("rules are told, settled, and told anew", async () => {
  const { body } = await ask("GET", "/rules");
  const { rules } = body as unknown as { rules: { key: string; status: string; lastAt: null }[] };
  assert.deepEqual(
    rules.map(({ key, status, lastAt }) => [key, status, lastAt]),
    [
      ["one", "on", null],
      ["rules/nameless.yml:1", "on", null],
    ],
  );
  const change = { status: "staged", stage: { days: 2, findingsMax: 5 }, severity: "low", by: "ann" };
  assert.equal((await ask("POST", "/rules/one/settings", change)).status, 200);
  const { rule } = (await ask("GET", "/rules/table")).body as unknown as { rule: Record<string, unknown> };
  assert.deepEqual(
    [rule["key"], rule["status"], rule["level"], rule["techniques"]],
    ["one", "staged", "low", ["T1485"]],
  );
  assert.deepEqual(rule["staged"], {
    since: "2026-11-21T12:00:00.000Z",
    until: "2026-11-23T12:00:00.000Z",
    findingsMax: 5,
  });
});

test("a rule whose key has slashes is reached, and one that is not there is not", async () => {
  const key = encodeURIComponent("rules/nameless.yml:1");
  assert.equal((await ask("POST", `/rules/${key}/settings`, { status: "off" })).status, 200);
  assert.equal((await ask("GET", `/rules/${key}`)).status, 200);
  assert.equal((await ask("GET", "/rules/nobody")).status, 404);
  assert.equal((await ask("POST", "/rules/nobody/settings", { status: "off" })).status, 404);
  assert.equal((await ask("POST", "/rules/one/settings", { status: "loud" })).status, 400);
  assert.equal((await ask("POST", "/rules/one/settings", { dedupMs: -1 })).status, 400);
});

test("packages are tried, imported and removed", async () => {
  const files = [{ path: "two.yml", text: ruleFile("two", "CreateUser") }];
  const trial = await ask("POST", "/packages", { name: "sigma", files, isTrial: true });
  assert.deepEqual(trial.body["outcome"], { added: 1, changed: 0, same: 0, gone: 0, refused: [], others: 0 });
  assert.deepEqual((await ask("GET", "/packages")).body["packages"], []);
  await ask("POST", "/packages", { name: "sigma", origin: "here", files, license: "MIT", author: "Ann" });
  assert.deepEqual((await ask("GET", "/packages")).body["packages"], [
    {
      ...{ name: "sigma", origin: "here", license: "MIT", author: "Ann", version: "" },
      importedAt: "2026-11-21T12:00:00.000Z",
    },
  ]);
  assert.equal((await ask("DELETE", "/packages/sigma")).status, 204);
  assert.equal((await ask("DELETE", "/packages/sigma")).status, 404);
  assert.equal((await ask("POST", "/packages", { name: "sigma", zip: "bm8gemlw" })).status, 400);
});

test("tunings, searches and lists of values are kept by their names", async () => {
  const tuning = { rules: ["table"], query: "user:mary", reason: "Drill", until: "2026-12-01T00:00:00Z" };
  assert.deepEqual((await ask("PUT", "/tunings/drill", tuning)).body["tuning"], {
    ...{ name: "drill", rules: ["one"], query: "user:mary", reason: "Drill" },
    ...{ until: "2026-12-01T00:00:00.000Z", changedAt: "2026-11-21T12:00:00.000Z" },
  });
  assert.equal((await ask("PUT", "/tunings/endless", { ...tuning, until: null })).status, 200);
  const { tunings } = (await ask("GET", "/tunings")).body as unknown as { tunings: unknown[] };
  assert.equal(tunings.length, 2);
  assert.equal((await ask("DELETE", "/tunings/drill")).status, 204);
  assert.equal((await ask("PUT", "/searches/denied", { query: "error:*", groupBy: ["user"], count: 5 })).status, 200);
  assert.equal((await ask("PUT", "/searches/denied", { query: "error:*", groupBy: ["no such"] })).status, 400);
  assert.equal((await ask("DELETE", "/searches/denied")).status, 204);
  assert.equal((await ask("PUT", "/values/Admins", { values: ["ann"] })).status, 204);
  assert.deepEqual((await ask("GET", "/values")).body["values"], [{ name: "Admins", values: ["ann"] }]);
});

test("coverage tells each technique's rules", async () => {
  const { coverage } = (await ask("GET", "/coverage")).body as unknown as {
    coverage: { tactics: { id: string; techniques: { id: string; rules: string[]; blind: string[] }[] }[] };
  };
  const impact = coverage.tactics.find(({ id }) => id === "TA0040");
  const found = impact?.techniques.find(({ id }) => id === "T1485");
  assert.deepEqual([found?.rules, found?.blind], [["one"], []]);
  assert.equal(coverage.tactics.length, 15);
});
