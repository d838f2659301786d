import assert from "node:assert/strict";
import { test } from "node:test";
import { SteppedClock } from "../../base/clock.ts";
import type { SourceView } from "../../collect/index.ts";
import type { FindingRow, HistoryRow, IntegrityFindingRow } from "../../state/index.ts";
import { minute, noon } from "../open-telling.fixture.ts";
import type { Notice, NoticeSource } from "../notice.ts";
import { findingNotices } from "./finding-notices.ts";
import { healthNotices } from "./health-notices.ts";
import { incidentNotices } from "./incident-notices.ts";
import { integrityNotices } from "./integrity-notices.ts";
import { repairNotices } from "./repair-notices.ts";

/** Asks again and again, as the notifier does, with positions that went through JSON. */
function asker(source: NoticeSource) {
  let position: unknown;
  return async (): Promise<readonly Notice[]> => {
    const given = await source.since(position, 100);
    position = JSON.parse(JSON.stringify(given.position)) as unknown;
    return given.notices;
  };
}

const finding: FindingRow = {
  ...{ id: "f1", rule: "aws-1", group: "g", level: "high", outcome: "notification", isStaged: false },
  ...{ accountId: "111122223333", region: "eu-central-1", actor: "a", from: noon, to: noon, hits: 1 },
  ...{ createdAt: noon, changedAt: noon, changed: 1, mergedInto: undefined },
  content: { title: "Root signed in", actorName: "root", eventName: "ConsoleLogin", sourceIp: "203.0.113.9" },
};

test("findings that ask for a notification are told, and no others", async () => {
  const rows: FindingRow[] = [
    finding,
    { ...finding, id: "f2", changed: 2, outcome: "incident" },
    { ...finding, id: "f3", changed: 3, isStaged: true },
    { ...finding, id: "f4", changed: 4, mergedInto: "f1" },
    { ...finding, id: "f1", changed: 5, hits: 7 },
  ];
  const changedSince = async (after: number) => rows.filter(({ changed }) => changed > after);
  const ask = asker(findingNotices({ changedSince }));
  const notices = await ask();
  // The second has the id of the first, and is left out by the box.
  assert.deepEqual(
    notices.map(({ id, title, severity }) => [id, title, severity]),
    [
      ["finding f1", "Root signed in, by root", "high"],
      ["finding f1", "Root signed in, by root", "high"],
    ],
  );
  assert.deepEqual(await ask(), []);
});

test("a finding of verifying is told when it is found, when it is settled, and when it is found again", async () => {
  const rows = new Map<string, IntegrityFindingRow>();
  const put = (fields: Partial<IntegrityFindingRow>) => {
    const row: IntegrityFindingRow = {
      ...{ id: "i1", kind: "log-missing", accountId: "111122223333", region: "eu-central-1" },
      ...{ from: noon, to: noon, foundAt: noon, settledAt: undefined },
      content: { sentence: "A digest names a file that is not there", help: "Look for it", logFile: "s3://logs/a" },
      ...fields,
    };
    rows.set(row.id, row);
  };
  const ask = asker(
    integrityNotices({
      findings: async () => [...rows.values()].filter(({ settledAt }) => settledAt === undefined),
      getFinding: async (id) => rows.get(id),
    }),
  );
  put({});
  const [found] = await ask();
  assert.deepEqual(
    [found?.state, found?.severity, found?.title],
    ["opened", "high", "A log file is missing (eu-central-1, 111122223333)"],
  );
  assert.deepEqual(await ask(), []);
  put({ settledAt: noon + minute });
  const [settled] = await ask();
  assert.deepEqual([settled?.state, settled?.thread], ["ended", found?.thread]);
  assert.deepEqual(await ask(), []);
  put({ foundAt: noon + 2 * minute });
  const [again] = await ask();
  assert.equal(again?.state, "opened");
  assert.equal(new Set([found?.id, settled?.id, again?.id]).size, 3);
});

test("changes of the set-up and their repair are one matter, with who did it", async () => {
  const lines: HistoryRow[] = [];
  const tell = (kind: string, fields: object = {}) => {
    const id = String(lines.length + 1).padStart(3, "0");
    const about = { check: "logging-stopped", about: "the trail main", sentence: `It is ${kind}` };
    lines.unshift({ id, deployment: "prod", at: noon, content: { id, at: noon, kind, ...about, ...fields } });
  };
  const ask = asker(
    repairNotices({
      list: async () => [{ name: "prod", content: { deployment: { accountId: "111122223333" } }, createdAt: noon }],
      history: async (_, { limit, before }) => lines.filter(({ id }) => id < (before ?? "a")).slice(0, limit),
    }),
  );
  tell("applied");
  tell("drift", {
    culprit: { actor: "arn:aws:iam::111122223333:user/mallory", eventName: "StopLogging", eventTime: "t" },
  });
  const [drift, ...others] = await ask();
  assert.deepEqual(
    [drift?.state, drift?.severity, drift?.accountIds, others],
    ["opened", "high", ["111122223333"], []],
  );
  assert.ok(drift?.facts.some(({ value }) => value.endsWith("user/mallory")));
  tell("repaired");
  const [repaired] = await ask();
  assert.deepEqual([repaired?.state, repaired?.thread], ["ended", drift?.thread]);
  assert.deepEqual(await ask(), []);
  for (let number = 0; number < 250; number++) tell("drift");
  assert.equal((await ask()).length, 250);
});

test("a source that fails is told after ten minutes, once, and when it is well again", async () => {
  const clock = new SteppedClock(noon);
  let views: SourceView[] = [];
  const show = (status: SourceView["status"] | undefined) => {
    const view = {
      name: "prod",
      place: "the queue trail",
      status,
      sentence: "It is refused",
      help: "Look",
      settings: {},
    };
    views = status === undefined ? [] : [view as unknown as SourceView];
  };
  const ask = asker(healthNotices({ list: async () => views }, clock));
  show("failing");
  const told: (readonly [number, Notice["state"], Notice["severity"]])[] = [];
  const pass = async (minutes: number) => {
    for (let at = 0; at < minutes; at++) {
      for (const { state, severity } of await ask()) told.push([(clock.now() - noon) / minute, state, severity]);
      clock.advance(minute);
    }
  };
  await pass(9);
  show("online");
  await pass(1);
  assert.deepEqual(told, []);
  show("failing");
  await pass(30);
  assert.deepEqual(told, [[20, "opened", "high"]]);
  show("online");
  await pass(3);
  show("quiet");
  await pass(15);
  show("failing");
  await pass(15);
  show(undefined);
  await pass(2);
  assert.deepEqual(told.slice(1), [
    [40, "ended", "medium"],
    [53, "opened", "medium"],
    [68, "opened", "high"],
    [73, "ended", "medium"],
  ]);
});

test("news of an incident say where it stands, whether somebody has it, and that history is history", async () => {
  const news = (fields: object, facts: readonly (readonly [string, string])[]) => ({
    ...{
      id: "incident/x/1",
      kind: "incident" as const,
      thread: "x",
      state: "changed" as const,
      severity: "critical" as const,
    },
    ...{ accountIds: [], rules: [], title: "INC-12: Leaked key", text: "t", path: "/incidents/x", at: noon },
    facts: facts.map(([label, value]) => ({ label, value })),
    ...fields,
  });
  const notices = [
    news({ state: "opened" }, [["State", "new"]]),
    news({}, [["State", "triaged"]]),
    news({ state: "ended" }, [["State", "closed as resolved"]]),
    news({ state: "opened" }, [
      ["State", "new"],
      ["isHistory", "true"],
    ]),
  ];
  const ask = asker(incidentNotices({ name: "incidents", since: async () => ({ notices, position: 4 }) }));
  assert.deepEqual(
    (await ask()).map(({ title, severity, isTaken, thread }) => [title, severity, isTaken, thread]),
    [
      ["INC-12 Leaked key", "critical", undefined, "incident x"],
      ["INC-12 Leaked key (triaged)", "critical", true, "incident x"],
      ["INC-12 Leaked key (closed as resolved)", "critical", undefined, "incident x"],
      ["INC-12 Leaked key", "medium", undefined, "incident x"],
    ],
  );
});
