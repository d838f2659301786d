import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunStep, SetupRun } from "../../../setup-types.ts";
import { runSentence } from "./run-words.ts";

function runOf(status: SetupRun["status"], steps: readonly RunStep["status"][], kind: SetupRun["kind"] = "apply") {
  const place = { accountId: "111122223333", region: "eu-central-1", arn: "arn:aws:s3:::logs" };
  const step = { id: "1", setting: "bucket", place, before: null, after: {}, why: "", cost: "", undo: "" };
  const choice = { kind: "use" as const, trailArn: null, sentence: "" };
  const plan = { id: "p", deployment: "shop", madeAt: "", choice, places: {}, steps: [], notes: [], obstacles: [] };
  return {
    id: "r",
    deployment: "shop",
    kind,
    plan,
    status,
    startedAt: "",
    endedAt: null,
    steps: steps.map((each, index) => ({
      step: { ...step, what: `Step ${index + 1}` },
      status: each,
      problem: "",
      at: null,
    })),
  };
}

test("how a run stands is said in one sentence", () => {
  assert.equal(runSentence(runOf("running", ["done", "begun", "waiting"])), "1 of 3 changes done.");
  assert.equal(runSentence(runOf("done", ["done"])), "All is done: 1 change made.");
  assert.match(
    runSentence(runOf("stopped", ["done", "failed", "waiting"])),
    /stopped at “Step 2”: 1 of 3 changes done/,
  );
  assert.match(runSentence(runOf("stopped", ["done", "begun"])), /^It stopped: 1 of 2/);
});

test("what an undo leaves is counted", () => {
  assert.match(runSentence(runOf("done", ["undone", "left"], "undo")), /taken back\. 1 thing is left/);
});
