import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlanState, wishOf } from "./wish.ts";

test("what nobody wishes is left to the server", () => {
  assert.deepEqual(wishOf(readPlanState({})), {});
  assert.deepEqual(wishOf(readPlanState({ create: "yes", org: "perhaps", trail: "", other: "x", key: 5 })), {});
});

test("what stands in the address is wished", () => {
  const state = readPlanState({
    trail: "all",
    create: "no",
    org: "yes",
    paid: "yes",
    key: "alias/logs",
    region: "eu-west-1",
    by: "hand",
  });
  assert.deepEqual(wishOf(state), {
    region: "eu-west-1",
    trail: "all",
    createsTrail: false,
    allowsPaidCopy: true,
    forOrganization: true,
    keyArn: "alias/logs",
  });
});
