import assert from "node:assert/strict";
import { test } from "node:test";
import { ScaledClock, SteppedClock } from "./clock.ts";

test("a scaled clock runs as fast as it is told, and only forward", () => {
  let real = 0;
  const clock = new ScaledClock({ start: 1_000_000, speed: 60, real: () => real });
  real += 1000;
  assert.equal(clock.now(), 1_060_000);
  clock.setSpeed(1);
  real += 500;
  assert.equal(clock.now(), 1_060_500);
  clock.advance(3_600_000);
  assert.equal(clock.now(), 4_660_500);
  clock.setSpeed(0);
  real += 10_000;
  assert.equal(clock.now(), 4_660_500);
  assert.throws(() => clock.advance(-1), RangeError);
  assert.throws(() => clock.setSpeed(Number.NaN), RangeError);
});

test("who waits for a scaled clock is woken when it is pushed past the instant", async () => {
  const clock = new ScaledClock({ start: 0, speed: 0, real: () => 0 });
  const waiting = clock.waitUntil(60_000);
  clock.advance(60_000);
  await waiting;
});

test("who waits for a scaled clock can stop waiting", async () => {
  const clock = new ScaledClock({ start: 0, speed: 0, real: () => 0 });
  const stop = new AbortController();
  const waiting = clock.waitUntil(60_000, stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
});

test("a stepped clock wakes those whose instant has come, the earliest first", async () => {
  const clock = new SteppedClock(0);
  const woken: number[] = [];
  const waits = [30, 10, 20].map((at) => clock.waitUntil(at).then(() => woken.push(at)));
  assert.deepEqual(clock.waiting, [10, 20, 30]);
  clock.advance(20);
  await Promise.all(waits.slice(1));
  assert.deepEqual(woken, [10, 20]);
  assert.deepEqual(clock.waiting, [30]);
  clock.advance(10);
  await Promise.all(waits);
});

test("a wait for a stepped clock ends with its signal", async () => {
  const clock = new SteppedClock(0);
  const stop = new AbortController();
  const waiting = clock.waitUntil(10, stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  assert.deepEqual(clock.waiting, []);
  await assert.rejects(clock.waitUntil(10, AbortSignal.abort(new Error("before"))), /before/);
});
