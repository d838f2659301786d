import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import { hit } from "./findings.fixture.ts";
import type { IncidentRow } from "./incident-table.ts";

function incident(number: number, fields: Partial<IncidentRow>): IncidentRow {
  return {
    ...{ id: `incident-${number}`, number, state: "new", severity: "high", title: "A title", owner: "" },
    ...{ accountIds: [], keys: [], firstAt: noon, lastAt: noon, openedAt: noon, changedAt: noon },
    ...{ silentUntil: undefined, mergedInto: undefined, content: {} },
    ...fields,
  };
}

const sorted = (figures: readonly object[]) => figures.map((figure) => Object.values(figure).join(" ")).toSorted();

await onEveryEngine("figures", ({ makePlace }) => {
  test("findings are counted by severity, staged ones apart, and what became a part of another not at all", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    assert.deepEqual(await state.figures.findings(), []);
    await state.findings.take([
      hit(0, { level: "high" }),
      hit(1, { level: "high", rule: "other" }),
      hit(2, { level: "low", rule: "third" }),
      hit(3, { level: "high", rule: "tried", isStaged: true }),
    ]);
    assert.deepEqual(sorted(await state.figures.findings()), ["high false 2", "high true 1", "low false 1"]);
    // Two findings of one rule, and a hit between them that makes them one.
    await state.findings.take([hit(100, { level: "low", rule: "third" })]);
    assert.deepEqual(sorted(await state.figures.findings()), ["high false 2", "high true 1", "low false 2"]);
    await state.findings.take([hit(50, { level: "low", rule: "third" })]);
    assert.deepEqual(sorted(await state.figures.findings()), ["high false 2", "high true 1", "low false 1"]);
  });

  test("incidents are counted by state and severity, without those of a state and those that are part of another", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.incidents.write({
      incidents: [
        incident(1, {}),
        incident(2, {}),
        incident(3, { severity: "critical" }),
        incident(4, { state: "triaged" }),
        incident(5, { state: "closed" }),
        incident(6, { mergedInto: "incident-1" }),
      ],
    });
    assert.deepEqual(sorted(await state.figures.incidents("closed")), [
      "new critical 1",
      "new high 2",
      "triaged high 1",
    ]);
  });

  test("tries to tell people are counted by channel and what came of them, since a time", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    for (const [channel, status, at] of [
      ["ops", "failed", noon],
      ["ops", "failed", noon + hour],
      ["ops", "given up", noon + hour],
      ["mail", "delivered", noon + hour],
    ] as const) {
      const delivery = { channel, status, at, notices: [], subject: "", answer: "", tookMs: 1 };
      await state.notify.settle([], delivery, undefined);
    }
    assert.deepEqual(sorted(await state.figures.deliveries(noon)), [
      "mail delivered 1",
      "ops failed 1",
      "ops given up 1",
    ]);
    assert.deepEqual(await state.figures.deliveries(noon + hour), []);
  });
});
