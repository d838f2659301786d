import fc from "fast-check";
import { tidyPattern, type Pattern } from "../../predicate/index.ts";
import { queryFields } from "./fields.ts";
import type { Comparison, Query } from "./query.ts";
import { fieldOfPath, resolveField } from "./resolve.ts";

/** Like `fc.record`, with objects that compare equal to literals. */
function plainRecord<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

/** Any text, among them those that look like a piece of the language. */
export const anyText = fc
  .oneof(
    fc.constantFrom(
      "bob",
      "AND",
      "or",
      "not",
      "-x",
      "!x",
      "a b",
      'say "hi"',
      "a\\b",
      "\\",
      "*",
      "?",
      "(a)",
      "a,b",
      "a:b",
      "eventName:x",
      "/x/",
      "/aws/x",
      "[a TO b]",
      ">5",
      "=",
      "'x'",
      "O'Brien",
      "10.0.0.0/8",
      "2026-01-02",
      "now-1h",
      "true",
      "é",
      "😀",
      "\n",
      "\t",
      "\u00a0",
      "",
      " ",
      "arn:aws:iam::123456789012:user/bob",
      "https://x.example/?a=b",
      "abc==",
      "\ud800",
      "@",
      "-",
      "5",
      "TO",
    ),
    fc.string({ maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 4 }),
  )
  .map((text) => text.toWellFormed());

const pattern: fc.Arbitrary<Pattern> = fc
  .array(
    fc.oneof(
      anyText.map((text) => ({ text })),
      fc.constantFrom("*" as const, "?" as const),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => tidyPattern(parts))
  .map((parts): Pattern => (parts.length === 0 ? [{ text: "" }] : parts))
  .filter((parts) => parts.length > 1 || parts[0] !== "*");

const names = queryFields
  .filter((field) => field.unavailable === undefined)
  .map((field) => resolveField(field.name.split(".")));
const extraPaths = [
  ["requestParameters", "a.b", "c"],
  ["requestParameters", "*"],
  ["**"],
  ["**", "userName"],
  ["newField", "x"],
  ["strange"],
  ["requestParameters", 'q"k', "\\"],
  ["requestParameters", "10"],
];

const field = fc.oneof(
  fc.constantFrom(...names.flatMap((resolution) => (resolution.kind === "unknown" ? [] : [resolution.name]))),
  fc.constantFrom(...extraPaths).map((path) => ({ kind: "path" as const, path })),
);

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  {
    weight: 6,
    arbitrary: plainRecord({ op: fc.constant("is" as const), pattern, cased: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Comparison>({ op: "has-value" }, { op: "exists" }, { op: "null" }),
  },
  {
    weight: 1,
    arbitrary: plainRecord({
      op: fc.constant("regex" as const),
      source: fc.constantFrom("^a", "a/b", "[/]", "x y", "\\\\", "a\\)b", "(a|b),c", '"'),
      flags: fc.constantFrom("", "i", "ims"),
    }),
  },
  {
    weight: 1,
    arbitrary: plainRecord({
      op: fc.constant("compare" as const),
      by: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
      number: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((number) => number + 0),
    }),
  },
  {
    weight: 1,
    arbitrary: plainRecord({
      op: fc.constant("compare-time" as const),
      by: fc.constantFrom("<" as const, ">=" as const),
      at: fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
    }),
  },
);

/** Only what the language has a form for: no plain text on a time field, no number compared to one. */
const condition = plainRecord({ field, test: comparison }).filter(({ field: name, test }) => {
  const isTime = name.kind === "path" && fieldOfPath(name.path)?.kind === "time";
  const isLiteral = test.op === "is" && !test.cased && test.pattern.every((part) => typeof part === "object");
  return !isTime || (test.op !== "compare" && !isLiteral);
});

const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small" },
    {
      weight: 6,
      arbitrary: condition.map(({ field: name, test }): Query => ({
        kind: "condition",
        field: name,
        test,
      })),
    },
    { weight: 4, arbitrary: pattern.map((parts): Query => ({ kind: "text", pattern: parts })) },
    { weight: 1, arbitrary: fc.constant<Query>({ kind: "all" }) },
    { weight: 2, arbitrary: tie("query").map((of): Query => ({ kind: "not", of })) },
    {
      weight: 3,
      arbitrary: plainRecord({
        kind: fc.constantFrom("and" as const, "or" as const),
        of: fc.array(tie("query"), { minLength: 2, maxLength: 3 }),
      }),
    },
  ),
}));

/** Any query that can be written. */
export const anyQuery: fc.Arbitrary<Query> = query;
