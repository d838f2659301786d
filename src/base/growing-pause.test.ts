import assert from "node:assert/strict";
import { test } from "node:test";
import { growingPauseMs } from "./growing-pause.ts";

test("pauses double from the first up to the most, however often it failed", () => {
  const pause = { first: 1_000, most: 60_000 };
  assert.deepEqual(
    [0, 1, 2, 5, 6, 7, 5_000].map((failures) => growingPauseMs(pause, failures)),
    [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000],
  );
});
