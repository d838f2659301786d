import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { startServer, type RunningServer } from "./serve.ts";

let folder: TemporaryFolder;
let server: RunningServer;
let next: RunningServer | undefined;
const failures: unknown[] = [];
/** Long ones: more than what stands between a server and one who does not read on. */
const events = 2_500;

before(async () => {
  folder = makeTemporaryFolder();
  server = await startServer({
    dataDirectory: join(folder.path, "data"),
    port: 0,
    now: Date.now,
    onFailure: (error) => failures.push(error),
  });
  const file = join(folder.path, "a.json");
  const userAgent = "a long name ".repeat(700);
  writeFileSync(file, makeLogFile(Array.from({ length: events }, (_, number) => makeRecord(number, { userAgent }))));
  await server.services.runImport(
    { paths: [file], workingDirectory: folder.path },
    () => undefined,
    new AbortController().signal,
  );
});
after(async () => {
  await next?.[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A request with the headers just as given, which `fetch` would not send. */
async function ask(path: string, headers: Readonly<Record<string, string>>, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { method, headers, agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asked.once("error", reject);
    asked.end();
  });
}

test("the server answers to loopback's names alone", async () => {
  const { port } = new URL(server.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    assert.equal((await ask("/healthz", { host })).status, 200, host);
  }
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "169.254.169.254",
  ]) {
    const { status, body } = await ask("/api/v1/search/events", { host });
    assert.equal(status, 403, host);
    assert.match(body, /host-refused/);
    assert.ok(!body.includes("eventName"));
  }
});

test("an odd Host, path or method is refused without a failure of the server", async () => {
  for (const host of ["a b", "[::1", "%", "127.0.0.1:99999"]) {
    const { status } = await ask("/healthz", { host }).catch(() => ({ status: 400 }));
    assert.ok(status >= 400 && status < 500, `${host}: ${status}`);
  }
  for (const path of [
    "/%",
    "/api/v1/events/%",
    "/api/v1/events/%00",
    "/api/v1/events/..%2f..%2f",
    "/api/v1/search/events?query=%",
    "/api/v1/search/events?limit=1&limit=2",
  ]) {
    const { status } = await ask(path, {});
    assert.ok(status < 500, `${path}: ${status}`);
  }
  assert.deepEqual(failures, []);
});

test("the token lies in the data folder, for its owner alone", () => {
  const file = join(folder.path, "data", "server.json");
  assert.equal(statSync(file).mode & 0o077, 0);
  const { url, processId } = JSON.parse(readFileSync(file, "utf8")) as { url: string; processId: number };
  assert.deepEqual([url, processId], [server.url, process.pid]);
});

test("a download that is left standing, or left altogether, keeps nobody waiting", async () => {
  const leave = new AbortController();
  const standing = await fetch(`${server.url}/api/v1/search/export`, { signal: leave.signal });
  const reader = standing.body?.getReader();
  assert.ok((await reader?.read())?.value);
  for (let turn = 0; turn < 10; turn++) {
    const response = await fetch(`${server.url}/api/v1/search/events?limit=5`, { signal: AbortSignal.timeout(20_000) });
    assert.equal(((await response.json()) as { events: unknown[] }).events.length, 5);
  }
  leave.abort();
  const stats = await fetch(`${server.url}/api/v1/store/stats`);
  assert.equal(((await stats.json()) as { events: number }).events, events);
  assert.deepEqual(failures, []);
});

test("a second server on the same folder is refused, and one on the same port takes the next", async () => {
  const options = { now: Date.now, onFailure: () => undefined };
  const port = Number(new URL(server.url).port);
  await assert.rejects(startServer({ ...options, dataDirectory: join(folder.path, "data"), port: 0 }), {
    code: "store-in-use",
  });
  await assert.rejects(startServer({ ...options, dataDirectory: join(folder.path, "taken"), port }), {
    code: "address-in-use",
  });
  next = await startServer({ ...options, dataDirectory: join(folder.path, "next"), port, searchPort: true });
  assert.notEqual(next.url, server.url);
});

test("when the engine dies, the server says so, and answers again", async () => {
  const mortal = next;
  assert.ok(mortal);
  const ask = async () => fetch(`${mortal.url}/api/v1/store/stats`);
  const asked = Array.from({ length: 20 }, ask);
  process.kill(mortal.services.store.engineProcessId ?? 0, "SIGKILL");
  for (const response of await Promise.all(asked)) {
    if (response.ok) continue;
    assert.equal(response.status, 503);
    assert.equal(((await response.json()) as { code: string }).code, "store-unavailable");
  }
  assert.equal((await ask()).status, 200);
  assert.equal((await fetch(`${mortal.url}/healthz`)).status, 200);
});
