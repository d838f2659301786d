import assert from "node:assert/strict";
import { test } from "node:test";
import { linesByTrail } from "./lines-by-trail.ts";

function line(trail: string, amountMicros: number) {
  return {
    trailArn: `arn:aws:cloudtrail:eu-central-1:111122223333:trail/${trail}`,
    what: "",
    why: "",
    quantity: 1,
    unit: "events",
    unitPrice: "1 for 1",
    amountMicros,
    isFree: amountMicros === 0,
    isAtMost: false,
    source: "",
  };
}

test("lines stand with their trail, the dearest trail first, and none is lost", () => {
  const trails = linesByTrail([line("cheap", 5), line("dear", 3), line("cheap", 0), line("dear", 4)]);
  assert.deepEqual(
    trails.map(({ name, sumMicros, own }) => [name, sumMicros, own.length]),
    [
      ["dear", 7, 2],
      ["cheap", 5, 2],
    ],
  );
  assert.deepEqual(linesByTrail([]), []);
});
