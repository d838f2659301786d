import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { createApp } from "../app.ts";
import { openApp, type OpenApp } from "../open-app.fixture.ts";
import { startSandboxProcess, type SandboxProcess } from "../sandbox-process.ts";
import type { SandboxState } from "../live-sandbox.ts";

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What asks the routes of a server that keeps this sandbox. */
function askerOf({ services, token }: OpenApp, sandbox: () => SandboxState | undefined) {
  const app = createApp({
    services,
    sandbox: async () => sandbox(),
    token,
    hosts: ["127.0.0.1"],
    onFailure: () => undefined,
  });
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.fetch(
      new Request(`http://127.0.0.1/api/v1/sandbox${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return { status: response.status, type, body: text === "" ? {} : JSON.parse(text) } as Answer;
  };
}

function problem(code: string, status: number) {
  return ({ status: given, type, body }: Answer) => {
    assert.deepEqual([body["code"], given], [code, status]);
    assert.match(type, /^application\/problem\+json/);
  };
}

describe("a server that keeps no sandbox", () => {
  let app: OpenApp;
  let ask: ReturnType<typeof askerOf>;
  before(async () => {
    app = await openApp({ eventsPerDay: 0 });
    ask = askerOf(app, () => undefined);
  });
  after(() => app[Symbol.asyncDispose]());

  test("says so, and how to get one when asked for more", async () => {
    assert.deepEqual((await ask("GET", "")).body, { state: "none" });
    const refused = await ask("GET", "/stories");
    problem("sandbox-missing", 404)(refused);
    assert.match(String(refused.body["help"]), /npm start/);
  });

  test("says why one that should be there is not", async () => {
    const failed = askerOf(app, () => ({
      state: "failed",
      problem: "The port is taken",
      file: undefined,
      source: undefined,
    }));
    assert.deepEqual((await failed("GET", "")).body, { state: "failed", problem: "The port is taken" });
  });
});

describe("a server that keeps a sandbox", () => {
  let app: OpenApp;
  let process: SandboxProcess;
  let ask: ReturnType<typeof askerOf>;
  const folder = makeTemporaryFolder();
  before(async () => {
    app = await openApp({ eventsPerDay: 0 });
    process = await startSandboxProcess({
      program: join(import.meta.dirname, "..", "..", "bin.ts"),
      folder: folder.path,
      logFileSeconds: 1,
      digestSeconds: 3600,
      onWords: () => undefined,
    });
    ask = askerOf(app, () => ({ state: "running", problem: undefined, file: process.file, source: undefined }));
  });
  after(async () => {
    await process[Symbol.asyncDispose]();
    await app[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  test("says where it is and which keys open its accounts, but not its own tokens", async () => {
    const { body } = await ask("GET", "");
    assert.equal(body["state"], "running");
    assert.match(String(body["url"]), /^http:\/\/127\.0\.0\.1:\d+$/);
    const accounts = body["accounts"] as readonly Record<string, string>[];
    assert.equal(accounts.length, 4);
    assert.match(accounts[0]?.["accessKeyId"] ?? "", /^AKIA/);
    const text = JSON.stringify(body);
    assert.ok(!text.includes(process.file.token));
    assert.ok(!text.includes(process.file.collection?.credentials.secretAccessKey ?? "?"));
  });

  test("plays a story as fast as is asked, and tells which of its calls mattered", async () => {
    const { stories } = (await ask("GET", "/stories")).body as { stories?: readonly { name: string }[] };
    assert.ok(stories?.some(({ name }) => name === "root-sign-in"));
    const begun = await ask("POST", "/stories/root-sign-in/play", { pace: 10_000 });
    assert.equal(begun.status, 202);
    const isOver = async () => {
      const { plays } = (await ask("GET", "/plays")).body as { plays?: readonly Record<string, unknown>[] };
      return plays?.find(({ id, state }) => id === begun.body["id"] && state !== "playing");
    };
    let play = await isOver();
    for (; play === undefined; play = await isOver()) await wait(50);
    assert.equal(play["state"], "played", String(play["message"]));
    const truth = play["truth"] as readonly Record<string, string>[];
    assert.ok(truth.length > 3);
    for (const { requestId, eventId, technique } of truth) {
      assert.ok(requestId !== undefined || eventId !== undefined);
      assert.match(technique ?? "", /^T\d{4}/);
    }
  });

  test("refuses a story that does not exist, and one that is being played", async () => {
    problem("not-found", 404)(await ask("POST", "/stories/no-such-story/play", {}));
    const first = await ask("POST", "/stories/backdoor/play");
    assert.equal(first.status, 202, "without a body it goes at its own pace");
    problem("sandbox-refused", 409)(await ask("POST", "/stories/backdoor/play", {}));
    problem("request-invalid", 400)(await ask("POST", "/stories/backdoor/play", { pace: 0 }));
  });

  test("moves the clock forward, never back", async () => {
    const before = (await ask("GET", "/clock")).body as { now?: string; speed?: number };
    const moved = (await ask("POST", "/clock", { speed: 60, advanceSeconds: 3600 })).body as typeof before;
    assert.equal(moved.speed, 60);
    assert.ok(Date.parse(moved.now ?? "") - Date.parse(before.now ?? "") >= 3_600_000);
    problem("request-invalid", 400)(await ask("POST", "/clock", { advanceSeconds: -1 }));
    problem("sandbox-refused", 409)(await ask("POST", "/clock", { speed: 1e9 }));
    assert.equal((await ask("POST", "/clock", { speed: 1 })).status, 200);
  });

  test("puts faults on with their parameters, tells what they did, and ends them", async () => {
    // A call that nobody makes: the company at work beside would be throttled else.
    const parameters = { operations: ["kms:ScheduleKeyDeletion"], share: 0.5 };
    const put = await ask("POST", "/faults", { name: "throttling", parameters });
    assert.equal(put.status, 201);
    const { faults, active } = (await ask("GET", "/faults")).body as {
      faults?: readonly { name: string; parameters: Record<string, { kind: string }> }[];
      active?: readonly Record<string, unknown>[];
    };
    assert.equal(faults?.find(({ name }) => name === "late-notices")?.parameters["minutes"]?.kind, "minutes");
    assert.deepEqual(
      active?.map(({ id, done }) => [id, done]),
      [[put.body["id"], 0]],
    );
    assert.equal((await ask("DELETE", `/faults/${String(put.body["id"])}`)).status, 204);
    problem("not-found", 404)(await ask("DELETE", `/faults/${String(put.body["id"])}`));
    problem("not-found", 404)(await ask("POST", "/faults", { name: "no-such-fault" }));
    problem("sandbox-refused", 409)(await ask("POST", "/faults", { name: "lost-files", parameters: { share: 7 } }));
  });

  test("says what AWS says when a fault is done to what is not there", async () => {
    const parameters = { account: "111122223333", region: "eu-central-1", bucket: "no-such-bucket-anywhere" };
    const refused = await ask("POST", "/faults", { name: "removed-bucket", parameters });
    problem("sandbox-refused", 409)(refused);
    assert.match(String(refused.body["detail"]), /NoSuchBucket/);
  });

  test("lets no page of another site do anything", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    problem("host-refused", 403)(await ask("POST", "/stories/made-public/play", undefined, headers));
    problem("host-refused", 403)(await ask("GET", "", undefined, headers));
  });

  test("is told of an end that nobody asked for", async () => {
    globalThis.process.kill(process.file.processId, "SIGKILL");
    await process.ended;
    problem("sandbox-missing", 404)(await ask("GET", "/stories"));
  });
});
