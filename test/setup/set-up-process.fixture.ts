import { systemClock } from "../../src/base/clock.ts";
import { openSetup, type Setup, type SetupRun } from "../../src/setup/index.ts";
import { openState } from "../../src/state/index.ts";
import { nothingStored } from "./nothing-stored.fixture.ts";

/*
 * Sets the deployment `example` up, or takes that back, in a process of its own: goes on with what another one left that
 * was killed. Run by `killed.int.test.ts` with the data folder, and `apply` or `undo`.
 */
const [, , directory = "", doing = "apply"] = process.argv;
const nobody = () => undefined;

await using state = await openState({ directory });
await using setup = openSetup({
  table: state.deployments,
  clock: systemClock,
  customUserAgent: "trailwarden-test",
  ...nothingStored,
  sources: {
    ensureQueue: ({ name }) => Promise.resolve(name),
    rest: () => Promise.resolve(),
    probe: () => Promise.resolve({ isGood: true, sentence: "The way works" }),
  },
  onFailure: (error) => console.error(error),
});
await setup.start();
const run = doing === "undo" ? await undo(setup) : await apply(setup);
console.log(run.status, run.steps.map(({ problem }) => problem).join(" "));

async function apply(on: Setup): Promise<SetupRun> {
  const [newest] = await on.runs("example");
  if (newest?.status === "stopped") return on.goOn(newest.id, nobody);
  if (newest !== undefined) return newest;
  const { plan } = await on.plan("example", {});
  return on.apply("example", plan.id, {}, nobody);
}

async function undo(on: Setup): Promise<SetupRun> {
  const [newest] = await on.runs("example");
  if (newest === undefined) throw new TypeError("Nothing was applied");
  if (newest.kind !== "undo") return on.undo(newest.id, { withLogFiles: true }, nobody);
  return newest.status === "stopped" ? on.goOn(newest.id, nobody) : newest;
}
