import assert from "node:assert/strict";
import { test } from "node:test";
import { correlation, correlatorOf, event, run, three, told } from "./correlator.fixture.ts";

test("an event without the field that groups it takes no part, and is counted", () => {
  const correlator = correlatorOf(three);
  assert.deepEqual(
    run(
      correlator,
      [1, 2, 3].map((at) => event("a", at, { other: 1 })),
    ),
    [],
  );
  assert.equal(correlator.counts.ungrouped, 3);
});

test("an event belongs to the group of each of a field's values", () => {
  const hits = run(
    correlatorOf(three),
    [1, 2, 3].map((at) => event("a", at, { user: ["x", "y"] })),
  );
  assert.deepEqual(told(hits), ["three x 1-3 3", "three y 1-3 3"]);
});

test("an alias groups events by different fields", () => {
  const same = correlation(
    "same",
    "type: temporal",
    "rules: [a, b]",
    "group-by: [who]",
    "timespan: 1m",
    "aliases: {who: {a: user, b: target.user}}",
  );
  const [one, other] = [event("a", 0), event("b", 1, { target: { user: "bob" }, user: "mary" })];
  assert.deepEqual(told(run(correlatorOf(same), [one, other])), ["same bob 0-1 2"]);
});

test("correlations build on each other: many failures, then a success", () => {
  const failures = correlation(
    "failures",
    "type: event_count",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1m",
    "condition: {gte: 3}",
  );
  const then = correlation(
    "then",
    "type: temporal_ordered",
    "rules: [failures, b]",
    "group-by: [user]",
    "timespan: 10m",
  );
  const events = [event("a", 0), event("a", 1), event("a", 2), event("b", 60)];
  const hits = run(correlatorOf(then, failures), events);
  assert.deepEqual(told(hits), ["failures bob 0-2 3", "then bob 2-60 2"]);
  assert.deepEqual(
    hits[1]?.eventIds,
    events.map(({ id }) => id),
  );
  assert.deepEqual(told(run(correlatorOf(then, failures), events.toReversed())), [
    "failures bob 0-2 3",
    "then bob 2-60 2",
  ]);
});

test("bursts that are counted are counted once each", () => {
  const bursts = correlation(
    "bursts",
    "type: event_count",
    "rules: [three]",
    "group-by: [user]",
    "timespan: 1h",
    "condition: {gte: 2}",
  );
  const burst = (from: number) => [0, 1, 2, 3, 4].map((each) => event("a", from + each));
  assert.equal(
    run(correlatorOf(three, bursts), burst(0)).filter(({ correlation: name }) => name === "bursts").length,
    0,
  );
  const hits = run(correlatorOf(three, bursts), [...burst(0), ...burst(600)]);
  assert.deepEqual(told(hits.filter(({ correlation: name }) => name === "bursts")), ["bursts bob 2-602 2"]);
});
