import assert from "node:assert/strict";
import { test } from "node:test";
import { figureLine, type Figure, type Measured, type Target } from "./figure.ts";

const measured: Measured = {
  value: 171_234.5,
  unit: "events/s",
  yardstick: "something plain",
  yardstickValue: 180_000,
  ratio: 171_234.5 / 180_000,
  extra: { coldP95: 900, toQuiet: undefined, rates: [1.000_04, 2] },
};

test("a line says value, yardstick, goal and whether it is met", () => {
  assert.deepEqual(lineWith([{ of: "ratio", atLeast: 0.9 }]), {
    figure: "example",
    value: 171_200,
    unit: "events/s",
    yardstick: "something plain",
    yardstickValue: 180_000,
    ratio: 0.9513,
    target: 0.9,
    targetOf: "ratio",
    targetIs: "at least",
    met: true,
    events: 8000,
    coldP95: 900,
    rates: [1, 2],
  });
});

const goals: readonly { title: string; target: readonly Target[]; met: boolean | undefined }[] = [
  { title: "one is missed", target: [{ of: "ratio", atLeast: 0.96 }], met: false },
  { title: "it is exactly reached", target: [{ of: "coldP95", atMost: 900 }], met: true },
  {
    title: "the second of two is missed",
    target: [
      { of: "value", atLeast: 1 },
      { of: "coldP95", atMost: 899 },
    ],
    met: false,
  },
  { title: "its number was not measured", target: [{ of: "toQuiet", atMost: 1e9 }], met: false },
  { title: "there is none", target: [], met: undefined },
];

for (const { title, target, met } of goals)
  test(`a goal is judged when ${title}`, () => assert.equal(lineWith(target)["met"], met));

test("goals are judged before numbers are rounded", () => {
  const line = figureLine(figureWith([{ of: "value", atMost: 300 }]), { ...measured, value: 300.01 }, {});
  assert.equal(line["value"], 300);
  assert.equal(line["met"], false);
});

function lineWith(target: readonly Target[]) {
  return figureLine(figureWith(target), measured, { events: 8000 });
}

function figureWith(target: readonly Target[]): Figure {
  return { name: "example", summary: "An example", target, run: async () => measured };
}
