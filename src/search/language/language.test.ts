import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { compileMatcher, compileSql, describe } from "../../predicate/index.ts";
import { highlightQuery, parseQuery, printQuery, queryFields, queryOf } from "./index.ts";
import { anyQuery, anyText } from "./random-query.fixture.ts";

const now = Date.UTC(2026, 0, 15, 12, 30);

/** Lines of `query`, a tab, and what is expected; `#` begins a comment. */
function readTable(name: string): [query: string, expected: string][] {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("# "))
    .map((line) => {
      const [query = "", expected = ""] = line.split("\t");
      return [query, expected];
    });
}

test("every query of valid.txt means what stands beside it", () => {
  for (const [query, english] of readTable("valid.txt")) {
    const parsed = parseQuery(query, { now });
    assert.ok(parsed.ok, `${query}: ${parsed.ok ? "" : parsed.error.message}`);
    assert.equal(describe(parsed.predicate), english, query);
    compileMatcher(parsed.predicate);
    compileSql(parsed.predicate, { raw: "raw", columnFor: () => undefined });
  }
});

test("every query of invalid.txt is refused for the reason, and at the place, that stands beside it", () => {
  for (const [query, expected] of readTable("invalid.txt")) {
    const parsed = parseQuery(query, { now });
    assert.ok(!parsed.ok, `${query} was read`);
    const { code, start, end, suggestion } = parsed.error;
    assert.equal(
      [code, query.slice(start, end), suggestion].filter((part) => part !== undefined).join(" | "),
      expected,
      query,
    );
  }
});

test("a printed query is read back as the same query", () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const text = printQuery(query);
      const parsed = parseQuery(text, { now });
      assert.ok(parsed.ok, `${text}: ${parsed.ok ? "" : parsed.error.message}`);
      assert.deepEqual(parsed.query, query, text);
    }),
    { seed: 20_260_106, numRuns: 2_000 },
  );
});

test("conditions opened as a query mean the same again", () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const first = parseQuery(printQuery(query), { now });
      assert.ok(first.ok);
      const opened = queryOf(first.predicate);
      if (opened !== undefined) {
        const second = parseQuery(printQuery(opened), { now });
        assert.ok(second.ok, printQuery(opened));
        assert.deepEqual(queryOf(second.predicate), opened, printQuery(opened));
      }
    }),
    { seed: 20_260_107, numRuns: 1_000 },
  );
});

test("no text makes the parser throw, and an error lies inside the text", () => {
  const pieces = fc.array(
    fc.oneof(anyText, fc.constantFrom("(", ")", "eventName:", "[", "]", " ", "OR", "-", '"', "/", ",", ">=")),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join("");
      const parsed = parseQuery(text, { now });
      if (!parsed.ok) {
        assert.ok(
          parsed.error.start >= 0 && parsed.error.start <= parsed.error.end && parsed.error.end <= text.length,
          text,
        );
        assert.ok(!parsed.error.message.endsWith("."));
      }
    }),
    { seed: 20_260_108, numRuns: 3_000 },
  );
});

test("coloured pieces follow each other and hold everything but white space", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 6 }), (parts) => {
      const text = parts.join(" ");
      let at = 0;
      for (const span of highlightQuery(text)) {
        assert.match(text.slice(at, span.start), /^\s*$/);
        assert.ok(span.end > span.start);
        at = span.end;
      }
      assert.match(text.slice(at), /^\s*$/);
    }),
    { seed: 20_260_109, numRuns: 1_000 },
  );
});

test("the example of every field can be read, unless the field is not available yet", () => {
  for (const field of queryFields) {
    const parsed = parseQuery(field.example, { now });
    assert.equal(parsed.ok, field.unavailable === undefined, field.example);
    assert.ok(parsed.ok || parsed.error.code === "field-not-available");
  }
});

test("a query that is too long, too deep or too large is refused", () => {
  const code = (text: string) => {
    const parsed = parseQuery(text, { now });
    return parsed.ok ? "read" : parsed.error.code;
  };
  assert.equal(code("x".repeat(10_001)), "too-long");
  assert.equal(code("(".repeat(5_000)), "too-deep");
  assert.equal(code("-".repeat(1)), "read");
  assert.equal(code(`${"! ".repeat(4_000)}x`), "too-deep");
  assert.equal(code(`eventName:${"(".repeat(5_000)}`), "too-deep");
  assert.equal(code(`eventName:(${"a,".repeat(1_001)}a)`), "too-many-terms");
  assert.equal(code("a ".repeat(1_001)), "too-many-terms");
  assert.equal(code(`${"(".repeat(190)}x${")".repeat(190)}`), "read");
});
