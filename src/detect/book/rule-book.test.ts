import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { compileMatcher } from "../../predicate/index.ts";
import { DetectError } from "../errors.ts";
import { dayMs, makeBook, noon, ruleFile, storyFile } from "./rule-book.fixture.ts";
import type { RuleBook } from "./rule-book.ts";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = makeTemporaryFolder();
  write(
    "persistence/new-user/rule.yml",
    ruleFile("one", "CreateUser", "level: informational\ntags: [attack.persistence]\n"),
  );
  write(
    "impact/deletion/rule.yml",
    ruleFile("two", "DeleteTable", "trailwarden: { dedup-period: 10m, severity: critical }\n"),
  );
  write("impact/many/rule.yml", `${storyFile("base")}---\n${ruleFile("base", "GetSecretValue")}`);
});
afterEach(() => folder[Symbol.dispose]());

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

const make = () => makeBook(folder.path);
const fires = async (book: RuleBook, key: string, record: object) => {
  const found = (await book.inForce()).rules.find(({ rule }) => rule.key === key);
  return found !== undefined && compileMatcher(found.predicate)(record, JSON.stringify(record));
};
const runs = async (book: RuleBook) => {
  const { rules, correlations } = await book.inForce();
  return {
    alone: rules.filter(({ isAlone }) => isAlone).map(({ rule }) => rule.key),
    rules: rules.map(({ rule }) => rule.key),
    correlations: correlations.map(({ correlation }) => correlation.key),
  };
};
const codeOf = (code: string) => (error: unknown) => error instanceof DetectError && error.code === code;

test("rules that come with the program are on, by their own word of severity and silence", async () => {
  const { book } = make();
  const { terms, refusals } = await book.inForce();
  assert.deepEqual(refusals, []);
  assert.deepEqual(await runs(book), {
    alone: ["two", "one"],
    rules: ["two", "base", "one"],
    correlations: ["many"],
  });
  const shortly = (key: string) => {
    const term = terms.get(key);
    return [term?.of, term?.level, term?.outcome, term?.dedupMs, term?.isStaged];
  };
  assert.deepEqual(shortly("one"), ["rule", "informational", "observation", 3_600_000, false]);
  assert.deepEqual(shortly("two"), ["rule", "critical", "incident", 600_000, false]);
  assert.deepEqual(shortly("many"), ["correlation", "high", "incident", 3_600_000, false]);
});

test("what is in force is the same object until something is settled, and listeners hear of it", async () => {
  const { book } = make();
  let heard = 0;
  const stop = book.onChange(() => (heard += 1));
  const before = await book.inForce();
  assert.equal(await book.inForce(), before);
  await book.settle("one", { status: "off" });
  assert.notEqual(await book.inForce(), before);
  assert.equal(heard, 1);
  stop();
  await book.settle("one", { status: "on" });
  assert.equal(heard, 1);
});

test("a rule is named by id, by its folder, or by the end of it", async () => {
  const { book } = make();
  for (const name of ["one", "new-user", "persistence/new-user", "rules/persistence/new-user/rule.yml"]) {
    assert.equal((await book.get(name))?.key, "one", name);
  }
  assert.equal(await book.get("rule"), undefined);
  await assert.rejects(book.settle("nobody", { status: "off" }), codeOf("rule-unknown"));
});

test("what is off is not run, but a correlation that is on keeps the rules that it counts", async () => {
  const { book } = make();
  await book.settle("one", { status: "off" });
  await book.settle("base", { status: "off" });
  assert.deepEqual(await runs(book), { alone: ["two"], rules: ["two", "base"], correlations: ["many"] });
  await book.settle("many", { status: "off" });
  assert.deepEqual(await runs(book), { alone: ["two"], rules: ["two"], correlations: [] });
});

test("the house's word on severity, silence and outcome counts until it is taken back, over a restart too", async () => {
  const { book, reopen } = make();
  const change = { severity: "low", dedupMs: 60_000, outcome: "notification", note: "as agreed", by: "ann" } as const;
  const view = await book.settle("two", change);
  assert.deepEqual([view.level, view.outcome, view.note], ["low", "notification", "as agreed"]);
  const again = reopen();
  assert.equal((await again.inForce()).terms.get("two")?.dedupMs, 60_000);
  assert.equal((await again.get("two"))?.dedupMs, 60_000);
  await again.settle("two", { severity: null, outcome: null, dedupMs: null });
  const terms = (await again.inForce()).terms.get("two");
  assert.deepEqual([terms?.level, terms?.outcome, terms?.dedupMs], ["critical", "incident", 600_000]);
  assert.equal((await again.get("two"))?.note, "as agreed");
});

test("nonsense is not settled", async () => {
  const { book } = make();
  for (const change of [
    { stage: { days: 0, findingsMax: 1 } },
    { stage: { days: 7, findingsMax: Number.NaN } },
    { status: "on", stage: { days: 7, findingsMax: 1 } },
    { dedupMs: 0 },
    { note: "n".repeat(2_001) },
  ] as const) {
    await assert.rejects(book.settle("one", change), codeOf("rule-change-invalid"), JSON.stringify(change));
  }
});

test("a staged rule is promoted when its days are over and it was quiet, and stays when it was not", async () => {
  const { book, clock, counts } = make();
  await book.settle("one", { stage: { days: 2, findingsMax: 3 } });
  await book.settle("two", { status: "staged", note: "New here" });
  assert.equal((await book.inForce()).terms.get("one")?.isStaged, true);
  assert.deepEqual((await book.get("two"))?.staged, { since: noon, until: noon + 7 * dayMs, findingsMax: 10 });
  counts.set("two", { hits: 90, notKept: 10, findings: 11, lastAt: noon });
  clock.advance(2 * dayMs - 1);
  assert.deepEqual(await book.promote(clock.now()), []);
  clock.advance(1);
  assert.deepEqual(await book.promote(clock.now()), ["one"]);
  assert.equal((await book.get("one"))?.note, "Promoted on 2026-11-23 with 0 findings since 2026-11-21");
  clock.advance(5 * dayMs);
  assert.deepEqual(await book.promote(clock.now()), []);
  const noisy = await book.get("two");
  assert.deepEqual([noisy?.status, noisy?.hits, noisy?.findings], ["staged", 100, 11]);
  assert.equal(noisy?.staged?.until, noon + 14 * dayMs);
  assert.equal(
    noisy?.note,
    "New here\nStays staged since 2026-11-28: 11 findings since 2026-11-21, at most 10 were agreed on",
  );
  counts.clear();
  clock.advance(7 * dayMs);
  assert.deepEqual(await book.promote(clock.now()), ["two"]);
  assert.equal((await book.get("two"))?.note, "New here\nPromoted on 2026-12-05 with 0 findings since 2026-11-28");
});

test("a tuning leaves events out of the rules that it names, or of all, until it ends", async () => {
  const { book, clock } = make();
  const [mary, john] = ["mary", "john"].map((userName) => ({ eventName: "CreateUser", userIdentity: { userName } }));
  assert.ok(mary && john);
  const tuning = { name: "drill", rules: ["new-user"], query: "user:mary", reason: "Drill", until: noon + dayMs };
  assert.deepEqual((await book.tune(tuning)).rules, ["one"]);
  assert.deepEqual([await fires(book, "one", mary), await fires(book, "one", john)], [false, true]);
  assert.equal(await fires(book, "two", { ...mary, eventName: "DeleteTable" }), true);
  await book.tune({ ...tuning, rules: [] });
  assert.equal(await fires(book, "two", { ...mary, eventName: "DeleteTable" }), false);
  assert.equal((await book.get("two"))?.tunings.length, 1);
  clock.advance(dayMs);
  assert.equal(await fires(book, "one", mary), true);
  assert.equal((await book.tunings()).length, 1);
  await book.removeTuning("drill");
  await assert.rejects(book.removeTuning("drill"), codeOf("rule-item-unknown"));
});

test("a tuning of a correlation tunes the rules that it counts", async () => {
  const { book } = make();
  await book.tune({ name: "app", rules: ["many"], query: "user:app", reason: "Reads them all day", until: undefined });
  const record = { eventName: "GetSecretValue", userIdentity: { userName: "app" } };
  assert.equal(await fires(book, "base", record), false);
  assert.equal(await fires(book, "base", { ...record, userIdentity: { userName: "mary" } }), true);
});

test("a tuning that says nothing, or everything, is refused", async () => {
  const { book } = make();
  const good = { name: "a", rules: [], query: "user:mary", reason: "R", until: undefined };
  await assert.rejects(book.tune({ ...good, query: "*" }), codeOf("rule-tuning-invalid"));
  await assert.rejects(book.tune({ ...good, reason: " " }), codeOf("rule-tuning-invalid"));
  await assert.rejects(book.tune({ ...good, until: noon }), codeOf("rule-tuning-invalid"));
  await assert.rejects(book.tune({ ...good, name: "A b" }), codeOf("rule-name-invalid"));
  await assert.rejects(book.tune({ ...good, rules: ["nobody"] }), codeOf("rule-unknown"));
  await assert.rejects(book.tune({ ...good, query: "user:" }));
  assert.deepEqual(await book.tunings(), []);
});

test("lists of values stand for the placeholders of rules, which are refused without", async () => {
  write("placeholder/rule.yml", ruleFile("three", "x").replace("eventName: x", "eventName|expand: '%Names%'"));
  const { book } = make();
  const refused = (await book.list()).find(({ status }) => status === "refused");
  assert.equal(refused?.path, "rules/placeholder/rule.yml");
  assert.match(refused.canFire.reason, /no list of values for the placeholder %Names%/);
  assert.equal((await book.inForce()).refusals.length, 1);
  await book.putValues("Names", ["StopLogging"]);
  assert.equal(await fires(book, "three", { eventName: "StopLogging" }), true);
  await book.putValues("Names", []);
  assert.equal((await book.inForce()).refusals.length, 1);
  await assert.rejects(book.putValues("%", ["x"]), codeOf("rule-values-invalid"));
});

test("what was settled about a rule outlives the rule, and counts when it comes back", async () => {
  const { book, reopen } = make();
  await book.settle("one", { status: "off", note: "Too loud" });
  rmSync(join(folder.path, "persistence"), { recursive: true });
  const without = reopen();
  const gone = (await without.list()).find(({ key }) => key === "one");
  assert.deepEqual([gone?.title, gone?.status, gone?.note, gone?.origin], ["one title", "off", "Too loud", ""]);
  assert.match(gone?.canFire.reason ?? "", /not there any more/);
  await without.settle("one", { note: "Still too loud" });
  write("moved/rule.yml", ruleFile("one", "CreateUser", "level: high\n"));
  const back = await reopen().get("one");
  assert.deepEqual([back?.status, back?.level, back?.note], ["off", "high", "Still too loud"]);
});
