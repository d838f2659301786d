import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
// The one place outside store/ that loads the engine: what is proved here is that the two compilers agree.
import { Session } from "chdb";
import type { Columns } from "./columns.ts";
import { compileMatcher } from "./match.ts";
import { compileSql } from "./sql.ts";
import { quoteText } from "./sql/quote.ts";
import { valuesSql } from "./sql/values.ts";
import { anyPredicate, fixedPredicates } from "./random-predicates.fixture.ts";
import { anyRecordText, fixedRecordTexts } from "./random-records.fixture.ts";
import { rowOf, rawColumns, typedColumns } from "./columns.fixture.ts";
import type { Predicate } from "./tree.ts";
import { wordsSql } from "./words.ts";

const folder = mkdtempSync(join(tmpdir(), "trailwarden-predicate-"));
const session = new Session(folder);
const texts = [...new Set([...fixedRecordTexts, ...fc.sample(anyRecordText, { seed: 20_260_102, numRuns: 220 })])];
const records: readonly unknown[] = texts.map((text): unknown => JSON.parse(text));

before(() => {
  session.query(
    "CREATE TABLE records (id UInt32, raw String, event_name String, arn String, resource_arns Array(String), " +
      "read_only Nullable(UInt8), event_time DateTime64(3, 'UTC'), doubtful UInt8, " +
      `INDEX words ${wordsSql("raw")} TYPE text(tokenizer = 'splitByNonAlpha'), ` +
      `INDEX names ${typedColumns.names} TYPE bloom_filter(0.01) GRANULARITY 1, ` +
      "INDEX doubtful doubtful TYPE minmax GRANULARITY 1" +
      ") ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 4",
  );
  const rows = texts.map((text, id) => rowOf(id, text, records[id]));
  session.query(`INSERT INTO records SETTINGS max_query_size = 10000000 VALUES ${rows.join(", ")}`);
});

after(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

function assertAgreement(predicates: readonly Predicate[], columns: Columns): number {
  const batch = 8;
  for (let at = 0; at < predicates.length; at += batch) {
    const some = predicates.slice(at, at + batch);
    // What is said to the index alone has to hold, too.
    const printed = some.map((predicate) => compileSql(predicate, columns).replaceAll("indexHint(", "identity("));
    const expressions = printed.map((sql) => `toUInt8(${sql})`);
    const sql = `SELECT [${expressions.join(", ")}] FROM records ORDER BY id SETTINGS max_query_size = 10000000`;
    const lines = session.query(sql, "JSONCompactEachRow").trim().split("\n");
    const matchers = some.map(compileMatcher);
    assert.equal(lines.length, texts.length);
    for (const [id, line] of lines.entries()) {
      const row: unknown = JSON.parse(line);
      assert.ok(Array.isArray(row) && Array.isArray(row[0]));
      const text = texts[id] ?? "";
      for (const [index, predicate] of some.entries()) {
        const expected = matchers[index]?.(records[id], text) === true ? 1 : 0;
        assert.equal(row[0][index], expected, `${JSON.stringify(predicate)}\non ${text}\nas ${expressions[index]}`);
      }
    }
  }
  return predicates.length * texts.length;
}

test("SQL and JavaScript agree on chosen conditions over hostile records, read from the raw text", () => {
  assertAgreement(fixedPredicates, rawColumns);
});

test("SQL and JavaScript agree on chosen conditions over hostile records, read from typed columns", () => {
  assertAgreement(fixedPredicates, typedColumns);
});

test("SQL and JavaScript agree on random conditions over random records, read from the raw text", () => {
  assertAgreement(fc.sample(anyPredicate, { seed: 20_260_103, numRuns: 110 }), rawColumns);
});

test("SQL and JavaScript agree on random conditions over random records, read from typed columns", () => {
  assertAgreement(fc.sample(anyPredicate, { seed: 20_260_104, numRuns: 110 }), typedColumns);
});

test("a quoted text reaches the engine unchanged, whatever is in it", () => {
  const values = fc.sample(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), {
    seed: 20_260_105,
    numRuns: 300,
  });
  const all = [...values, "\\", "'", "\\'", "\0", "\\x41", "\n\r\t\b\f\v", "'; DROP TABLE records; --"];
  for (let at = 0; at < all.length; at += 50) {
    const some = all.slice(at, at + 50);
    const hexes = some.map((value) => Buffer.from(value.toWellFormed()).toString("hex").toUpperCase());
    const asked = some.map((value) => `hex(${quoteText(value)})`).join(", ");
    assert.deepEqual(JSON.parse(session.query(`SELECT ${asked}`, "JSONCompactEachRow")), hexes);
  }
});

test("the values of a path come out as texts, through arrays and whatever the record's spelling", () => {
  const raw = '{"requestParameters":{"a":[{"b":"x\\u00e9"},{"b":[1.50,true,null,{"c":1}]},{"b":1e21}]}}';
  const sql = `SELECT ${valuesSql(["requestParameters", "a", "b"], rawColumns)} FROM (SELECT ${quoteText(raw)} AS raw)`;
  assert.deepEqual(JSON.parse(session.query(sql, "JSONCompactEachRow")), [["xé", "1.5", "true", "1e+21"]]);
});

test("the engine finds the same records when it filters, with its indexes, as when it computes", () => {
  const predicates = [...fixedPredicates, ...fc.sample(anyPredicate, { seed: 20_260_112, numRuns: 60 })];
  const batch = 8;
  for (let at = 0; at < predicates.length; at += batch) {
    const some = predicates.slice(at, at + batch);
    const parts = some.map(
      (predicate, index) => `SELECT ${index} AS part, id FROM records WHERE ${compileSql(predicate, typedColumns)}`,
    );
    const sql = `SELECT * FROM (${parts.join(" UNION ALL ")}) ORDER BY part, id SETTINGS max_query_size = 10000000`;
    const lines = session.query(sql, "JSONCompactEachRow").split("\n");
    const found = lines.filter((line) => line !== "").map((line): unknown => JSON.parse(line));
    const expected = some.flatMap((predicate, index) => {
      const matches = compileMatcher(predicate);
      return texts.flatMap((text, id) => (matches(records[id], text) ? [[index, id]] : []));
    });
    assert.deepEqual(found, expected, JSON.stringify(some));
  }
});
