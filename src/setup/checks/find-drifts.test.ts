import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckContext, Drift } from "./check.ts";
import { agreeOnFollowed } from "./agree-on-followed.ts";
import { afterSteps, contextOf, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { findDrifts } from "./find-drifts.ts";
import { driftChecks } from "./index.ts";
import { joinSteps } from "./join-steps.ts";
import { type MadeDrift, madeDrifts, singleRegionBase } from "./make-drifts.fixture.ts";

/** Told to a person, who has to act; or seen again as long as AWS refuses. */
const untilAPerson: ReadonlySet<string> = new Set(["role-weakened"]);

function namesOf(drifts: readonly Drift[]): readonly string[] {
  return [...new Set(drifts.map(({ check }) => check))].sort();
}

/** The way after everything that was found has been done, followed or given back by a person. */
function mended(context: CheckContext, drifts: readonly Drift[]): CheckContext {
  const done = afterSteps(context, joinSteps(drifts));
  const isReadable = drifts.some(({ check }) => untilAPerson.has(check));
  const insights = context.agreed.values["trail-insights"] ?? [];
  const isThere = done.now.values.trail !== undefined;
  const readable = isReadable && isThere ? withNow(done, { "trail-insights": insights }) : done;
  const now = { ...readable.now, unread: isReadable ? [] : readable.now.unread };
  const agreed = drifts.reduce((before, drift) => agreeOnFollowed(before, now, drift), context.agreed);
  return { ...readable, now, agreed };
}

test("every check has its row, its own name and a sentence", () => {
  assert.equal(driftChecks.length, 22);
  const names = driftChecks.map(({ name }) => name);
  assert.deepEqual([...names].sort(), madeDrifts.map(({ check }) => check).sort());
  for (const { name, summary } of driftChecks) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.match(summary, /^[A-Z].*[^.]$/);
  }
});

test("nothing is found on a way that is as it was agreed on", () => {
  for (const context of [contextOf(), singleRegionBase]) assert.deepEqual(findDrifts(context), []);
});

test("nothing is found, and nothing breaks, where nothing is known", () => {
  const empty = wiring({}, { places: {}, status: undefined });
  assert.deepEqual(findDrifts(contextOf({ agreed: empty, now: empty })), []);
  assert.deepEqual(findDrifts(contextOf({ now: empty })), []);
  assert.deepEqual(findDrifts(contextOf({ agreed: empty })), []);
});

test("what cannot be read is never taken for absent", () => {
  const all = Object.keys(contextOf().now.values) as (keyof CheckContext["now"]["values"])[];
  const unread = all.map((setting) => ({ setting, code: "Throttling", sentence: "Too fast" }));
  assert.deepEqual(findDrifts(contextOf({ now: wiring({}, { unread }) })), []);
  for (const setting of all) {
    const { [setting]: _hidden, ...rest } = contextOf().now.values;
    const one = unread.filter((each) => each.setting === setting);
    assert.deepEqual(namesOf(findDrifts(contextOf({ now: wiring(rest, { unread: one }) }))), [], setting);
  }
});

for (const drift of madeDrifts) {
  test(`${drift.check} is found alone, told in full, and gone when its steps are done`, () => {
    const context = made(drift);
    const drifts = findDrifts(context);
    assert.deepEqual(namesOf(drifts), [drift.check]);
    for (const found of drifts) assertTold(found, context);
    assert.deepEqual(namesOf(findDrifts(mended(context, drifts))), []);
    if (untilAPerson.has(drift.check)) assert.equal(drifts[0]?.manner, "tell");
  });
}

const pairs = madeDrifts.flatMap((one, index) => madeDrifts.slice(index + 1).map((other) => [one, other] as const));

test("any two drifts together are both found, or the one as the other's consequence, and both are mended", () => {
  let combined = 0;
  for (const [one, other] of pairs) {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const base = second.base ?? first.base ?? contextOf();
      const after = first.make(base);
      const context = after === undefined ? undefined : second.make(after);
      if (context === undefined) continue;
      combined += 1;
      const what = `${first.check} and ${second.check}`;
      const drifts = findDrifts(context);
      const found = namesOf(drifts);
      assert.ok(
        found.length > 0 && found.every((name) => name === one.check || name === other.check),
        `${what}: ${found.join()}`,
      );
      assertOrdered(drifts, what);
      // A trail that was made again as it was leaves a region silent that was silent before.
      const again = found.includes("trail-deleted") ? mendedOneByOne(mended(context, drifts)) : mended(context, drifts);
      assert.deepEqual(namesOf(findDrifts(again)), [], what);
      assert.deepEqual(namesOf(findDrifts(mendedOneByOne(context))), [], `${what}, one by one`);
    }
  }
  assert.ok(combined > 330, String(combined));
});

test("a consequence is told as part of its cause only", () => {
  const causes: readonly (readonly [string, string, readonly string[]])[] = [
    ["queue-deleted", "subscription-removed", ["queue-deleted"]],
    ["topic-deleted", "subscription-removed", ["topic-deleted"]],
    ["topic-changed", "subscription-removed", ["topic-changed"]],
    ["queue-policy-changed", "subscription-removed", ["queue-policy-changed", "subscription-removed"]],
    ["queue-deleted", "topic-deleted", ["queue-deleted", "topic-deleted"]],
  ];
  for (const [first, second, found] of causes) {
    const context = byName(second).make(byName(first).make(contextOf()) ?? contextOf());
    assert.ok(context !== undefined);
    assert.deepEqual(namesOf(findDrifts(context)), found);
  }
});

function mendedOneByOne(context: CheckContext): CheckContext {
  let next = context;
  for (let turn = 0; turn < 4; turn += 1) {
    const [first] = findDrifts(next);
    if (first === undefined) return next;
    next = mended(next, [first]);
  }
  return next;
}

function made(drift: MadeDrift): CheckContext {
  const context = drift.make(drift.base ?? contextOf());
  assert.ok(context !== undefined);
  return context;
}

function byName(name: string): MadeDrift {
  const found = madeDrifts.find(({ check }) => check === name);
  assert.ok(found !== undefined, name);
  return found;
}

function assertTold(found: Drift, context: CheckContext): void {
  for (const text of [found.about, found.sentence, found.loss, found.help]) {
    assert.match(text, /\S/);
    assert.doesNotMatch(text, /undefined|\[object|unknown\)/);
  }
  assert.ok(found.culprit.eventNames.length > 0 && found.culprit.mentions.length > 0);
  assert.equal(found.manner === "tell", found.steps.length === 0 && found.follows !== true);
  for (const step of found.steps) {
    assert.deepEqual(step.before, context.now.values[step.setting] ?? null, step.id);
    assert.notDeepEqual(step.before, step.after);
    for (const text of [step.what, step.why, step.cost, step.undo]) assert.match(text, /^[A-Z\d]/);
  }
}

/** Queue, its policy, topic, its policy, subscription, bucket, its policy, trail, logging. */
const mustFollow: readonly (readonly [before: string, after: string])[] = [
  ["queue", "queue-policy"],
  ["queue-policy", "topic"],
  ["topic", "topic-policy"],
  ["topic-policy", "subscription"],
  ["queue", "subscription"],
  ["subscription", "bucket"],
  ["bucket", "bucket-policy"],
  ["bucket-policy", "trail"],
  ["bucket", "trail"],
  ["topic", "trail"],
  ["trail", "trail-selectors"],
  ["trail", "trail-logging"],
];

function assertOrdered(drifts: readonly Drift[], what: string): void {
  const joined = joinSteps(drifts);
  assert.equal(new Set(joined.map(({ id }) => id)).size, joined.length, what);
  const at = (setting: string) => joined.findIndex((step) => step.setting === setting);
  for (const [before, after] of mustFollow) {
    if (at(before) >= 0 && at(after) >= 0) assert.ok(at(before) < at(after), `${what}: ${before}, ${after}`);
  }
}
