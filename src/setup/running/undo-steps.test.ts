import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunStep } from "./run.ts";
import { smallSteps } from "./small-plan.fixture.ts";
import { markUndone, undoSteps } from "./undo-steps.ts";

const made = smallSteps.map((step): RunStep => ({ step, status: "done", problem: "", at: 1, wasTried: true }));
const only = (settings: readonly string[], change: Partial<RunStep>) =>
  made.map((kept) => (settings.includes(kept.step.setting) ? { ...kept, ...change } : kept));
const settingsOf = (steps: readonly RunStep[]) => undoSteps({ id: "r", steps }).map(({ setting }) => setting);

test("steps are taken back from the last to the first; what was set on a new thing comes behind its going", () => {
  assert.deepEqual(settingsOf(made), [
    "trail-insights",
    "trail-logging",
    "trail",
    "subscription",
    "queue",
    "queue-redrive",
    "queue-policy",
    "dead-letter-queue",
    "topic-policy",
    "bucket",
    "bucket-policy",
    "bucket-encryption",
    "bucket-ownership",
  ]);
  for (const { setting, before, after, isFresh } of undoSteps({ id: "r", steps: made })) {
    const step = smallSteps.find((one) => one.setting === setting);
    assert.deepEqual([before, after], [step?.after, step?.before]);
    assert.equal(isFresh === true, /^(?:queue|bucket)-/.test(setting));
  }
});

test("steps that wait, that never came about, or were so already, are not taken back", () => {
  const waiting = only(["trail-insights"], { status: "waiting", wasTried: false });
  assert.ok(!settingsOf(waiting).includes("trail-insights"));
  const refused = only(["trail-insights"], { status: "failed", wasTried: false });
  assert.ok(!settingsOf(refused).includes("trail-insights"));
  const begun = only(["trail-insights"], { status: "begun" });
  assert.ok(settingsOf(begun).includes("trail-insights"));
  const undone = only(["trail-insights"], { status: "undone" });
  assert.ok(!settingsOf(undone).includes("trail-insights"));
});

test("what was set on somebody else's new thing is taken back by itself", () => {
  const theirs = only(["bucket"], { wasTried: false });
  const steps = undoSteps({ id: "r", steps: theirs });
  assert.ok(!steps.some(({ setting }) => setting === "bucket"));
  const policy = steps.find(({ setting }) => setting === "bucket-policy");
  assert.deepEqual([policy?.after, policy?.isFresh], [null, undefined]);
});

test("a queue that goes is told with what is lost", () => {
  const [queue] = undoSteps({ id: "r", steps: made }).filter(({ setting }) => setting === "queue");
  assert.match(queue?.why ?? "", /messages that are still in it are lost, .* 60 seconds$/);
});

test("what became of an undo's steps stands with the run's own", () => {
  const [trail, ...others] = undoSteps({ id: "r", steps: made });
  assert.ok(trail);
  const ends: readonly RunStep[] = [
    { step: trail, status: "left", problem: "Changed", at: 9 },
    ...others.slice(1).map((step): RunStep => ({ step, status: "done", problem: "", at: 9 })),
  ];
  const marked = markUndone(made, { steps: ends });
  const of = (setting: string) => marked.find(({ step }) => step.setting === setting);
  assert.deepEqual([of("trail-insights")?.status, of("trail-insights")?.problem], ["left", "Changed"]);
  assert.equal(of("bucket")?.status, "undone");
  assert.equal(of("trail-logging")?.status, "done");
});
