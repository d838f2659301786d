import assert from "node:assert/strict";
import { test } from "node:test";
import { recoverRuns } from "./run-table.ts";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import type { SetupRun } from "./run.ts";
import type { SmallAccount } from "./small-account.fixture.ts";
import { MemoryRuns } from "./memory-runs.fixture.ts";
import { places, smallAccount, smallPlan, smallSteps, toolsFor } from "./small-plan.fixture.ts";

class Crash extends Error {}

interface Scene {
  readonly account: SmallAccount;
  readonly runs: MemoryRuns;
}

/** Ends the process at the n-th moment: nothing is called, or written, from then on. Says how many there were. */
function crashAt({ account, runs }: Scene, moment: number): { readonly moments: () => number; revive(): void } {
  let moments = 0;
  const gate = (): void => {
    if (++moments >= moment) throw new Crash();
  };
  account.gate = gate;
  runs.gate = gate;
  return {
    moments: () => moments,
    revive() {
      account.gate = () => undefined;
      runs.gate = () => undefined;
    },
  };
}

const beginning = smallAccount().everything;
const goal = await applied();

async function applied(): Promise<Readonly<Record<string, unknown>>> {
  const account = smallAccount();
  const run = await applyPlan(smallPlan, {}, toolsFor(account, new MemoryRuns()));
  assert.equal(run.status, "done", run.steps.find(({ problem }) => problem !== "")?.problem);
  return account.everything;
}

/** Runs it with a crash at every moment there is, each time in a world of its own. */
async function atEveryMoment(
  prepare: () => Promise<Scene>,
  run: (scene: Scene) => Promise<SetupRun>,
  afterwards: (scene: Scene, moment: number) => Promise<void>,
): Promise<number> {
  for (let moment = 1; ; moment++) {
    const scene = await prepare();
    const crash = crashAt(scene, moment);
    const end = await run(scene).catch((error: unknown) => {
      if (error instanceof Crash) return undefined;
      throw error;
    });
    crash.revive();
    if (end !== undefined && crash.moments() < moment) return moment - 1;
    assert.equal(end, undefined, `it went on after a crash at ${moment}`);
    await afterwards(scene, moment);
  }
}

/** Whatever differs from the beginning belongs to a step that was begun. */
function assertAllNamed({ account, runs }: Scene, moment: number): void {
  const begun = runs.all.flatMap(({ steps }) => steps.filter(({ status }) => status !== "waiting"));
  const keys = new Set([...Object.keys(beginning), ...Object.keys(account.everything)]);
  for (const key of keys) {
    const [, place = ""] = key.split(" @ ");
    if (isSame(account, key)) continue;
    assert.ok(
      begun.some(
        ({ step, wasTried }) => wasTried === true && (step.id === key.replace(" @ ", " ") || step.place.arn === place),
      ),
      `${key} was changed by a crash at ${moment}, and nothing says so`,
    );
  }
}

function isSame({ everything }: SmallAccount, key: string): boolean {
  return JSON.stringify(everything[key]) === JSON.stringify(beginning[key]);
}

const fresh = async (): Promise<Scene> => ({ account: smallAccount(), runs: new MemoryRuns() });
const apply = ({ account, runs }: Scene) => applyPlan(smallPlan, {}, toolsFor(account, runs));

/** The one run that a crash left, as a new process finds it. */
async function crashed({ account, runs }: Scene): Promise<SetupRun | undefined> {
  const { underWay } = toolsFor(account, runs);
  await recoverRuns(runs, underWay);
  return runs.all[0];
}

test("the plan of these tests changes much, and is undone to the beginning", async () => {
  const scene = await fresh();
  const run = await apply(scene);
  assert.deepEqual(
    run.steps.map(({ status }) => status),
    smallSteps.map(() => "done"),
  );
  assert.ok(Object.keys(goal).length > Object.keys(beginning).length + 6);
  for (const { id, after } of smallSteps) assert.deepEqual(goal[id.replace(" ", " @ ")], after);
  const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(scene.account, scene.runs));
  assert.deepEqual([undo.status, undo.kind, undo.undoes], ["done", "undo", run.id]);
  assert.deepEqual(scene.account.everything, beginning);
  const undone = scene.runs.all[0];
  assert.equal(undone?.status, "undone");
});

test("after a crash at any moment of an apply nothing is unnamed, and going on completes it", async () => {
  const moments = await atEveryMoment(fresh, apply, async (scene, moment) => {
    assertAllNamed(scene, moment);
    const run = await crashed(scene);
    if (run === undefined) return assert.deepEqual(scene.account.everything, beginning);
    const isOver = run.status === "done";
    assert.ok(isOver || run.status === "stopped");
    const end = await goOn(run.id, toolsFor(scene.account, scene.runs));
    assert.equal(end.status, "done", `${moment}: ${end.steps.find(({ problem }) => problem !== "")?.problem}`);
    assert.deepEqual(scene.account.everything, goal);
    assert.equal(scene.runs.all.length, 1);
    await undoRun(run.id, { withLogFiles: false }, toolsFor(scene.account, scene.runs));
    assert.deepEqual(scene.account.everything, beginning, `undone after ${moment}`);
  });
  assert.ok(moments > smallSteps.length * 8, `${moments} moments`);
});

test("after a crash at any moment of an apply, it can be undone to the beginning", async () => {
  await atEveryMoment(fresh, apply, async (scene, moment) => {
    const run = await crashed(scene);
    if (run === undefined) return;
    const undo = await undoRun(run.id, { withLogFiles: false }, toolsFor(scene.account, scene.runs));
    const problems = undo.steps.filter(({ problem }) => problem !== "");
    assert.deepEqual(problems, [], `a crash at ${moment}`);
    assert.deepEqual(scene.account.everything, beginning, `a crash at ${moment}`);
  });
});

test("after a crash at any moment of an undo, it goes on to the beginning, by itself or when asked for again", async () => {
  const done = async () => {
    const scene = await fresh();
    await apply(scene);
    return scene;
  };
  const undo = ({ account, runs }: Scene) => undoRun("run-1", { withLogFiles: false }, toolsFor(account, runs));
  const moments = await atEveryMoment(done, undo, async (scene, moment) => {
    await crashed(scene);
    const [run, begun] = scene.runs.all;
    assert.ok(run !== undefined);
    const tools = toolsFor(scene.account, scene.runs);
    if (begun !== undefined) await assert.rejects(goOn(run.id, tools), { code: "run-over" });
    if (begun === undefined || (begun.status !== "done" && moment % 2 === 0)) await undo(scene);
    else await goOn(begun.id, tools);
    assert.deepEqual(scene.account.everything, beginning, `a crash at ${moment}`);
    const statuses = scene.runs.all.map(({ status }) => status);
    assert.deepEqual(statuses, ["undone", "done"], `a crash at ${moment}`);
  });
  assert.ok(moments > smallSteps.length * 6);
});

test("a crash while going on after a crash does no harm either", async () => {
  for (const first of [20, 33, 47, 61, 75]) {
    const once = async () => {
      const scene = await fresh();
      const crash = crashAt(scene, first);
      await assert.rejects(apply(scene), Crash);
      crash.revive();
      return scene;
    };
    const again = ({ account, runs }: Scene) => goOn("run-1", toolsFor(account, runs));
    await atEveryMoment(once, again, async (scene, moment) => {
      const end = await again(scene);
      assert.equal(end.status, "done");
      assert.deepEqual(scene.account.everything, goal, `crashes at ${first} and ${moment}`);
    });
  }
});

test("an account that is slow to tell what was changed is waited for", async () => {
  const scene = await fresh();
  scene.account.staleReads = 5;
  const run = await apply(scene);
  assert.equal(run.status, "done", run.steps.find(({ problem }) => problem !== "")?.problem);
  await undoRun(run.id, { withLogFiles: false }, toolsFor(scene.account, scene.runs));
  assert.deepEqual(scene.account.everything, beginning);
  assert.equal(scene.account.read("topic", places.topic), true);
});
