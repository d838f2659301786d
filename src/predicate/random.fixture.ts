import fc from "fast-check";
import type { FieldPath, Pattern, Predicate, Test } from "./tree.ts";
import { hasWords } from "./words.ts";

/** Texts that have broken someone: quotes, wildcards, escapes, letters whose case is not simple, numbers in disguise. */
const nasty = [
  "",
  " ",
  "bob",
  "Bob",
  "BOB",
  "a",
  "%",
  "_",
  "*",
  "?",
  "\\",
  "\\x",
  "\\N",
  "'",
  '"',
  'say "hi"',
  "a\\'b",
  "a/b",
  "</script>",
  "a=b&c",
  "\0",
  "\u0001",
  "\n",
  "line\nbreak",
  "\t",
  "\u007f",
  "\u2028",
  "u2028",
  "é",
  "É",
  "straße",
  "STRASSE",
  "ẞ",
  "İ",
  "i̇",
  "ı",
  "\u212a",
  "k",
  "K",
  "ſ",
  "s",
  "😀",
  "ΟΔΟΣ",
  "οδος",
  "οδοσ",
  "ǆ",
  "ǅ",
  "0",
  "1",
  "1.0",
  "10",
  "100",
  "1e2",
  "1E+2",
  "-0",
  "443",
  "123456789012",
  "012",
  "9007199254740993",
  "9007199254740992",
  "12345678901234567890",
  "18446744073709551616",
  "1e21",
  "1e400",
  "true",
  "TRUE",
  "false",
  "null",
  "[]",
  '{"requestID":"bob","eventID":"CreateUser","sharedEventID":"k","a":"line\\nbob \\\\nk bob\\u003dmary"}',
  "{}",
  '{"a":1}',
  '["x"]',
  "10.1.2.3",
  "10.1.2.300",
  "010.1.2.3",
  "::ffff:10.1.2.3",
  "::ffff:010.1.2.3",
  "2001:db8::1",
  "2001:DB8:0:0::1",
  "::",
  "fe80::1%eth0",
  "AWS Internal",
  "iam.amazonaws.com",
  "2026-01-02T03:04:05Z",
  "2026-01-02T03:04:05.678Z",
  "20260102T030405Z",
  "2026-02-30T00:00:00Z",
  "2026-01-02T03:04:05+02:00",
  "2026-01-02",
  "1970-01-01T00:00:00Z",
  "2026-01-02T24:00:00Z",
  "\ud83d",
  "x\udc00y",
  "\ufffd",
  "arn:aws:iam::123456789012:user/bob",
  "arn:aws:sts::123456789012:assumed-role/Admin/mary@example.com",
  "CreateUser",
  "audit-logs-17",
  "audit logs",
  "tag:Owner",
  '"a":1',
  ",443,",
  "[443",
  "1.50",
  "0.0000001",
  "1e-7",
  "12345.678",
  "345.67",
  "1.2345678e-7",
  "0443",
] as const;

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const key = fc.constantFrom("a", "b", "userName", "10", "2", "é", 'q"k', "policy", "", "__proto__", "a.b");
const scalar = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 2, arbitrary: fc.integer({ min: -20, max: 500 }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1.5, 443, 100, 1e21, 1e-7, 1.2345678e-7, 12345.678, 123456789012, 2 ** 53, -0),
  },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(key, tie("value"), { maxKeys: 3 }) },
  ),
}));

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const record = fc.record({
  eventName: sometimes(fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: anyValue })),
  eventTime: sometimes(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom("2026-01-02T03:04:05Z", "2026-01-02T03:04:06.5Z", "1970-01-01T00:00:00Z"),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  readOnly: sometimes(fc.oneof({ weight: 5, arbitrary: fc.boolean() }, { weight: 1, arbitrary: anyValue })),
  userIdentity: sometimes(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          arn: sometimes(fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: anyValue })),
          userName: sometimes(text),
        }),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  resources: sometimes(
    fc.oneof(
      { weight: 5, arbitrary: fc.array(fc.record({ ARN: text }), { maxLength: 3 }) },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  requestParameters: fc.oneof(
    { weight: 4, arbitrary: fc.dictionary(key, anyValue, { maxKeys: 4 }) },
    { weight: 1, arbitrary: anyValue },
  ),
});

/** How different writers spell the same record. */
const spelling = fc.constantFrom<(json: string) => string>(
  (json) => json,
  (json) => json,
  (json) => json.replaceAll("/", "\\/"),
  (json) => json.replace(/[^\u0000-\u007f]/g, escapeUnit),
  (json) => json.replace(/[<>&=']/g, escapeUnit),
  (json) => json.replace(/[bkS]/g, (char) => (/^[bkS]$/.test(char) ? escapeUnit(char) : char)),
  (json) => ` ${json} `.replaceAll('":', '" :\t').replaceAll(",", " ,\n"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$1.0"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$1e0"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$100000000000000000000"),
);

/** A record's JSON text. Spellings that would change strings in a way JSON does not allow fall back to plain. */
export const anyRecordText: fc.Arbitrary<string> = fc.tuple(record, spelling).map(([value, spell]) => {
  const plain = JSON.stringify(value);
  const spelled = spell(plain);
  return isJson(spelled) && !hasRepeatedKey(spelled) ? spelled : plain;
});

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isJson(candidate: string): boolean {
  try {
    JSON.parse(candidate);
    return true;
  } catch {
    return false;
  }
}

/** Spelling changes inside strings may make two keys one, which the two sides are allowed to read differently. */
function hasRepeatedKey(candidate: string): boolean {
  return JSON.stringify(JSON.parse(candidate)).length < candidate.length / 3;
}

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
    arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => ["requestParameters", ...keys]),
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
    { weight: 3, arbitrary: text.map((part) => ({ text: part })) },
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
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
    cased: fc.boolean(),
  }),
  fc.record({
    op: fc.constant("equals" as const),
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
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

/** Records that random ones seldom hit. */
export const fixedRecordTexts: readonly string[] = [
  '{"eventName":"lone \\ud83d","requestParameters":{"a":"x\\udc00y","userName":"bob"}}',
  '{"requestParameters":{"a":18446744073709551616,"userName":"bob","b":-0,"policy":{"a":9007199254740993}}}',
  '{"requestParameters":{"a":1e400,"b":-1e400,"userName":[["bob"]],"10":1,"2":2}}',
  '{"requestParameters":{"2":1,"10":9007199254740993,"a":{"10":"x","2":"\\/"}}}',
  '{"requestParameters":{"policy":"{\\"Action\\":\\"*\\",\\"a\\":\\"b\\"}","a":"\\\\ud83d"}}',
  '{"requestParameters":[[[["bob"]]],[[[[{"a":"bob"}]]]],{"a":[[{"b":"bob"}]]}]}',
  '{"\\u0065ventName":"Create\\u0055ser","userIdentity":[{"arn":"bob"},{"arn":["mary"]}]}',
  '{"requestParameters":{"a":"\\u2028","b":{"a":"\\u2029 \\u0000 \\u007f"}}}',
  '{"requestParameters":{"a":1.0,"b":1e2,"userName":12345678901234567890,"policy":[ 443 , 0.00000012345678 , 12.345678e3 ]}}',
  `{"requestParameters":{"a":${"[".repeat(40)}"bob"${"]".repeat(40)},"policy":${'{"b":'.repeat(40)}"bob"${"}".repeat(40)}}}`,
  "{}",
  '{"requestParameters":null,"eventName":null,"readOnly":null,"resources":null,"eventTime":null,"userIdentity":null}',
  '{"requestParameters":{"a":"::ffff:010.1.2.3","b":["10.1.2.3","2001:db8::1"]},"readOnly":"true"}',
];

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
    .map((pattern): Predicate => ({ kind: "words", pattern })),
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
  { kind: "text", pattern: [{ text: "request" }, "*", { text: "bob" }, "?", "?"] },
];
