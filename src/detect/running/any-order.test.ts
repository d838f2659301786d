import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lastingRules, made, madeRules, type MadeWorld, makeWorld, never, start, told } from "./detected.fixture.ts";
import type { Detection } from "./detection.ts";
import type { MadeRecord } from "./memory-store.fixture.ts";

const minute = 60_000;

/** Of one of these hours, and ten minutes at most from its beginning. */
const anyRecord = (hours: readonly number[]) =>
  fc.record({
    eventName: fc.constantFrom("CreateAccessKey", "Refused", "Refused", "Entered", "Read", "Read", "Rare"),
    seconds: fc
      .tuple(fc.constantFrom(...hours), fc.integer({ min: 0, max: 10 * 60 }))
      .map(([hour, within]) => hour * 3_600 + within),
    user: fc.constantFrom("bob", "bob", "mary"),
    thing: fc.integer({ min: 0, max: 4 }),
    size: fc.integer({ min: 0, max: 15 }),
  });

const anyRecords = (...hours: readonly number[]) =>
  fc
    .array(anyRecord(hours), { minLength: 10, maxLength: 40 })
    .map((all) => all.map(({ eventName, seconds, ...fields }, index) => made(index + 1, eventName, seconds, fields)));

type Step =
  | { readonly kind: "deliver"; readonly records: readonly MadeRecord[] }
  | { readonly kind: "judge" | "restart" | "wait" }
  | { readonly kind: "fail"; readonly at: "take" | "mark"; readonly times: number };

/** Steps by which records come in log files of any order, some twice, while other things go wrong. */
function anySteps(records: readonly MadeRecord[]): fc.Arbitrary<readonly Step[]> {
  const twice = fc.shuffledSubarray([...records, ...records], { minLength: records.length * 2 });
  const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 80, maxLength: 80 });
  const disturbance: fc.Arbitrary<Step> = fc.oneof(
    ...[1, 2, 3].map(() => fc.constant<Step>({ kind: "judge" })),
    fc.constantFrom<Step>({ kind: "restart" }, { kind: "wait" }),
    fc.record({
      kind: fc.constant("fail" as const),
      at: fc.constantFrom("take" as const, "mark" as const),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  );
  const others = fc.array(disturbance, { minLength: 80, maxLength: 80 });
  return fc.tuple(twice, cuts, others).map(([arrived, sizes, between]) => {
    const steps: Step[] = [];
    let from = 0;
    for (const [index, size] of sizes.entries()) {
      if (from >= arrived.length) break;
      const other = between[index];
      steps.push(
        { kind: "deliver", records: arrived.slice(from, from + size) },
        ...(other === undefined ? [] : [other]),
      );
      from += size;
    }
    return steps;
  });
}

async function run(world: MadeWorld, steps: readonly Step[]): Promise<readonly string[]> {
  let detection: Detection = world.open();
  for (const step of steps) {
    if (step.kind === "deliver") world.store.deliver(step.records);
    else if (step.kind === "judge") await detection.judgeNow(never).catch(() => undefined);
    else if (step.kind === "wait") world.clock.advance(7 * minute);
    else if (step.kind === "fail") failSoon(world, step);
    else {
      await detection[Symbol.asyncDispose]();
      detection = world.open();
    }
  }
  world.findings.failure = world.store.failure = undefined;
  // Time goes by until nothing is waited for any more.
  for (let times = 0; times < 3; times += 1) {
    world.clock.advance(120 * minute);
    await detection.judgeNow(never);
  }
  await detection[Symbol.asyncDispose]();
  assert.deepEqual([world.store.waiting, await world.findings.spans()], [0, []]);
  return told(world.findings);
}

function failSoon(
  { findings, store }: MadeWorld,
  { at, times }: { readonly at: "take" | "mark"; readonly times: number },
) {
  let left = times;
  const fail = () => {
    left -= 1;
    if (left >= 0) throw new Error("Not now");
  };
  if (at === "take") findings.failure = fail;
  else store.failure = (what) => what === "mark" && fail();
}

test("late, repeated and disordered log files, failures and restarts change nothing in what is found", async () => {
  const anyWorld = anyRecords(0, 2, 4).chain((records) => fc.tuple(fc.constant(records), anySteps(records)));
  await fc.assert(
    fc.asyncProperty(anyWorld, async ([records, steps]) => {
      const undisturbed = await run(makeWorld(lastingRules, start + 300 * minute), [{ kind: "deliver", records }]);
      const disturbed = await run(makeWorld(lastingRules, start + 300 * minute), steps);
      assert.deepEqual(disturbed, undisturbed);
    }),
    { seed: 20_261_126, numRuns: 50, endOnFailure: true },
  );
});

test("nor do they where more events could undo a condition, while they come within a quarter of an hour", async () => {
  const anyWorld = anyRecords(0).chain((records) => fc.tuple(fc.constant(records), anySteps(records)));
  await fc.assert(
    fc.asyncProperty(anyWorld, async ([records, steps]) => {
      const quick = steps.filter(({ kind }) => kind !== "wait");
      const undisturbed = await run(makeWorld(madeRules, start + 11 * minute), [{ kind: "deliver", records }]);
      const disturbed = await run(makeWorld(madeRules, start + 11 * minute), quick);
      assert.deepEqual(disturbed, undisturbed);
    }),
    { seed: 20_261_127, numRuns: 50, endOnFailure: true },
  );
});
