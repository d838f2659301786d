import assert from "node:assert/strict";
import { test } from "node:test";
import { type FieldPath, textsAt } from "../../predicate/index.ts";
import { Correlator } from "./correlator.ts";
import { assembledOf, correlation, event, run, told } from "./correlator.fixture.ts";
import { pareRecord, passedOn } from "./pared-record.ts";

const record = {
  user: { name: "bob", tags: [{ key: "a", note: "long" }, [{ key: "b" }], "c"], large: "x".repeat(1_000) },
  __proto__: undefined,
  other: { key: "d" },
};

test("a record is pared to what paths lead to, through arrays too, and says the same there", () => {
  const paths: readonly FieldPath[] = [
    ["user", "name"],
    ["user", "tags", "key"],
    ["missing"],
    ["other", "key", "deeper"],
  ];
  const pared = pareRecord(record, paths);
  assert.deepEqual(pared, {
    user: { name: "bob", tags: [{ key: "a" }, [{ key: "b" }], undefined] },
    other: { key: undefined },
  });
  for (const path of paths) assert.deepEqual(textsAt(pared, path), textsAt(record, path), path.join("."));
});

test("below a placeholder, and where a path ends, everything is kept", () => {
  assert.deepEqual(pareRecord(record, [["other"], ["user", "*"]]), { user: record.user, other: record.other });
});

test("arrays in arrays, as deep as somebody writes them, are no harm", () => {
  const deep = JSON.parse(`{"user": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`) as unknown;
  assert.deepEqual(textsAt(pareRecord(deep, [["user", "name"]]), ["user", "name"]), []);
});

test("what a correlation at the end of a chain groups by comes through the whole chain", () => {
  const burst = correlation(
    ...(["burst", "type: event_count", "rules: [a]", "group-by: [user]", "timespan: 1m"] as const),
    "condition: {gte: 2}",
  );
  const then = correlation("then", "type: temporal", "rules: [burst, b]", "group-by: [user]", "timespan: 10m");
  const spread = correlation(
    ...(["spread", "type: value_count", "rules: [then]", "group-by: [place.region]", "timespan: 1h"] as const),
    "condition: {field: user, gte: 2}",
  );
  const assembled = assembledOf(burst, then, spread);
  const wanted = passedOn(assembled);
  assert.deepEqual(wanted.get("burst"), [["user"], ["place", "region"], ["user"]]);
  const events = ["bob", "mary"].flatMap((user, index) =>
    ["a", "a", "b"].map((kind, second) =>
      event(kind, index * 100 + second, { user, place: { region: "eu" }, large: "x".repeat(100) }),
    ),
  );
  const hits = run(new Correlator(assembled), events);
  assert.deepEqual(told(hits.filter(({ correlation: name }) => name === "spread")), ["spread eu 2-102 2"]);
});
