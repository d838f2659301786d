import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Correlator } from "./correlator.ts";
import { assembledOf, correlation, correlatorOf, event, run, three, told } from "./correlator.fixture.ts";
import type { CorrelationHit, MatchedEvent } from "./matched-event.ts";

/** So many events of one user within a minute. */
function few(condition: string): string {
  const [type, timespan] = ["type: event_count", "timespan: 1m"];
  return correlation("few", type, "rules: [a]", "group-by: [user]", timespan, `condition: {${condition}}`);
}

const kinds = correlation("kinds", "type: temporal", "rules: [a, b, c]", "group-by: [user]", "timespan: 20s");
const distinct = correlation(
  "distinct",
  "type: value_count",
  "rules: [b, c]",
  "group-by: [user]",
  "timespan: 30s",
  "condition: {field: n, gte: 3}",
);

const anyEvent = fc.record({
  kinds: fc.constantFrom("a", "b", "c", "ab", "abc"),
  at: fc.integer({ min: 0, max: 120 }),
  user: fc.constantFrom("bob", "mary"),
  n: fc.integer({ min: 0, max: 4 }),
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

test("a limit that more events could undo waits for them", () => {
  const correlator = correlatorOf(few("eq: 2"));
  assert.deepEqual(
    [event("a", 0), event("a", 2), event("a", 1)].flatMap((each) => correlator.take(each)),
    [],
  );
  assert.deepEqual(told(correlator.settle(60_000)), ["few bob 0-1 2"]);
});

test("the order in which events arrive, and how often, changes nothing in what is found", () => {
  const all = [
    three,
    correlation("ordered", "type: temporal_ordered", "rules: [a, b]", "group-by: [user]", "timespan: 20s"),
    kinds,
    distinct,
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
    kinds,
    distinct,
  ];
  const toldOf = (events: readonly MatchedEvent[]) => {
    const told: string[] = [];
    const correlator = new Correlator(assembledOf(...all), ({ correlation: name, group, events: behind }) =>
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
  const correlator = correlatorOf(few("lte: 2"));
  correlator.take(event("a", 100));
  correlator.settle(100_000);
  correlator.take(event("a", 101));
  assert.equal(correlator.counts.late, 0);
  correlator.take(event("a", 100));
  assert.equal(correlator.counts.late, 1);
});
