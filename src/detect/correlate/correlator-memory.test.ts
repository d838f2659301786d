import assert from "node:assert/strict";
import { test } from "node:test";
import { Correlator } from "./correlator.ts";
import { assembledOf, correlation, correlatorOf, event, three, told } from "./correlator.fixture.ts";

test("what is settled is forgotten, and what comes for it is late", () => {
  const correlator = correlatorOf(three);
  for (const at of [0, 1, 600]) correlator.take(event("a", at));
  correlator.settle(600_000);
  assert.deepEqual(correlator.take(event("a", 2)), []);
  assert.equal(correlator.counts.late, 1);
  assert.deepEqual(told([event("a", 590), event("a", 595)].flatMap((each) => correlator.take(each))), [
    "three bob 590-600 3",
  ]);
});

test("one group's memory has a bound, and what makes room is counted", () => {
  const many = correlation(
    "many",
    "type: event_count",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1d",
    "condition: {gte: 1000000}",
  );
  const correlator = correlatorOf(many);
  for (let at = 0; at < 50_010; at += 1) correlator.take(event("a", at));
  assert.equal(correlator.counts.overflowed, 10);
});

/** Users of whom nothing is found for long, at these seconds. */
function strangers(count: number, at: number) {
  return Array.from({ length: count }, (_, index) => event("a", at + index, { user: `stranger ${at} ${index}` }));
}

test("of more groups than are remembered those that were added to longest ago are given up, which is told and counted", () => {
  const correlator = new Correlator(assembledOf(three), undefined, { entries: 1_000, groups: 4 });
  const of = (user: string, at: number) => correlator.take(event("a", at, { user }));
  for (const [at, user] of ["bob", "mary", "bob", "ann", "bea"].entries()) of(user, at);
  assert.deepEqual([correlator.isLacking, correlator.counts.givenUp, correlator.size], [false, 0, 5]);
  of("cleo", 5);
  // Mary is forgotten; Bob, who was heard of since, is not.
  assert.deepEqual([correlator.isLacking, correlator.counts.givenUp, correlator.size], [true, 1, 5]);
  assert.deepEqual(told(of("bob", 6)), ["three bob 0-6 3"]);
  assert.deepEqual([of("mary", 7), of("mary", 8)], [[], []]);
});

test("what was given up is told as long as windows could have been about it", () => {
  const correlator = new Correlator(assembledOf(three), undefined, { entries: 1_000, groups: 1 });
  for (const each of strangers(2, 0)) correlator.take(each);
  correlator.settle(59_999);
  assert.equal(correlator.isLacking, true);
  correlator.settle(60_000);
  assert.deepEqual([correlator.isLacking, correlator.counts.givenUp], [false, 1]);
});

test("a flood of groups, or of events, holds no more than may be, and does not push out what other correlations hold", () => {
  const calm = three.replaceAll("three", "calm").replace("rules: [a]", "rules: [b]");
  for (const max of [
    { entries: 200, groups: 1_000 },
    { entries: 1_000, groups: 200 },
  ]) {
    const correlator = new Correlator(assembledOf(three, calm), undefined, max);
    for (const at of [0, 1]) correlator.take(event("b", at));
    for (const each of strangers(3_000, 2)) {
      correlator.take(each);
      // The quiet group holds two events.
      assert.ok(correlator.size <= 201);
    }
    assert.equal(correlator.size + correlator.counts.givenUp, 3_002);
    assert.deepEqual(told(correlator.take(event("b", 3))), ["calm bob 0-3 3"]);
  }
});

test("what is forgotten in its time makes room, and nothing is given up", () => {
  const correlator = new Correlator(assembledOf(three), undefined, { entries: 10, groups: 10 });
  for (let at = 0; at < 10_000; at += 100) {
    for (const each of strangers(3, at)) correlator.take(each);
    correlator.settle(at * 1_000);
  }
  assert.equal(correlator.counts.givenUp, 0);
  correlator.settle(Number.POSITIVE_INFINITY);
  assert.equal(correlator.size, 0);
});
