import assert from "node:assert/strict";
import { test } from "node:test";
import { asDigestObject, hourMs, MadeChain, madeKey, madeKeys, type MadeObject } from "../made-chain.fixture.ts";
import type { HeadExpectation } from "./chain-judgement.ts";
import { judgeChain } from "./judge-chain.ts";

const keys = madeKeys("eu-west-1", madeKey("first"));
const made = new MadeChain().add(4);
const { end } = made;
const graceMs = hourMs;

function gapsAt(head: Omit<HeadExpectation, "graceMs">, digests: readonly MadeObject[] = made.digests) {
  const objects = digests.map((one) => asDigestObject(one));
  const { gaps } = judgeChain({ chain: made.chain, keys, digests: objects, head: { graceMs, ...head } });
  return gaps.map(({ kind, from, to, digestsMissing }) => [
    kind,
    (from - end) / hourMs,
    (to - end) / hourMs,
    digestsMissing,
  ]);
}

test("the newest digest is overdue when its time and the grace have passed, and every hour one more", () => {
  assert.deepEqual(gapsAt({ now: end }), []);
  assert.deepEqual(gapsAt({ now: end + 2 * hourMs }), []);
  assert.deepEqual(gapsAt({ now: end + 2 * hourMs + 1 }), [["tail", 0, 1, 1]]);
  assert.deepEqual(gapsAt({ now: end + 5.5 * hourMs }), [["tail", 0, 4, 4]]);
});

test("a digest that AWS says it delivered after the newest is missed at once", () => {
  const quarter = hourMs / 4;
  assert.deepEqual(gapsAt({ now: end + 1.5 * hourMs, deliveredAt: end + quarter }), []);
  assert.deepEqual(gapsAt({ now: end + 1.5 * hourMs, deliveredAt: end + hourMs + quarter }), [["tail", 0, 1, 1]]);
  // It was delivered this minute and is on its way to us.
  assert.deepEqual(gapsAt({ now: end + 1.25 * hourMs + 1, deliveredAt: end + hourMs + quarter }), []);
});

test("a chain that ended is calm when its last digest reaches up to then, and not when it does not", () => {
  const later = end + 1000 * hourMs;
  assert.deepEqual(gapsAt({ now: later, endedAt: end }), []);
  assert.deepEqual(gapsAt({ now: later, endedAt: end + 400 }), []);
  assert.deepEqual(gapsAt({ now: later, endedAt: end + 1.5 * hourMs }), [["tail", 0, 1.5, 2]]);
  assert.deepEqual(gapsAt({ now: end + hourMs, endedAt: end + 0.5 * hourMs }), []);
});

test("a digest that nobody signed, with a time to come in its name, does not stand for those that are due", () => {
  const [first] = made.digests;
  assert.ok(first !== undefined);
  const future = { ...first, key: made.digestKey(end + 5000 * hourMs) };
  const kinds = gapsAt({ now: end + 3.5 * hourMs }, [...made.digests, future]).map(([kind]) => kind);
  assert.ok(kinds.includes("tail"));
});

test("where nothing is known of the clock, nothing is overdue", () => {
  const digests = made.digests.map((one) => asDigestObject(one));
  assert.deepEqual(judgeChain({ chain: made.chain, keys, digests }).gaps, []);
});
