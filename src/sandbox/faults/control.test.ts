import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";

import { ScaledClock } from "../../base/clock.ts";
import { createControl } from "./control.ts";
import { story, testBoard } from "./faults.fixture.ts";
import { StoryPlays } from "./story-plays.ts";

const line = {
  story: "small",
  requestId: "r",
  eventSource: "iam.amazonaws.com",
  eventName: "CreateUser",
  why: "w",
  technique: "t",
};

function testControl(play: (onTruth: (told: typeof line) => void) => Promise<unknown> = () => Promise.resolve()) {
  const clock = new ScaledClock({ start: Date.UTC(2026, 10, 20), real: () => 0 });
  let waiting = 3;
  const control = createControl({
    board: testBoard().board,
    clock,
    stories: [story],
    plays: new StoryPlays({ clock, play: (_, { onTruth }) => play(onTruth) }),
    deliveries: {
      figures: () => ({ cloudTrail: { waiting } }),
      deliverNow: () => {
        waiting = 0;
        return Promise.resolve();
      },
    },
    accounts: () => [{ id: "111122223333", name: "Shop" }],
    token: "secret",
  });
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: "Bearer secret" },
  ) => {
    const url = path.startsWith("http") ? path : `http://127.0.0.1:4566/_trailwarden/${path}`;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const answer = await control(new Request(url, { method, headers, ...(text === undefined ? {} : { body: text }) }));
    const said = await answer.text();
    return { status: answer.status, said: (said === "" ? {} : JSON.parse(said)) as Record<string, unknown> };
  };
}

test("who does not know the token, or asks by another name than this machine's, is refused", async () => {
  const ask = testControl();
  assert.equal((await ask("GET", "faults", undefined, {})).status, 401);
  assert.equal((await ask("GET", "faults", undefined, { authorization: "Bearer secre" })).status, 401);
  assert.equal((await ask("GET", "http://evil.example/_trailwarden/faults")).status, 403);
  assert.equal((await ask("GET", "faults")).status, 200);
});

test("a fault is put on, told and taken off", async () => {
  const ask = testControl();
  const put = await ask("POST", "faults", { name: "lost-files", parameters: { share: 0.5 } });
  assert.equal(put.status, 201);
  assert.equal(put.said["id"], "lost-files-1");
  const told = await ask("GET", "faults");
  assert.deepEqual((told.said["active"] as { parameters: unknown }[])[0]?.parameters, {
    share: 0.5,
    region: "",
    trail: "",
    kind: "log-files",
  });
  assert.equal((await ask("DELETE", "faults/lost-files-1")).status, 204);
  assert.equal((await ask("DELETE", "faults/lost-files-1")).status, 404);
  assert.equal((await ask("POST", "faults", { name: "lost-files", parameters: { share: 7 } })).status, 400);
  assert.equal((await ask("POST", "faults", { name: "no-such-fault" })).status, 404);
  assert.equal((await ask("POST", "faults", "[")).status, 400);
});

test("the clock is read, sped up and pushed forward, never back", async () => {
  const ask = testControl();
  assert.deepEqual((await ask("GET", "clock")).said, { now: "2026-11-20T00:00:00.000Z", speed: 1 });
  const moved = await ask("POST", "clock", { speed: 60, advanceSeconds: 3600 });
  assert.deepEqual(moved.said, { now: "2026-11-20T01:00:00.000Z", speed: 60 });
  assert.equal((await ask("POST", "clock", { advanceSeconds: -1 })).status, 400);
  assert.equal((await ask("POST", "clock", { to: "2027" })).status, 400);
});

test("a story is played once at a time, and tells what mattered as it goes", async () => {
  const end = Promise.withResolvers<void>();
  const ask = testControl((onTruth) => {
    onTruth(line);
    return end.promise;
  });
  const stories = await ask("GET", "stories");
  assert.equal((stories.said["stories"] as { matters: unknown[] }[])[0]?.matters.length, 1);
  assert.equal((await ask("POST", "stories/small/play")).status, 202);
  assert.equal((await ask("POST", "stories/small/play")).status, 400);
  const play = await ask("GET", "stories/plays/small-1");
  assert.deepEqual([play.said["state"], play.said["truth"]], ["playing", [line]]);
  end.resolve();
  await setImmediate();
  assert.equal((await ask("GET", "stories/plays/small-1")).said["state"], "played");
  assert.equal((await ask("POST", "stories/none/play")).status, 404);
});

test("a story that breaks says why", async () => {
  const ask = testControl(() => Promise.reject(new Error("the bucket is gone")));
  await ask("POST", "stories/small/play");
  await setImmediate();
  const play = await ask("GET", "stories/plays/small-1");
  assert.deepEqual([play.said["state"], play.said["message"]], ["broken", "the bucket is gone"]);
});

test("what waits to be delivered is told, and goes at once where that is asked", async () => {
  const ask = testControl();
  assert.deepEqual((await ask("GET", "deliveries")).said, { cloudTrail: { waiting: 3 } });
  assert.deepEqual((await ask("POST", "deliveries", { soon: true })).status, 400);
  assert.deepEqual((await ask("POST", "deliveries")).said, { cloudTrail: { waiting: 0 } });
  assert.equal((await ask("DELETE", "deliveries")).status, 405);
});

test("the accounts are told to who asks, and not changed", async () => {
  const ask = testControl();
  assert.deepEqual((await ask("GET", "accounts")).said, { accounts: [{ id: "111122223333", name: "Shop" }] });
  assert.equal((await ask("POST", "accounts", {})).status, 405);
});
