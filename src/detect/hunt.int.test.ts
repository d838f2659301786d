import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeRecord } from "../../test/fixtures/made-record.ts";
import { seededRandom } from "../base/seeded-random.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { EventStore, SpoolWriter } from "../store/index.ts";
import { hunt, type HuntFinding, type HuntRequest, type HuntStep } from "./hunt.ts";
import { assembleRules } from "./sigma/assemble.ts";
import { readRules } from "./sigma/read-rules.ts";

const start = Date.UTC(2026, 9, 1);
const minute = 60_000;

const logsource = "logsource: { product: aws, service: cloudtrail }";
const rules = `
title: A key is made
level: high
tags: [attack.t1098.001]
${logsource}
detection:
  selection: { eventSource: iam.amazonaws.com, eventName: CreateAccessKey }
  condition: selection
---
title: Somebody from that net
level: low
${logsource}
detection:
  selection: { 'sourceIPAddress|cidr': 203.0.113.0/24 }
  condition: selection
---
title: Nobody does this
${logsource}
detection:
  selection: { eventName: DeleteTrail }
  condition: selection
---
title: A refused sign-in
name: refused_sign_in
${logsource}
detection:
  selection: { eventName: ConsoleLogin, errorMessage: Failed authentication }
  condition: selection
---
title: Many refused sign-ins
level: medium
correlation:
  type: event_count
  rules: [refused_sign_in]
  group-by: [sourceIPAddress]
  timespan: 10m
  condition: { gte: 3 }
`;

/** Stands in a record for a tab that is written as such, which a strict parser refuses. */
const brokenTab = "{tab}";

/** A store with these records, one minute after the other. */
async function openStore(folder: string, records: readonly Record<string, unknown>[]): Promise<EventStore> {
  const store = await EventStore.open({ directory: join(folder, "data"), now: () => start + 1_000 * minute });
  const writer = new SpoolWriter(join(folder, "batch.rows"));
  for (const [index, fields] of records.entries()) {
    const eventTime = new Date(start + index * minute).toISOString();
    const clean = JSON.stringify(makeRecord(index, { eventTime, sourceIPAddress: "192.0.2.200", ...fields }));
    const raw = Buffer.from(clean.replace(brokenTab, "\t"));
    const mended = raw.length === clean.length ? undefined : { clean: Buffer.from(clean), position: index };
    writer.add(1n, raw, 0, raw.length, mended);
  }
  writer.close();
  await store.write({ path: writer.path, rows: writer.rows, hours: undefined }, () => ({ records: [], refused: [] }));
  return store;
}

async function huntIn(store: EventStore, span: { from?: number; to?: number } = {}) {
  const { documents, refusals } = readRules(rules, { path: "rules.yml", lists: new Map() });
  assert.deepEqual(refusals, []);
  const request = { assembly: assembleRules(documents), examples: 2, ...span };
  const steps: HuntStep[] = await Array.fromAsync(hunt(store, request, new AbortController().signal));
  const found = new Map<string, HuntFinding>();
  for (const step of steps) if (step.kind === "found") found.set(step.found.title, step.found);
  const last = steps.at(-1);
  return { found, summary: last?.kind === "summary" ? last.summary : undefined };
}

function assembled() {
  return assembleRules(readRules(rules.trim(), { path: "rules.yml", lists: new Map() }).documents);
}

/** The same rules again and again, each under a key of its own. */
function copiesOf(given: HuntRequest["assembly"]["rules"], copies: number) {
  return Array.from({ length: copies }, (_, copy) =>
    given.map((each) => (copy === 0 ? each : { ...each, rule: { ...each.rule, key: `${each.rule.key}/${copy}` } })),
  ).flat();
}

async function findingsIn(store: EventStore, assembly: HuntRequest["assembly"]): Promise<HuntFinding[]> {
  const steps = await Array.fromAsync(hunt(store, { assembly, examples: 3 }, new AbortController().signal));
  return steps.flatMap((step) => (step.kind === "found" ? [step.found] : []));
}

const key = { eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey" };
const refused = {
  eventSource: "signin.amazonaws.com",
  eventName: "ConsoleLogin",
  errorMessage: "Failed authentication",
};

test("rules are found in what is stored, with how often, when, and the newest events; others stay silent", async () => {
  using folder = makeTemporaryFolder();
  const records = [
    key,
    { sourceIPAddress: "203.0.113.7" },
    { eventName: "ListUsers" },
    key,
    { ...key, sourceIPAddress: "203.0.113.9" },
  ];
  await using store = await openStore(folder.path, records);
  const { found, summary } = await huntIn(store);
  assert.deepEqual([...found.keys()].sort(), ["A key is made", "Somebody from that net"]);
  const made = found.get("A key is made");
  assert.deepEqual(
    [made?.count, made?.firstAt, made?.lastAt, made?.level, made?.tags],
    [3, start, start + 4 * minute, "high", ["attack.t1098.001"]],
  );
  assert.deepEqual(
    made?.examples.map(({ time, eventName }) => [time, eventName]),
    [
      [start + 4 * minute, "CreateAccessKey"],
      [start + 3 * minute, "CreateAccessKey"],
    ],
  );
  assert.equal(found.get("Somebody from that net")?.count, 2);
  // The rule that only feeds the correlation fires for itself nowhere.
  assert.deepEqual(summary, { rules: 3, correlations: 1, fired: 2, isCut: false });
});

test("a span leaves out what happened before and after", async () => {
  using folder = makeTemporaryFolder();
  await using store = await openStore(folder.path, [key, key, key]);
  const { found } = await huntIn(store, { from: start + minute, to: start + 2 * minute });
  assert.equal(found.get("A key is made")?.count, 1);
});

test("a correlation is found story by story, with what its events have in common", async () => {
  using folder = makeTemporaryFolder();
  const from = (sourceIPAddress: string) => ({ ...refused, sourceIPAddress });
  const one = Array.from({ length: 4 }, () => from("192.0.2.1"));
  const other = Array.from({ length: 2 }, () => from("192.0.2.2"));
  const pause = Array.from({ length: 30 }, () => ({ eventName: "ListUsers" }));
  await using store = await openStore(folder.path, [...one, ...other, ...pause, ...one]);
  const { found } = await huntIn(store);
  assert.deepEqual([...found.keys()], ["Many refused sign-ins"]);
  const many = found.get("Many refused sign-ins");
  assert.deepEqual([many?.of, many?.count, many?.groups], ["correlation", 2, [["192.0.2.1"], ["192.0.2.1"]]]);
});

test("a rule that is too long for the engine is said to be skipped, and the others are hunted", async () => {
  using folder = makeTemporaryFolder();
  await using store = await openStore(folder.path, [key]);
  const values = Array.from({ length: 300 }, (_, index) => `"*${"long ".repeat(200)}${index}*"`).join(", ");
  const long = `title: Too long\n${logsource}\ndetection:\n  selection: { requestParameters.name: [${values}] }\n  condition: selection\n---\n`;
  const { documents, refusals } = readRules(`${long}${rules.trim()}`, { path: "rules.yml", lists: new Map() });
  assert.deepEqual(refusals, []);
  const request = { assembly: assembleRules(documents), examples: 0 };
  const steps: HuntStep[] = await Array.fromAsync(hunt(store, request, new AbortController().signal));
  assert.deepEqual(
    steps.flatMap((step) => (step.kind === "skipped" ? [step.title] : step.kind === "found" ? [step.found.title] : [])),
    ["Too long", "A key is made"],
  );
});

test("many rules, which are looked for at once, are found as each by itself", async () => {
  using folder = makeTemporaryFolder();
  const random = seededRandom(20_261_121);
  const events = [key, refused, { eventName: "ListUsers" }, { ...key, sourceIPAddress: "203.0.113.9" }];
  await using store = await openStore(
    folder.path,
    Array.from({ length: 400 }, () => events[Math.floor(random() * events.length)] ?? key),
  );
  const one = assembled();
  const copies = copiesOf(one.rules, 8);
  const found = (assembly: HuntRequest["assembly"]) => findingsIn(store, assembly);
  const alone = await found(one);
  assert.deepEqual(
    alone.map(({ title }) => title),
    ["A key is made", "Somebody from that net", "Many refused sign-ins"],
  );
  const together = await found({ rules: copies, correlations: one.correlations });
  assert.equal(together.length, 2 * 8 + 1);
  for (const each of together) {
    const expected = alone.find(({ title }) => title === each.title);
    assert.deepEqual({ ...each, key: "" }, { ...expected, key: "" });
  }
});

test("a record that only a strict parser minds is hunted as any other", async () => {
  using folder = makeTemporaryFolder();
  await using store = await openStore(folder.path, [{ ...key, userAgent: `a${brokenTab}b` }, key]);
  const one = assembled();
  const counts = async (given: HuntRequest["assembly"]) =>
    (await findingsIn(store, given)).map(({ title, count }) => [title, count]);
  assert.deepEqual(await counts(one), [["A key is made", 2]]);
  const together = await counts({ ...one, rules: copiesOf(one.rules, 8) });
  assert.deepEqual(
    together,
    Array.from({ length: 8 }, () => ["A key is made", 2]),
  );
});
