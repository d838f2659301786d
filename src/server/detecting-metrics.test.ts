import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { DetectionStatus, RulesInForce } from "../detect/index.ts";
import { openState, type State } from "../state/index.ts";
import { detectingMetrics } from "./detecting-metrics.ts";
import { printMetric } from "./metric.ts";

const noon = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

const still: DetectionStatus = {
  ...{ waitingLogFiles: 0, waitingEvents: 0, judgedAt: undefined, problem: undefined },
  ...{ rules: 0, correlations: 0, staged: 0, spans: 0 },
};

/** What the page says, as lines without the words around them. */
async function rowsOf(state: State, status: Partial<DetectionStatus> = {}, refusals = 0): Promise<readonly string[]> {
  const refusal = {
    path: "rules/a.yml",
    line: 1,
    column: 1,
    title: "A",
    reason: "It cannot be run",
    kind: "invalid",
  } as const;
  const inForce: RulesInForce = {
    ...{ rules: [], correlations: [], terms: new Map() },
    refusals: Array.from({ length: refusals }, () => refusal),
  };
  const metrics = await detectingMetrics({
    state,
    detecting: {
      openDetection: async () => ({ status: async () => ({ ...still, ...status }) }),
      openRuleBook: async () => ({ inForce: async () => inForce }),
    },
    now: noon,
  });
  return metrics.flatMap(printMetric).filter((line) => !line.startsWith("#"));
}

const of = (rows: readonly string[], name: string) =>
  rows.filter((row) => row.startsWith(`trailwarden_${name}`)).map((row) => row.replace("trailwarden_", ""));

async function withState(look: (state: State) => Promise<void>): Promise<void> {
  using folder = makeTemporaryFolder();
  await using state = await openState({ directory: folder.path });
  await look(state);
}

test("what waits to be judged, since when, and whether something is wrong are told", async () => {
  await withState(async (state) => {
    const rows = await rowsOf(
      state,
      { waitingLogFiles: 3, waitingEvents: 1_200, judgedAt: noon - 2_500, problem: "No", rules: 7, correlations: 2 },
      4,
    );
    assert.deepEqual(rows.slice(0, 7), [
      "trailwarden_log_files_to_judge 3",
      "trailwarden_events_to_judge 1200",
      "trailwarden_judged_seconds_ago 2.5",
      "trailwarden_judging_has_problem 1",
      'trailwarden_rules_in_force{kind="rule"} 7',
      'trailwarden_rules_in_force{kind="correlation"} 2',
      "trailwarden_rules_broken 4",
    ]);
  });
});

test("before the first round nothing is said of when it was, and each severity and state has its row all the same", async () => {
  await withState(async (state) => {
    const rows = await rowsOf(state);
    assert.deepEqual(of(rows, "judg"), ["judging_has_problem 0"]);
    assert.equal(of(rows, "findings{").length, 10);
    assert.equal(of(rows, "incidents_open{").length, 15);
    assert.ok([...of(rows, "findings{"), ...of(rows, "incidents_open{")].every((row) => row.endsWith(" 0")));
    assert.deepEqual([of(rows, "notices"), of(rows, "deliveries")], [[], []]);
  });
});

test("findings are told by severity and apart from staged ones, incidents by severity and state without closed ones", async () => {
  await withState(async (state) => {
    const hit = {
      ...{ from: noon, to: noon, events: [], accountId: "111122223333", region: "", actor: "", dedupMs: hour },
      ...{ group: "", content: {} },
      outcome: "incident",
    } as const;
    await state.findings.take([
      { ...hit, rule: "a", event: "1", level: "high", isStaged: false },
      { ...hit, rule: "b", event: "2", level: "high", isStaged: true },
    ]);
    const incident = {
      ...{ title: "", owner: "", accountIds: [], keys: [], firstAt: noon, lastAt: noon, openedAt: noon },
      ...{ changedAt: noon, silentUntil: undefined, mergedInto: undefined, content: {}, severity: "high" },
    };
    await state.incidents.write({
      incidents: [
        { ...incident, id: "i1", number: 1, state: "triaged" },
        { ...incident, id: "i2", number: 2, state: "closed" },
      ],
    });
    const some = (await rowsOf(state)).filter((row) => /^trailwarden_(?:findings|incidents_open)/.test(row));
    assert.deepEqual(
      some.filter((row) => !row.endsWith(" 0")),
      [
        'trailwarden_findings{severity="high",staged="false"} 1',
        'trailwarden_findings{severity="high",staged="true"} 1',
        'trailwarden_incidents_open{severity="high",state="triaged"} 1',
      ],
    );
  });
});

test("what is to be told, and what failed in the last day, is told by the kind of channel, never by its name", async () => {
  await withState(async (state) => {
    const { notify } = state;
    for (const [name, type] of [
      ["a", "slack"],
      ["b", "slack"],
      ["c", "email"],
    ] as const) {
      await notify.putChannel({ name, type, settings: {}, isPaused: false, changedAt: noon });
    }
    const row = {
      ...{ route: "r", group: "g", thread: "t", dueAt: noon, createdAt: noon, tries: 0, content: {} },
    };
    await notify.enqueue([
      { ...row, id: "1", channel: "a" },
      { ...row, id: "2", channel: "b" },
    ]);
    for (const [channel, status, at] of [
      ["a", "failed", noon - hour],
      ["b", "failed", noon - hour],
      ["b", "failed", noon - 25 * hour],
      ["c", "given up", noon - hour],
      ["gone", "given up", noon - hour],
    ] as const) {
      await notify.settle([], { channel, status, at, notices: [], subject: "", answer: "", tookMs: 1 }, undefined);
    }
    const rows = await rowsOf(state);
    assert.deepEqual(of(rows, "notices_waiting"), [
      'notices_waiting{channel="email"} 0',
      'notices_waiting{channel="removed"} 0',
      'notices_waiting{channel="slack"} 2',
    ]);
    assert.deepEqual(of(rows, "deliveries_failed_last_day"), [
      'deliveries_failed_last_day{channel="email"} 0',
      'deliveries_failed_last_day{channel="removed"} 0',
      'deliveries_failed_last_day{channel="slack"} 2',
    ]);
    assert.deepEqual(of(rows, "deliveries_given_up_last_day"), [
      'deliveries_given_up_last_day{channel="email"} 1',
      'deliveries_given_up_last_day{channel="removed"} 1',
      'deliveries_given_up_last_day{channel="slack"} 0',
    ]);
  });
});
