import assert from "node:assert/strict";
import { test } from "node:test";
import { SteppedClock } from "../../base/clock.ts";
import { KeptAnswers } from "./kept-answers.ts";

/** Answers that take so long, and how often they were made. */
function slow(tookMs: number) {
  const clock = new SteppedClock(1_000_000);
  const kept = new KeptAnswers(clock);
  const made = { count: 0 };
  const ask = (from: number) =>
    kept.of("grid", { from, to: 9 }, async () => {
      made.count += 1;
      await Promise.resolve();
      clock.advance(tookMs);
      return made.count;
    });
  return { clock, kept, made, ask };
}

test("an answer that took long is shared and kept for a minute, or until something is judged", async () => {
  const { clock, kept, made, ask } = slow(400);
  assert.deepEqual(await Promise.all([ask(1), ask(1)]), [1, 1]);
  assert.equal(await ask(1), 1);
  assert.equal(await ask(2), 2);
  clock.advance(60_000);
  assert.equal(await ask(1), 3);
  kept.forget();
  assert.equal(await ask(1), 4);
  assert.equal(made.count, 4);
});

test("a quick answer is given anew each time, and a failure is nobody else's", async () => {
  const { ask } = slow(10);
  assert.deepEqual([await ask(1), await ask(1)], [1, 2]);
  const kept = new KeptAnswers(new SteppedClock(0));
  await assert.rejects(
    kept.of("grid", {}, () => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.equal(await kept.of("grid", {}, () => Promise.resolve(7)), 7);
});
