import assert from "node:assert/strict";
import { test } from "node:test";
import { askOf, countOfState, readIncidentsState } from "./incidents-state.ts";

test("the address says which incidents are listed, and odd addresses say nothing", () => {
  assert.deepEqual(readIncidentsState({ state: "closed", severity: "high", account: "1", owner: "ann", tz: "local" }), {
    state: "closed",
    severity: "high",
    account: "1",
    owner: "ann",
    tz: "local",
  });
  for (const state of ["open", "toString", 7, ""]) assert.equal(readIncidentsState({ state }).state, undefined);
  for (const severity of ["informational", "grave", 3]) {
    assert.equal(readIncidentsState({ severity }).severity, undefined);
  }
});

test("those that are open are asked for where nothing is said, and a severity means all that are worse too", () => {
  assert.equal(askOf({}).state, "new,triaged,contained");
  assert.equal(askOf({ state: "all" }).state, undefined);
  assert.equal(askOf({ severity: "medium" }).severity, "medium,high,critical");
});

test("what is open is counted over its states", () => {
  const counts = { new: 3, triaged: 2, closed: 40 };
  assert.deepEqual(
    (["open", "contained", "closed", "all"] as const).map((state) => countOfState(counts, state)),
    [5, 0, 40, 45],
  );
});
