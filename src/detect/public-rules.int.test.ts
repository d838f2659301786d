import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openImportedStore } from "../../test/fixtures/imported-store.ts";
import { skipWithoutSharedData } from "../../test/fixtures/shared-data.ts";
import { isAllAskedFor } from "../../test/fixtures/when-there-is-time.ts";
import type { Predicate } from "../predicate/index.ts";
import { eventSets, readEvents, readExpected, readPublicRules } from "./public-rules.fixture.ts";
import { RuleSet } from "./rule-set.ts";

const skip = skipWithoutSharedData;
const readings = skip === false ? readPublicRules() : [];
const rules = readings.flatMap(({ documents }) => documents.filter((document) => document.kind === "rule"));

test("every public rule is read", { skip }, () => {
  assert.deepEqual(
    readings.flatMap(({ refusals, warnings }) => [...refusals, ...warnings]),
    [],
  );
  assert.equal(rules.length, 406);
  assert.deepEqual(new Set(rules.map(({ key }) => key)), new Set(Object.keys(readExpected().rules)));
});

/** What an independent implementation found, by rule. We differ from it nowhere; a difference would be explained here. */
function expectedOf(set: string): Map<string, readonly string[]> {
  const matches = Object.entries(readExpected().sets[set]?.matches ?? {});
  return sorted(new Map(matches.map(([rule, events]) => [rule, new Set(events)])));
}

function sorted(matches: ReadonlyMap<string, ReadonlySet<string>>): Map<string, readonly string[]> {
  const some = [...matches].filter(([, events]) => events.size > 0);
  return new Map(
    some.map(([rule, events]) => [rule, [...events].toSorted()] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

for (const set of eventSets) {
  test(`on the events of ${set} exactly the expected rules fire, by JavaScript`, { skip }, () => {
    const ruleSet = new RuleSet(rules);
    const found = new Map<string, Set<string>>();
    for (const { id, record, text } of readEvents(set)) {
      for (const { key } of ruleSet.matching(record, text)) found.set(key, (found.get(key) ?? new Set()).add(id));
    }
    assert.ok(found.size > 40);
    assert.deepEqual(sorted(found), expectedOf(set));
  });
}

/** Which rules are asked by SQL: every third, and every one when there is time. */
const every = isAllAskedFor("TRAILWARDEN_PUBLIC_RULES") ? 1 : 3;

test("on the events of all sets in one store exactly the expected rules fire, by SQL", { skip }, async () => {
  await using imported = await openImportedStore();
  const events = eventSets.map((set) => ({ set, events: readEvents(set) }));
  const setOf = new Map(events.flatMap(({ set, events: all }) => all.map(({ id }) => [id, set] as const)));
  const records = events.flatMap(({ events: all }) => all.map(({ record }) => record));
  assert.equal(setOf.size, records.length);
  const path = join(imported.directory, "events.json");
  writeFileSync(path, JSON.stringify({ Records: records }));
  const { eventsStored } = await imported.import(path);
  assert.equal(eventsStored, records.length);
  const found = new Map<string, Map<string, Set<string>>>(eventSets.map((set) => [set, new Map()]));
  const expected = new Set(eventSets.flatMap((set) => [...expectedOf(set).keys()]));
  const asked = rules.filter((_, index) => index % every === 0);
  for (const { key, predicate } of asked.filter((rule) => expected.has(rule.key))) {
    for await (const record of imported.store.streamRaw({ predicate, order: "oldest" })) {
      const { eventID } = JSON.parse(String(record)) as { eventID: string };
      const ofSet = found.get(setOf.get(eventID) ?? "");
      assert.ok(ofSet);
      ofSet.set(key, (ofSet.get(key) ?? new Set()).add(eventID));
    }
  }
  const keys = new Set(asked.map(({ key }) => key));
  for (const [set, matches] of found) {
    const due = [...expectedOf(set)].filter(([key]) => keys.has(key));
    assert.ok(due.length > 10);
    assert.deepEqual(sorted(matches), new Map(due), set);
  }
  // The rules that nothing fits are asked many at a time.
  const others = asked.filter((rule) => !expected.has(rule.key)).map(({ predicate }) => predicate);
  for (let at = 0; at < others.length; at += 25) {
    const any: Predicate = { kind: "or", of: others.slice(at, at + 25) };
    const fitting = await Array.fromAsync(imported.store.streamRaw({ predicate: any, order: "oldest" }), String);
    assert.deepEqual(fitting, []);
  }
});
