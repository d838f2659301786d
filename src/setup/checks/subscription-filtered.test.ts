import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { subscriptionFiltered } from "./subscription-filtered.ts";

const find = (filterPolicy: string, was = "") => {
  const agreed = wiring({ ...wiring().values, subscription: { isRaw: false, filterPolicy: was } });
  return subscriptionFiltered.find(withNow(contextOf({ agreed }), { subscription: { isRaw: true, filterPolicy } }));
};

test("a filter is taken off, and nothing else of the subscription changed", () => {
  const [drift] = find('{"kind": ["x"]}');
  assert.match(drift?.sentence ?? "", /had no filter and has the filter \{"kind":\["x"\]\}$/);
  assert.deepEqual(drift?.steps[0]?.after, { isRaw: true, filterPolicy: "" });
  assert.equal(drift?.replays, true);
});

test("another filter than the one that was agreed on is turned back to it", () => {
  const [drift] = find('{"kind":["x"]}', '{"kind":["y"]}');
  assert.deepEqual(drift?.steps[0]?.after, { isRaw: true, filterPolicy: '{"kind":["y"]}' });
});

for (const [what, is, was] of [
  ["an empty filter", "{}", ""],
  ["the same filter with other spaces", '{ "kind": ["x"] }', '{"kind":["x"]}'],
  ["a filter that was taken off", "", '{"kind":["x"]}'],
] as const) {
  test(`${what} is no drift`, () => assert.deepEqual(find(is, was), []));
}

test("what is no JSON is a filter all the same", () => {
  assert.equal(find("{oops").length, 1);
});
