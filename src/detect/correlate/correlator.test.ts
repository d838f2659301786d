import assert from "node:assert/strict";
import { test } from "node:test";
import { correlation, correlatorOf, event, run, three, told } from "./correlator.fixture.ts";
import type { MatchedEvent } from "./matched-event.ts";

test("events are counted within the timespan that ends with each, for each group", () => {
  const bob = [0, 30, 61, 62, 63].map((at) => event("a", at));
  const mary = [10, 20].map((at) => event("a", at, { user: "mary" }));
  const hits = run(correlatorOf(three), [...bob, ...mary]);
  assert.deepEqual(told(hits), ["three bob 30-62 3", "three bob 30-63 4"]);
  assert.deepEqual(
    hits[0]?.eventIds,
    bob.slice(1, 4).map(({ id }) => id),
  );
  assert.equal(hits[1]?.continues, hits[0]?.id);
  assert.deepEqual(hits[1]?.eventIds, [bob[4]?.id]);
});

test("distinct values are counted, whatever their number of events", () => {
  const keys = correlation(
    "keys",
    "type: value_count",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1m",
    "condition: {field: key, gte: 2}",
  );
  const at = (seconds: number, key: string | undefined) => event("a", seconds, { user: "bob", key });
  const correlator = correlatorOf(keys);
  assert.deepEqual(told(run(correlator, [at(0, "x"), at(1, "x"), at(2, undefined), at(50, "y"), at(70, "y")])), [
    "keys bob 0-50 2",
  ]);
  assert.equal(correlator.counts.ungrouped, 1);
});

test("a temporal correlation wants an event of each rule, in any order", () => {
  const both = correlation("both", "type: temporal", "rules: [a, b]", "group-by: [user]", "timespan: 1m");
  assert.deepEqual(told(run(correlatorOf(both), [event("b", 0), event("a", 59)])), ["both bob 0-59 2"]);
  assert.deepEqual(told(run(correlatorOf(both), [event("b", 0), event("a", 61)])), []);
  assert.deepEqual(told(run(correlatorOf(both), [event("b", 0), event("a", 5, { user: "mary" })])), []);
  assert.deepEqual(told(run(correlatorOf(both), [event("ab", 0)])), ["both bob 0-0 2"]);
});

test("a temporal correlation with a condition wants so many of its rules", () => {
  const two = correlation(
    "two",
    "type: temporal",
    "rules: [a, b, c]",
    "group-by: [user]",
    "timespan: 1m",
    "condition: {gte: 2}",
  );
  assert.deepEqual(told(run(correlatorOf(two), [event("a", 0), event("a", 1), event("c", 2)])), ["two bob 0-2 2"]);
});

test("an ordered correlation wants its rules in their order; within one second any order will do", () => {
  const ordered = correlation(
    "ordered",
    "type: temporal_ordered",
    "rules: [a, b, c]",
    "group-by: [user]",
    "timespan: 1m",
  );
  const of = (...events: MatchedEvent[]) => told(run(correlatorOf(ordered), events));
  assert.deepEqual(of(event("a", 0), event("b", 1), event("c", 2)), ["ordered bob 0-2 3"]);
  assert.deepEqual(of(event("b", 0), event("a", 1), event("c", 2)), []);
  assert.deepEqual(of(event("c", 5), event("b", 5), event("a", 5)), ["ordered bob 5-5 3"]);
  assert.deepEqual(of(event("c", 9), event("b", 5), event("a", 1)), ["ordered bob 1-9 3"]);
  assert.deepEqual(of(event("abc", 0)), []);
  assert.deepEqual(of(event("a", 0), event("ab", 1), event("a", 2), event("c", 3)), ["ordered bob 0-3 3"]);
});

test("sums, averages and percentiles are judged when no more events of their time are waited for", () => {
  const of = (type: string, condition: string) =>
    correlatorOf(
      correlation(
        "it",
        `type: ${type}`,
        "rules: [a]",
        "group-by: [user]",
        "timespan: 1m",
        `condition: {field: n, ${condition}}`,
      ),
    );
  const numbers = [10, 20, "30", "many"].map((n, index) => event("a", index, { user: "bob", n }));
  assert.deepEqual(told(run(of("value_sum", "gt: 25"), numbers)), ["it bob 0-1 30", "it bob 0-2 60", "it bob 0-3 60"]);
  assert.deepEqual(told(run(of("value_avg", "gte: 15, lt: 20"), numbers)), ["it bob 0-1 15"]);
  assert.deepEqual(told(run(of("value_percentile", "percentile: 50, gte: 20"), numbers)), [
    "it bob 0-2 20",
    "it bob 0-3 20",
  ]);
  const correlator = of("value_sum", "gt: 25");
  assert.deepEqual(
    numbers.flatMap((each) => correlator.take(each)),
    [],
  );
  assert.deepEqual(told(correlator.settle(1_000)), ["it bob 0-1 30"]);
  assert.deepEqual(told(correlator.settle(5_000)), ["it bob 0-2 60", "it bob 0-3 60"]);
  assert.deepEqual(correlator.settle(9_000), []);
});

test("without a percentile it is asked how rare the last value is among the window's events", () => {
  const rare = correlation(
    "rare",
    "type: value_percentile",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1h",
    "condition: {field: name, lte: 10}",
  );
  const events = Array.from({ length: 12 }, (_, index) =>
    event("a", index, { user: "bob", name: index === 10 ? "odd" : "usual" }),
  );
  assert.deepEqual(told(run(correlatorOf(rare), events)), ["rare bob 0-10 9.090909090909092"]);
});
