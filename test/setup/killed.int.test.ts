import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { defineFault } from "../../src/sandbox/faults/fault.ts";
import { internalErrorOf } from "../../src/sandbox/faults/kinds/calls.ts";
import { createRandom } from "../../src/sandbox/made-up-events/random.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { openSetup, type RunningSetup, type SetupRun } from "../../src/setup/index.ts";
import { snapshotAccounts } from "../../src/setup/planning/account-snapshot.fixture.ts";
import { sandboxAws } from "../../src/setup/settings/contract.fixture.ts";
import { settingOf } from "../../src/setup/settings/index.ts";
import { isSameValue } from "../../src/setup/settings/same-value.ts";
import { openState } from "../../src/state/index.ts";
import { endOf } from "../fixtures/program.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { countWhenThereIsTime } from "../fixtures/when-there-is-time.ts";
import { nothingStored } from "./nothing-stored.fixture.ts";

const program = join(import.meta.dirname, "set-up-process.fixture.ts");
/** After so many it may live: what follows from a run asks for more than one that is killed gets through. */
const most = countWhenThereIsTime("TRAILWARDEN_DEATHS", 8);
const deaths = { apply: most, undo: most / 2 };
const random = createRandom("killed set-up");

const isChange = (operation: string) => !/^(?:Get|List|Describe|Assume)/.test(operation);

/** The way in which a process ends at one of its calls. */
type Manner = "before it is done" | "before its answer" | "soon after it";
const manners: readonly Manner[] = ["before it is done", "before its answer", "soon after it"];

interface Death {
  readonly child: ChildProcess;
  readonly manner: Manner;
  /** Calls that it lives for, from its first change on. */
  callsLeft: number;
  hasBegun: boolean;
}

/** Watches the calls that come to the sandbox, and kills who makes them at the one that was drawn. */
async function watchCalls({ sandbox }: TestSandbox): Promise<{ next: Death | undefined }> {
  const watch: { next: Death | undefined } = { next: undefined };
  const fault = defineFault({
    name: "killed-by-test",
    summary: "Kills who calls",
    parameters: {},
    apply: ({ calls }) =>
      calls.add(async (pending, pass) => {
        const death = watch.next;
        if (death === undefined) return pass(pending);
        death.hasBegun ||= isChange(pending.call.operation);
        if (!death.hasBegun || --death.callsLeft > 0) return pass(pending);
        watch.next = undefined;
        const kill = () => void death.child.kill("SIGKILL");
        if (death.manner === "soon after it") setTimeout(kill, random.int(5));
        else kill();
        if (death.manner === "before it is done") pending.refuse(internalErrorOf(pending.call.service));
        return pass(pending);
      }),
  });
  await sandbox.faults.apply(fault, {});
  return watch;
}

test("an apply that is killed again and again goes on to its end, leaves nothing unnamed, and so does its undo", async (t) => {
  await using sandbox = await openSandbox();
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  const withSetup = async <Result>(work: (setup: RunningSetup) => Promise<Result>): Promise<Result> => {
    await using state = await openState({ directory });
    await using setup = openOn(state.deployments, sandbox);
    return await work(setup);
  };
  const { accessKeyId, secretAccessKey } = sandbox.sandbox.administrator(sandboxAccount);
  await withSetup((setup) =>
    setup.add({
      ...{ name: "example", accountId: sandboxAccount, region: sandboxRegion, depth: "care" },
      endpoint: sandbox.sandbox.url,
      secrets: { accessKeyId, secretAccessKey },
    }),
  );
  const before = await snapshotAccounts(sandbox, [sandboxAccount]);
  const watch = await watchCalls(sandbox);
  const newest = async () => (await withSetup((setup) => setup.runs("example")))[0];

  /** Lives after lives, until one comes to the end. */
  const untilDone = async (doing: "apply" | "undo", afterwards: (run: SetupRun) => Promise<void>) => {
    const stops: string[] = [];
    for (;;) {
      const child = spawn(process.execPath, [program, directory, doing], { stdio: ["ignore", "pipe", "pipe"] });
      // One that finds a run goes on with it from its first call on.
      const hasBegun = stops.length > 0;
      const isSpared = stops.length >= deaths[doing];
      if (!isSpared) watch.next = { child, manner: random.pick(manners), callsLeft: 1 + random.int(14), hasBegun };
      const { code, stdout, stderr } = await endOf(child);
      watch.next = undefined;
      if (code !== null) {
        assert.deepEqual([code, stdout.trim(), stderr], [0, "done", ""]);
        return stops;
      }
      const run = await newest();
      assert.ok(run !== undefined);
      stops.push(run.steps.find(({ status }) => status === "begun")?.step.setting ?? "between");
      await afterwards(run);
    }
  };

  const applied = await untilDone("apply", (run) => assertAllNamed(run, sandbox));
  assert.ok(applied.length >= most / 2, applied.join(", "));
  await withSetup(async (setup) => {
    const { source, isAgreed } = await setup.get("example");
    assert.deepEqual([source, isAgreed], ["example", true]);
    assert.equal((await setup.runs("example")).length, 1);
    assert.deepEqual((await setup.plan("example", {})).plan.steps, []);
  });
  await sandbox.sandbox.delivery.deliverNow();
  const undone = await untilDone("undo", () => Promise.resolve());
  assert.deepEqual(await snapshotAccounts(sandbox, [sandboxAccount]), before);
  assert.deepEqual(
    (await withSetup((setup) => setup.runs("example"))).map(({ kind, status }) => [kind, status]),
    [
      ["undo", "done"],
      ["apply", "undone"],
    ],
  );
  t.diagnostic(`killed at ${applied.join(", ")}; taking it back at ${undone.join(", ")}`);
});

/** Whatever was changed by now is of a step that was begun; what AWS sets on a new thing is of the one that made it. */
async function assertAllNamed({ steps }: SetupRun, sandbox: TestSandbox): Promise<void> {
  for (const { step, status } of steps) {
    if (status !== "waiting" || step.isFresh === true) continue;
    const now = await settingOf(step.setting).get(step.place, sandboxAws(sandbox));
    assert.ok(isSameValue(now, step.before), `${step.id} was changed, and nothing says so`);
  }
}

function openOn(table: Parameters<typeof openSetup>[0]["table"], { sandbox: { clock } }: TestSandbox): RunningSetup {
  const nothing = () => Promise.reject(new Error("Nothing is collected here"));
  return openSetup({
    ...{ table, clock, customUserAgent: "trailwarden-test", ...nothingStored },
    sources: { ensureQueue: nothing, rest: nothing, probe: nothing },
    onFailure: (error) => console.error(error),
  });
}
