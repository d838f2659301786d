import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openApp, type OpenApp } from "../open-app.fixture.ts";
import type { Problem } from "../problem.ts";
import type { SourceAnswer } from "./collect-schemas.ts";

let open: OpenApp;
before(async () => {
  open = await openApp({ eventsPerDay: 0 });
});
after(async () => open[Symbol.asyncDispose]());

const queue = {
  type: "queue",
  settings: {
    queueUrl: "https://sqs.eu-central-1.amazonaws.com/111122223333/trail",
    region: "eu-central-1",
    accountId: "1111-2222 3333",
    roleArn: "arn:aws:iam::111122223333:role/reader",
  },
};
const secrets = { accessKeyId: "AKIDNOTREAL", secretAccessKey: "a secret that is never shown" };

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${open.token}` },
): Promise<Response> {
  return open.app.fetch(
    new Request(`http://127.0.0.1/api/v1/collect${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }),
  );
}

async function problemOf(response: Response): Promise<Pick<Problem, "status" | "code"> & { detail: string }> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const { status, code, detail } = (await response.json()) as Problem;
  assert.equal(status, response.status);
  return { status, code, detail };
}

test("whoever has no token reads everything and changes nothing", async () => {
  const reads = [
    "/kinds",
    "/sources",
    "/ledger",
    "/ledger/missing",
    "/accounts",
    "/delays",
    "/unreconciled",
    "/filters",
  ];
  for (const path of reads) assert.equal((await send("GET", path, undefined, {})).status, 200, path);
  const changes: readonly (readonly [method: string, path: string, body?: unknown])[] = [
    ["POST", "/sources", { name: "a", ...queue }],
    ["DELETE", "/sources/a"],
    ["POST", "/sources/a/pause"],
    ["POST", "/sources/a/resume"],
    ["POST", "/sources/a/test", {}],
    ["POST", "/checks", queue],
    ["POST", "/sources/a/set-aside/send-again", {}],
    ["POST", "/sources/a/set-aside/drop", { ids: ["1"] }],
    ["POST", "/ledger/take-up-again", {}],
    ["POST", "/filters", { name: "a", query: "eventName:x" }],
    ["DELETE", "/filters/a"],
    ["POST", "/imports", { paths: ["."], workingDirectory: "/" }],
    ["PATCH", "/sources/a"],
  ];
  for (const [method, path, body] of changes) {
    for (const headers of [{}, { authorization: "Bearer a token for tesst" }, { authorization: "Basic x" }]) {
      const { status, code } = await problemOf(await send(method, path, body, headers));
      assert.deepEqual({ status, code }, { status: 401, code: "token-missing" }, `${method} ${path}`);
    }
  }
});

test("a post to a source does not ask for the data folder's token, and is for sources that take posts", async () => {
  assert.equal((await problemOf(await send("POST", "/push/nobody", "{}", {}))).code, "source-unknown");
  await send("POST", "/sources", { name: "no-post", ...queue });
  const { status, code } = await problemOf(await send("POST", "/push/no-post", "{}", {}));
  assert.deepEqual({ status, code }, { status: 409, code: "source-no-push" });
  await send("DELETE", "/sources/no-post");
  const fromElsewhere = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
  assert.equal((await problemOf(await send("POST", "/push/nobody", "{}", fromElsewhere))).code, "host-refused");
});

test("every kind says what it takes, each setting with its description", async () => {
  const { kinds } = (await (await send("GET", "/kinds")).json()) as {
    kinds: {
      type: string;
      settings: { properties: Record<string, { description?: string }> };
      permissions: object[];
    }[];
  };
  assert.ok(kinds.length > 0);
  for (const { type, settings } of kinds) {
    for (const [name, { description }] of Object.entries(settings.properties)) {
      assert.ok(description, `${type}: ${name}`);
    }
  }
});

test("a source is added, shown, paused, resumed and removed; its secrets are never given out", async () => {
  const added = await send("POST", "/sources", { name: "prod", ...queue, secrets });
  assert.equal(added.status, 201);
  const text = await added.text();
  assert.ok(!text.includes(secrets.secretAccessKey));
  const { source, shown } = JSON.parse(text) as { source: SourceAnswer; shown: object };
  assert.deepEqual(shown, {});
  assert.equal(source.settings["accountId"], "111122223333");
  assert.equal(source.place, queue.settings.queueUrl);
  assert.deepEqual([source.status, source.setAside, source.lagMs, source.isBuiltIn], ["waiting", 0, null, false]);
  assert.equal(new Date(source.createdAt).toISOString(), source.createdAt);
  assert.equal(source.ledger.completeness, null);
  const again = await problemOf(await send("POST", "/sources", { name: "prod", ...queue }));
  assert.deepEqual([again.status, again.code], [409, "source-exists"]);
  const list = await (await send("GET", "/sources")).text();
  assert.ok(!list.includes(secrets.secretAccessKey) && !list.includes(secrets.accessKeyId));
  assert.deepEqual(
    (JSON.parse(list) as { sources: SourceAnswer[] }).sources.map(({ name }) => name),
    ["prod"],
  );
  const status = async (path: string) =>
    ((await (await send("POST", `/sources/prod/${path}`)).json()) as SourceAnswer).status;
  assert.equal(await status("pause"), "paused");
  assert.equal(((await (await send("GET", "/sources/prod")).json()) as SourceAnswer).status, "paused");
  assert.equal(await status("resume"), "waiting");
  assert.equal((await send("DELETE", "/sources/prod")).status, 204);
  assert.equal((await problemOf(await send("GET", "/sources/prod"))).status, 404);
});

const wrong: readonly (readonly [what: string, body: unknown, code: string, says: RegExp])[] = [
  ["a name with capitals", { name: "Prod", ...queue }, "source-name-invalid", /no name for a source/],
  ["a name that leads elsewhere", { name: "../x", ...queue }, "source-name-invalid", /no name for a source/],
  ["a kind that is none", { name: "a", type: "tape", settings: {} }, "source-kind-unknown", /tape/],
  [
    "a setting that is none",
    { name: "a", type: "queue", settings: { ...queue.settings, colour: "red" } },
    "source-settings-invalid",
    /colour/,
  ],
  [
    "a region that is none",
    { name: "a", type: "queue", settings: { ...queue.settings, region: "eu-centrel-1" } },
    "source-settings-invalid",
    /did you mean eu-central-1/,
  ],
  [
    "another region than the queue's",
    { name: "a", type: "queue", settings: { ...queue.settings, region: "us-east-1" } },
    "source-settings-invalid",
    /eu-central-1 by its URL/,
  ],
  ["a secret that is none", { name: "a", ...queue, secrets: { password: "x" } }, "source-settings-invalid", /password/],
  ["a field that is none", { name: "a", ...queue, admin: true }, "request-invalid", /admin/],
  ["settings that are a list", { name: "a", type: "queue", settings: [] }, "request-invalid", /settings/],
  ["half a body", '{"name":', "request-invalid", /cannot be read/],
];

test("a source that cannot be is refused with what is wrong in it", async () => {
  for (const [what, body, code, says] of wrong) {
    const problem = await problemOf(await send("POST", "/sources", body));
    assert.deepEqual([problem.status, problem.code], [400, code], what);
    assert.match(problem.detail, says, what);
  }
  assert.deepEqual(await (await send("GET", "/sources")).json(), { sources: [] });
});

test("settings that do not fit are refused before the first finding, with a status of their own", async () => {
  const { status, code } = await problemOf(await send("POST", "/checks", { type: "queue", settings: {} }));
  assert.deepEqual([status, code], [400, "source-settings-invalid"]);
  assert.equal((await problemOf(await send("POST", "/sources/nobody/test", {}))).code, "source-unknown");
});

test("what is unknown is not found, whatever is asked of it", async () => {
  for (const [method, path, body] of [
    ["GET", "/sources/nobody"],
    ["DELETE", "/sources/nobody"],
    ["POST", "/sources/nobody/pause"],
    ["POST", "/sources/nobody/resume"],
    ["GET", "/sources/nobody/set-aside"],
    ["POST", "/sources/nobody/set-aside/send-again", {}],
    ["POST", "/sources/nobody/set-aside/drop", { ids: ["1"] }],
    ["DELETE", "/filters/nobody"],
  ] as const) {
    assert.equal((await send(method, path, body)).status, 404, `${method} ${path}`);
  }
});

test("a body larger than any request is refused, whether it says its length or not", async () => {
  const large = "x".repeat(9 * 1024 * 1024);
  const lengthSaid = { authorization: `Bearer ${open.token}`, "content-length": String(large.length) };
  for (const headers of [undefined, lengthSaid]) {
    const { status, code } = await problemOf(await send("POST", "/sources", large, headers));
    assert.deepEqual([status, code], [413, "request-too-large"]);
  }
});

test("the ledger of nothing is neither complete nor incomplete, and takes times as people write them", async () => {
  const { totals, hours } = await open.json<{ totals: object; hours: object[] }>(
    "/api/v1/collect/ledger?account=1111-2222-3333&from=now-7d&region=eu-central-1&source=any",
  );
  const nothing = { known: 0, read: 0, waiting: 0, failing: 0, leftOut: 0, noticed: 0, listed: 0, named: 0 };
  const digests = { known: 0, read: 0, failing: 0 };
  assert.deepEqual({ totals, hours }, { totals: { ...nothing, digests, completeness: null }, hours: [] });
  assert.deepEqual((await open.json<{ hours: object[] }>("/api/v1/collect/ledger?digests=only")).hours, []);
  assert.deepEqual(await open.json("/api/v1/collect/ledger/missing"), { entries: [], next: null });
  const { code } = await problemOf(await open.get("/api/v1/collect/ledger?from=yesterdayish"));
  assert.equal(code, "range-invalid");
  assert.deepEqual(await (await send("POST", "/ledger/take-up-again", { account: "1" })).json(), { count: 0 });
});

test("nothing of this was the server's own fault", () => {
  assert.deepEqual(open.failures, []);
});
