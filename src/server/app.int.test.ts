import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { openApp, type OpenApp } from "./open-app.fixture.ts";
import type { Problem } from "./problem.ts";

let open: OpenApp;
const site = makeTemporaryFolder();

before(async () => {
  const consoleDirectory = join(site.path, "console");
  mkdirSync(join(consoleDirectory, "assets"), { recursive: true });
  writeFileSync(join(consoleDirectory, "index.html"), "<!doctype html><title>Trailwarden</title>");
  writeFileSync(join(consoleDirectory, "assets", "app-1a2b.js"), "export {};");
  writeFileSync(join(site.path, "secret.txt"), "secret");
  open = await openApp({ eventsPerDay: 100, consoleDirectory });
});
after(async () => {
  await open[Symbol.asyncDispose]();
  site[Symbol.dispose]();
});

async function problemOf(response: Response): Promise<Problem> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const problem = (await response.json()) as Problem;
  assert.equal(problem.status, response.status);
  assert.ok(problem.detail.length > 0 && !problem.detail.endsWith("."), problem.detail);
  return problem;
}

test("a query that cannot be read is a problem that says where", async () => {
  for (const path of ["events", "facets", "export", "histogram"]) {
    const problem = await problemOf(
      await open.get(
        `/api/v1/search/${path}?fields=eventName&query=${encodeURIComponent("eventName:Get (user:alice")}`,
      ),
    );
    assert.deepEqual({ status: problem.status, code: problem.code }, { status: 400, code: "query-invalid" }, path);
    assert.equal(typeof problem.details?.["start"], "number");
    assert.equal(typeof problem.details?.["end"], "number");
    assert.equal(problem.details?.["query"], "eventName:Get (user:alice");
  }
});

const wrongRequests: readonly (readonly [path: string, status: number, code: string, says?: RegExp])[] = [
  ["/api/v1/search/events?limit=many", 400, "request-invalid", /limit/],
  ["/api/v1/search/events?limit=0", 400, "request-invalid", /limit/],
  ["/api/v1/search/events?limit=1001", 400, "request-invalid", /limit/],
  ["/api/v1/search/events?order=sideways", 400, "request-invalid", /order/],
  [`/api/v1/search/events?query=${"x".repeat(10_001)}`, 400, "request-invalid", /query/],
  ["/api/v1/search/events?cursor=nonsense", 400, "cursor-invalid"],
  ["/api/v1/search/events?from=yesterdayish", 400, "range-invalid"],
  ["/api/v1/search/histogram?buckets=0", 400, "request-invalid", /buckets/],
  ["/api/v1/search/facets?fields=no%20such%20field%21", 400, "field-unknown"],
  ["/api/v1/search/export?format=xml", 400, "request-invalid", /format/],
  ["/api/v1/events/no-such-event", 404, "event-unknown"],
  ["/api/v1/events/00000000-0000-4000-8000-000000000000", 404, "event-unknown"],
  ["/api/v1/store/log-files?limit=-1", 400, "request-invalid", /limit/],
  ["/api/v1/nowhere", 404, "not-found"],
];

for (const [path, status, code, says] of wrongRequests) {
  test(`${path.slice(0, 60)} is answered with ${status} ${code}`, async () => {
    const problem = await problemOf(await open.get(path));
    assert.deepEqual({ status: problem.status, code: problem.code }, { status, code });
    if (says) assert.match(problem.detail, says);
  });
}

test("nothing of this was the server's own fault", () => {
  assert.deepEqual(open.failures, []);
});

test("another host name, another site and their pages are refused", async () => {
  const other = await open.app.fetch(new Request("http://evil.example/api/v1/store/stats"));
  assert.equal((await problemOf(other)).code, "host-refused");
  assert.equal(other.status, 403);
  for (const where of ["cross-site", "same-site"]) {
    const response = await open.get("/api/v1/store/stats", { "sec-fetch-site": where, "sec-fetch-mode": "cors" });
    assert.equal((await problemOf(response)).code, "host-refused");
  }
  assert.equal((await open.get("/api/v1/store/stats", { "sec-fetch-site": "same-origin" })).status, 200);
  assert.equal((await open.get("/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).status, 200);
});

test("an import needs the token, and a body that can be read", async () => {
  const post = async (headers: Record<string, string>, body: string) =>
    open.app.fetch(
      new Request("http://127.0.0.1/api/v1/collect/imports", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      }),
    );
  const good = JSON.stringify({ paths: [open.folder], workingDirectory: open.folder });
  const bearer = { authorization: `Bearer ${open.token}` };
  assert.equal((await problemOf(await post({}, good))).code, "token-missing");
  assert.equal((await post({}, good)).status, 401);
  assert.equal((await post({ authorization: "Bearer a token for tesst" }, good)).status, 401);
  assert.equal((await problemOf(await post(bearer, "{"))).code, "request-invalid");
  assert.equal((await problemOf(await post(bearer, "{}"))).code, "request-invalid");
  assert.equal(
    (await problemOf(await post(bearer, JSON.stringify({ paths: [], workingDirectory: "/" })))).code,
    "request-invalid",
  );
  assert.equal((await problemOf(await post({ ...bearer, "content-type": "text/plain" }, good))).status, 400);
  const response = await post(bearer, JSON.stringify({ paths: ["nowhere"], workingDirectory: open.folder }));
  const last = (await response.text()).trim().split("\n").at(-1) ?? "";
  assert.match(last, /"kind":"failed".*"code":"import-path-missing"/);
  assert.deepEqual(open.failures, []);
});

test("every answer carries the headers that keep a browser safe", async () => {
  for (const path of ["/", "/api/v1/store/stats", "/api/v1/nowhere", "/assets/app-1a2b.js", "/api/v1/search/export"]) {
    const { headers } = await open.get(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'self'/, path);
    assert.doesNotMatch(policy, /script-src|unsafe-eval|script[^;]*unsafe-inline/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

test("the console's files are served, and nothing beside them", async () => {
  assert.match(await (await open.get("/assets/app-1a2b.js")).text(), /export/);
  assert.equal((await open.get("/assets/nothing.js")).status, 404);
  const page = "<!doctype html><title>Trailwarden</title>";
  assert.equal(await (await open.get("/search?query=x")).text(), page);
  const ways = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/%00/secret.txt",
    "//etc/passwd.txt",
    `/${join(site.path, "secret.txt")}`,
    "/%E0%A4%A",
    "/%ff.js",
  ];
  for (const path of ways) {
    const response = await open.get(path);
    assert.ok(response.status < 500, `${path}: ${response.status}`);
    const text = await response.text();
    assert.ok(!text.includes("secret"), path);
    assert.ok(!text.includes("root:"), path);
  }
  assert.deepEqual(open.failures, []);
});

test("HEAD answers like GET without a body, other methods are not found or refused", async () => {
  const ask = async (method: string, path: string) =>
    open.app.fetch(new Request(`http://127.0.0.1${path}`, { method }));
  const head = await ask("HEAD", "/api/v1/store/stats");
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  for (const method of ["OPTIONS", "DELETE", "PUT", "PATCH"]) {
    const response = await ask(method, "/api/v1/store/stats");
    assert.ok(response.status >= 400 && response.status < 500, `${method}: ${response.status}`);
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  }
});

test("the OpenAPI document names every route, and all its references lead somewhere", async () => {
  const document = await open.json<{ openapi: string; paths: Record<string, Record<string, Operation>> }>(
    "/api/v1/openapi.json",
  );
  assert.equal(document.openapi, "3.1.0");
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const routed = open.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/v1/") && !path.endsWith("openapi.json"))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}").replace(/\/$/, "")}`);
  assert.deepEqual(new Set(documented.map((path) => path.replace(/\/$/, ""))), new Set(routed));
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const operation of Object.values(methods)) {
      assert.ok(operation.summary, path);
      assert.ok(
        Object.keys(operation.responses).some((status) => status.startsWith("2")),
        path,
      );
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === "path").map(({ name }) => name);
      assert.deepEqual(named, inPath, path);
    }
  }
  for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = (reference ?? "")
      .split("/")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    assert.ok(found, reference);
  }
});

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

test("health and metrics are there for machines", async () => {
  assert.deepEqual(await open.json("/healthz"), { status: "ok" });
  const text = await (await open.get("/metrics")).text();
  const { events } = await open.json<{ events: number }>("/api/v1/store/stats");
  assert.match(text, new RegExp(`^trailwarden_events_stored ${events}$`, "m"));
  // What is there stands on the page, and what stands there is there, but for what has no value yet.
  const names = [...text.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name);
  const page = await readFile(new URL("../../docs/http-api.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `(\w+)` \| .*\|$/gm)].flatMap(([, name]) =>
    name?.startsWith("trailwarden_") || name?.startsWith("process_") ? name : [],
  );
  const valueless = [
    "judged_seconds_ago",
    "notices_waiting",
    "deliveries_failed_last_day",
    "deliveries_given_up_last_day",
  ];
  assert.deepEqual(
    names,
    told.filter((name) => !valueless.includes(name.replace("trailwarden_", ""))),
  );
});
