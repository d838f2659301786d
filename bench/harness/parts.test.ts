import assert from "node:assert/strict";
import { test } from "node:test";
import { activeParts } from "./parts.ts";

const cases: readonly { title: string; names: readonly string[]; active: readonly string[] }[] = [
  {
    title: "parts side by side all count",
    names: ["202610_1_1_0", "202610_2_2_0"],
    active: ["202610_1_1_0", "202610_2_2_0"],
  },
  {
    title: "a merge replaces what went into it",
    names: ["202610_1_1_0", "202610_2_2_0", "202610_1_2_1"],
    active: ["202610_1_2_1"],
  },
  {
    title: "a mutation replaces the part it changed",
    names: ["202610_2_29_1", "202610_2_29_1_30"],
    active: ["202610_2_29_1_30"],
  },
  {
    title: "other months are other parts",
    names: ["202610_1_1_0", "202611_1_9_1"],
    active: ["202610_1_1_0", "202611_1_9_1"],
  },
  { title: "other folders are none", names: ["detached", "store", "202610_1_1_0"], active: ["202610_1_1_0"] },
];

for (const { title, names, active } of cases) test(title, () => assert.deepEqual(activeParts(names), active));
