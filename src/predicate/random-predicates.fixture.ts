import fc from "fast-check";
import { anyKey, anyText } from "./random-texts.fixture.ts";
import type { FieldPath, Pattern, Predicate, Test } from "./tree.ts";
import { hasWords } from "./words.ts";

const path: fc.Arbitrary<FieldPath> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<FieldPath>(
      ["eventName"],
      ["userIdentity", "arn"],
      ["resources", "ARN"],
      ["readOnly"],
      ["eventTime"],
      ["requestParameters"],
      ["requestParameters", "a"],
      ["requestParameters", "userName"],
      ["requestParameters", "policy", "a"],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<FieldPath>(
      ["requestParameters", "*"],
      ["requestParameters", "**"],
      ["**", "userName"],
      ["**"],
      ["*", "arn"],
      ["requestParameters", "**", "a"],
      ["*", "*", "b"],
      ["requestParameters", "*", "*"],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.array(anyKey, { minLength: 1, maxLength: 3 }).map((keys) => ["requestParameters", ...keys]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<FieldPath>(
      ["absent"],
      ["userIdentity", "absent", "deep"],
      ["requestParameters", "a", "b", "a"],
    ),
  },
);

const pattern: fc.Arbitrary<Pattern> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: anyText.map((part) => ({ text: part })) },
    { weight: 3, arbitrary: fc.constant("*" as const) },
    { weight: 1, arbitrary: fc.constant("?" as const) },
  ),
  { minLength: 1, maxLength: 4 },
);

const by = fc.constantFrom("<", "<=", ">", ">=");
const regexes = [
  "^a",
  "b$",
  "[aeiou]{2}",
  "(?:bob|mary)+",
  "\\d+\\.\\d+",
  "^$",
  "",
  "a|b|",
  "\\bk\\b",
  "[^a-z]",
  ".",
  "(?s).",
  "x*",
  "é",
  "[à-ý]",
  "\\x{1F600}",
  "\\W\\w",
  "^[\\s\\S]$",
  "user/.*b",
  "a{2,3}b?",
  "(?i)k",
  "\\Aarn:.*\\z",
];

const fieldTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ op: fc.constant("exists" as const) }),
  fc.record({ op: fc.constant("null" as const) }),
  fc.record({
    op: fc.constant("equals" as const),
    values: fc.array(anyText, { minLength: 1, maxLength: 3 }),
    cased: fc.boolean(),
  }),
  fc.record({
    op: fc.constant("equals" as const),
    values: fc.array(anyText, { minLength: 1, maxLength: 3 }),
    cased: fc.boolean(),
  }),
  fc.record({ op: fc.constant("like" as const), pattern, cased: fc.boolean() }),
  fc.record({ op: fc.constant("like" as const), pattern, cased: fc.boolean() }),
  fc.record({
    op: fc.constant("regex" as const),
    source: fc.constantFrom(...regexes),
    flags: fc.constantFrom("", "i", "m", "s", "ims"),
  }),
  fc.record({
    op: fc.constant("compare" as const),
    by,
    number: fc.oneof(fc.integer({ min: -5, max: 500 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  }),
  fc.record({
    op: fc.constant("compare-time" as const),
    by,
    at: fc.constantFrom(0, -1, 1, Date.UTC(2026, 0, 2, 3, 4, 5), Date.UTC(2026, 0, 2, 3, 4, 5, 678), 8e15, -8e15),
  }),
  fc.record({
    op: fc.constant("time-part" as const),
    part: fc.constantFrom("minute", "hour", "day", "week", "month", "year"),
    by: fc.constantFrom("=", "<", "<=", ">", ">="),
    number: fc.constantFrom(0, 1, 2, 3, 4, 53, 1970, 2026, 1.5, -1),
  }),
  fc.record({
    op: fc.constant("cidr" as const),
    range: fc.constantFrom("10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::/0", "::ffff:10.0.0.0/104"),
  }),
);

/** Trees of conditions, a few levels deep. */
const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { depthSize: "small" },
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant("field" as const), path, test: fieldTest }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("fields" as const),
        path,
        by: fc.constantFrom("equals", "starts-with", "ends-with", "contains"),
        other: path,
        cased: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("text" as const), pattern }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("words" as const), pattern: pattern.filter(hasWords) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("not" as const), of: tie("predicate") }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        of: fc.array(tie("predicate"), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom<Predicate>({ kind: "all" }, { kind: "none" }) },
  ),
}));

/** Random trees of conditions over the fields that the random records have. */
export const anyPredicate: fc.Arbitrary<Predicate> = predicate;

const words = [
  "bob",
  "k",
  "é",
  "É",
  "/",
  '"',
  "\\",
  "=",
  "CreateUser",
  "123456789012",
  "%",
  "_",
  "straße",
  "<",
  "\u2028",
];

/** What an index of the names in an ARN can answer, and what looks like it. */
const callerPatterns: readonly Pattern[] = [
  ["*", { text: "/bob" }],
  ["*", { text: ":bob" }],
  ["*", { text: "/" }, { text: "BOB" }],
  ["*", { text: "bob" }],
  ["*", { text: "/user/bob" }],
  ["*", { text: "/team\\bob" }],
  ["*", { text: "/" }],
  [{ text: "/bob" }],
  ["*", { text: ":user/" }, "*"],
  ["*", { text: ":USER/b" }, "*"],
  ["*", { text: ":assumed-role/Admin/" }, "*"],
  [{ text: "arn:aws:iam::" }, "?", "*", { text: ":user/bob" }],
  [{ text: "arn:aws:iam::123456789012:user/bob" }],
  ["?", { text: "rn:aws:" }, "*", { text: "/É" }],
];

/** Conditions that random ones seldom hit: each nasty text in each role. */
export const fixedPredicates: readonly Predicate[] = [
  ...words.map((word): Predicate => ({ kind: "text", pattern: [{ text: word }] })),
  ...[
    ...words,
    "CREATEUSER",
    "user/bob",
    "assumed role Admin",
    "arn:aws:iam::123456789012:user/bob",
    "u0065ventName",
    "n",
    "requestid",
  ]
    .map((word): Pattern => [{ text: word }])
    .filter(hasWords)
    .map((parts): Predicate => ({ kind: "words", pattern: parts })),
  { kind: "words", pattern: [{ text: "create" }, "*"] },
  { kind: "words", pattern: ["*", { text: "User" }] },
  { kind: "words", pattern: [{ text: "assumed" }, "*", { text: "mary" }] },
  ...words.map((word): Predicate => ({
    kind: "field",
    path: ["requestParameters"],
    test: { op: "like", pattern: ["*", { text: word }, "*"], cased: false },
  })),
  ...words.map((word): Predicate => ({
    kind: "field",
    path: ["requestParameters", "**"],
    test: { op: "equals", values: [word], cased: false },
  })),
  { kind: "field", path: ["requestParameters", "**"], test: { op: "null" } },
  { kind: "field", path: ["requestParameters", "**", "a"], test: { op: "exists" } },
  {
    kind: "field",
    path: ["requestParameters", "a"],
    test: { op: "compare", by: ">", number: 1e300 },
  },
  {
    kind: "field",
    path: ["requestParameters", "**"],
    test: { op: "equals", values: ["9007199254740993"], cased: true },
  },
  ...(["equals", "starts-with", "ends-with", "contains"] as const).flatMap((by): Predicate[] =>
    [true, false].map((cased) => ({
      kind: "fields",
      path: ["requestParameters", "**"],
      by,
      other: ["userIdentity", "arn"],
      cased,
    })),
  ),
  ...(["minute", "hour", "day", "week", "month", "year"] as const).flatMap((part): Predicate[] =>
    [["eventTime"], ["requestParameters", "**"]].map((of) => ({
      kind: "field",
      path: of,
      test: { op: "time-part", part, by: "<=", number: 3 },
    })),
  ),
  ...callerPatterns.flatMap((pattern): Predicate[] =>
    [true, false].map((cased) => ({
      kind: "or",
      of: [
        { kind: "field", path: ["userIdentity", "arn"], test: { op: "like", pattern, cased } },
        { kind: "field", path: ["eventName"], test: { op: "equals", values: ["getobject"], cased } },
      ],
    })),
  ),
  { kind: "field", path: [], test: { op: "regex", source: "bob", flags: "" } },
  { kind: "field", path: [], test: { op: "like", pattern: ["*", { text: "bob" }, "*"], cased: true } },
  { kind: "text", pattern: [{ text: "request" }, "*", { text: "bob" }, "?", "?"] },
  ...[["requestParameters", "*"], ["resources", "ARN"], ["eventTime"], ["readOnly"], ["eventName"]].map(severalTests),
];

/** Several tests of one path, some of which a column can answer and some not. */
function severalTests(of: FieldPath): Predicate {
  const tests: Test[] = [
    { op: "equals", values: ["bob", "443", ""], cased: false },
    { op: "like", pattern: ["*", { text: "/bob" }], cased: false },
    { op: "compare-time", by: ">", at: 0 },
    { op: "regex", source: "true", flags: "" },
    { op: "null" },
  ];
  return { kind: "or", of: tests.map((each) => ({ kind: "field", path: of, test: each })) };
}
