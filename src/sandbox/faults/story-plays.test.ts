import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";

import { SteppedClock } from "../../base/clock.ts";
import { story } from "./faults.fixture.ts";
import { StoryPlays, type StoryPlaysParts } from "./story-plays.ts";

const begin = Date.UTC(2026, 10, 20, 12);

function testPlays(play: StoryPlaysParts["play"]) {
  const clock = new SteppedClock(begin);
  return { clock, plays: new StoryPlays({ clock, play }) };
}

test("an hour's wait of a story passes in a minute at a pace of 60", async () => {
  const { clock, plays } = testPlays((_, stage) => stage.clock.waitUntil(stage.clock.now() + 3_600_000));
  const { id } = plays.start(story, 60);
  clock.advance(59_000);
  assert.equal(plays.find(id)?.state, "playing");
  clock.advance(1_000);
  await setImmediate();
  const { state, since, until } = plays.find(id) ?? {};
  assert.deepEqual([state, since, until], ["played", begin, begin + 60_000]);
});

test("a story that the company plays is not played beside it, which would take its things away", async () => {
  const end = Promise.withResolvers<void>();
  const { plays } = testPlays(() => end.promise);
  const running = plays.run(story, 6, { seed: "company" });
  assert.ok(plays.isPlaying(story));
  assert.throws(() => plays.start(story, 1), RangeError);
  end.resolve();
  await running;
  assert.equal(plays.start(story, 1).id, "small-2");
});

test("who plays to the end hears what broke the story", async () => {
  const { plays } = testPlays(() => Promise.reject(new Error("the bucket is gone")));
  await assert.rejects(plays.run(story, 1, {}), /the bucket is gone/);
  assert.equal(plays.all[0]?.message, "the bucket is gone");
});
