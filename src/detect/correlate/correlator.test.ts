import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assembleRules } from "../sigma/assemble.ts";
import { documentsOf, ruleText } from "../sigma/rule-text.fixture.ts";
import { Correlator } from "./correlator.ts";
import type { CorrelationHit, MatchedEvent } from "./matched-event.ts";

const rules = ["a", "b", "c"].map((name) => ruleText(`s:\n    kind: ${name}\ncondition: s`, `name: ${name}\n`));

/** A correlation of this name; `lines` stand in its correlation. */
function correlation(name: string, ...lines: string[]): string {
  return `title: ${name}\nname: ${name}\ncorrelation:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function correlatorOf(...correlations: string[]): Correlator {
  const assembly = assembleRules(documentsOf([...rules, ...correlations].join("---\n")));
  assert.deepEqual(assembly.refusals, []);
  return new Correlator(assembly.correlations);
}

let nextId = 0;

/** An event so many seconds after the beginning; its id follows those made before. */
function event(kinds: string, seconds: number, record: object = { user: "bob" }): MatchedEvent {
  nextId += 1;
  return { id: `e${String(nextId).padStart(6, "0")}`, at: seconds * 1_000, record, rules: [...kinds] };
}

function run(correlator: Correlator, events: readonly MatchedEvent[]): readonly CorrelationHit[] {
  return [...events.flatMap((each) => correlator.take(each)), ...correlator.settle(Number.POSITIVE_INFINITY)];
}

/** When the hits' windows begin and end, and what they amount to. */
function told(hits: readonly CorrelationHit[]): readonly string[] {
  return hits.map(
    ({ correlation: name, group, from, to, value }) =>
      `${name} ${group.join("+")} ${from / 1_000}-${to / 1_000} ${value}`,
  );
}

const three = correlation(
  "three",
  "type: event_count",
  "rules: [a]",
  "group-by: [user]",
  "timespan: 1m",
  "condition: {gte: 3}",
);

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

test("an event that comes again is counted once, and one that comes late is counted where it belongs", () => {
  const correlator = correlatorOf(three);
  const [first, second, late] = [event("a", 0), event("a", 60), event("a", 30)];
  assert.deepEqual(
    [first, first, second, second].flatMap((each) => correlator.take(each)),
    [],
  );
  assert.deepEqual(told(correlator.take(late)), ["three bob 0-60 3"]);
  assert.deepEqual(correlator.take(late), []);
  assert.equal(correlator.counts.repeated, 3);
});

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

test("a limit that more events could undo waits for them", () => {
  const few = correlation(
    "few",
    "type: event_count",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1m",
    "condition: {eq: 2}",
  );
  const correlator = correlatorOf(few);
  assert.deepEqual(
    [event("a", 0), event("a", 2), event("a", 1)].flatMap((each) => correlator.take(each)),
    [],
  );
  assert.deepEqual(told(correlator.settle(60_000)), ["few bob 0-1 2"]);
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

test("the order in which events arrive, and how often, changes nothing in what is found", () => {
  const all = [
    three,
    correlation("ordered", "type: temporal_ordered", "rules: [a, b]", "group-by: [user]", "timespan: 20s"),
    correlation("kinds", "type: temporal", "rules: [a, b, c]", "group-by: [user]", "timespan: 20s"),
    correlation(
      "keys",
      "type: value_count",
      "rules: [b, c]",
      "group-by: [user]",
      "timespan: 30s",
      "condition: {field: n, gte: 3}",
    ),
    correlation(
      "few",
      "type: event_count",
      "rules: [a, c]",
      "group-by: [user]",
      "timespan: 30s",
      "condition: {lte: 2}",
    ),
    correlation(
      "sum",
      "type: value_sum",
      "rules: [c]",
      "group-by: []",
      "timespan: 30s",
      "condition: {field: n, gt: 4}",
    ),
    correlation("top", "type: temporal_ordered", "rules: [ordered, c]", "group-by: [user]", "timespan: 1m"),
  ];
  const anyEvent = fc.record({
    kinds: fc.constantFrom("a", "b", "c", "ab", "abc"),
    at: fc.integer({ min: 0, max: 120 }),
    user: fc.constantFrom("bob", "mary"),
    n: fc.integer({ min: 0, max: 4 }),
  });
  const anyArrival = fc.array(anyEvent, { maxLength: 25 }).chain((events) => {
    const made = events.map(({ kinds, at, user, n }) => event(kinds, at, { user, n }));
    const twice = fc.shuffledSubarray([...made, ...made], { minLength: made.length * 2 });
    return fc.tuple(fc.constant(made), twice);
  });
  fc.assert(
    fc.property(anyArrival, ([made, arrived]) => {
      const inOrder = run(
        correlatorOf(...all),
        made.toSorted((a, b) => a.at - b.at),
      );
      const found = (hits: readonly CorrelationHit[]) => hits.map(({ id }) => id).toSorted();
      assert.deepEqual(found(run(correlatorOf(...all), arrived)), found(inOrder));
    }),
    { seed: 20_261_124, numRuns: 150 },
  );
});

test("the events told behind conditions that more can only make truer are the same in whatever order they arrive", () => {
  const all = [
    three,
    correlation("ordered", "type: temporal_ordered", "rules: [a, b, c]", "group-by: [user]", "timespan: 40s"),
    correlation("kinds", "type: temporal", "rules: [a, b, c]", "group-by: [user]", "timespan: 20s"),
    correlation(
      "keys",
      "type: value_count",
      "rules: [b, c]",
      "group-by: [user]",
      "timespan: 30s",
      "condition: {field: n, gte: 3}",
    ),
  ];
  const anyEvent = fc.record({
    kinds: fc.constantFrom("a", "b", "c", "ab", "abc"),
    at: fc.integer({ min: 0, max: 120 }),
    user: fc.constantFrom("bob", "mary"),
    n: fc.integer({ min: 0, max: 4 }),
  });
  const toldOf = (events: readonly MatchedEvent[]) => {
    const assembly = assembleRules(documentsOf([...rules, ...all].join("---\n")));
    const told: string[] = [];
    const correlator = new Correlator(assembly.correlations, ({ correlation: name, group, events: behind }) =>
      told.push(...behind.map(({ id, note }) => `${name} ${group.join("+")} ${id} ${String(note)}`)),
    );
    const hits = run(correlator, events);
    return { told: told.toSorted(), hits };
  };
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (events, numbers) => {
      const made = events.map(({ kinds, at, user, n }) => ({ ...event(kinds, at, { user, n }), note: `n${at}` }));
      const order = new Map(made.map((each) => [each, numbers.next().value ?? 0]));
      const arrived = made.toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
      const inOrder = toldOf(made.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));
      assert.deepEqual(toldOf([...arrived, ...arrived]).told, inOrder.told);
      // Each one is told once, and all that hits name is among them.
      assert.equal(new Set(inOrder.told).size, inOrder.told.length);
      const said = new Set(inOrder.told.map((line) => line.split(" ").slice(0, 3).join(" ")));
      for (const { correlation: name, group, eventIds } of inOrder.hits) {
        for (const id of eventIds) assert.ok(said.has(`${name} ${group.join("+")} ${id}`));
      }
    }),
    { seed: 20_261_125, numRuns: 300 },
  );
});

test("an event that comes late for a time that was judged already is counted as late", () => {
  const few = correlation(
    "few",
    "type: event_count",
    "rules: [a]",
    "group-by: [user]",
    "timespan: 1m",
    "condition: {lte: 2}",
  );
  const correlator = correlatorOf(few);
  correlator.take(event("a", 100));
  correlator.settle(100_000);
  correlator.take(event("a", 101));
  assert.equal(correlator.counts.late, 0);
  correlator.take(event("a", 100));
  assert.equal(correlator.counts.late, 1);
});
