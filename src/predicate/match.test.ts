import assert from "node:assert/strict";
import { test } from "node:test";
import { PredicateError } from "./errors.ts";
import { compileMatcher } from "./match.ts";
import { compileSql } from "./sql.ts";
import type { FieldRelation, Predicate, Test, TimePart } from "./tree.ts";

const text = String.raw`{"eventName":"CreateUser","userIdentity":{"arn":"arn:aws:iam::123456789012:user/bob","userName":null},"sourceIPAddress":"10.1.2.3","eventTime":"2026-01-02T03:04:05Z","readOnly":false,"requestParameters":{"port":443,"ratio":1.50,"empty":"","tags":[{"key":"Owner","value":"mary"},{"key":"Cost"}],"matrix":[[1,2],["x"]],"policy":"{\"Action\":\"s3:*\"}"}}`;
const record: unknown = JSON.parse(text);

function matches(predicate: Predicate): boolean {
  return compileMatcher(predicate)(record, text);
}

function at(path: string, fieldTest: Test): boolean {
  return matches({ kind: "field", path: path.split("."), test: fieldTest });
}

function is(path: string, value: string, cased = false): boolean {
  return at(path, { op: "equals", values: [value], cased });
}

test("a value is compared whole, in either case unless asked otherwise", () => {
  assert.ok(is("eventName", "createuser"));
  assert.ok(!is("eventName", "createuser", true));
  assert.ok(!is("eventName", "Create"));
});

test("arrays on the way are opened, and any element counts", () => {
  assert.ok(is("requestParameters.tags.key", "cost"));
  assert.ok(is("requestParameters.matrix", "[1,2]"));
  assert.ok(!is("requestParameters.matrix", "x") && is("requestParameters.matrix.**", "x"));
  assert.ok(!is("requestParameters.tags.value", "Cost"));
});

test("a star stands for any key, two stars for any number of keys", () => {
  assert.ok(is("requestParameters.*", "443"));
  assert.ok(!is("*.key", "Owner"));
  assert.ok(is("**.key", "Owner"));
  assert.ok(is("**", "mary"));
});

test("numbers are compared by value, whatever their spelling", () => {
  assert.ok(is("requestParameters.ratio", "1.5"));
  assert.ok(is("requestParameters.port", "443.0"));
  assert.ok(at("requestParameters.port", { op: "compare", by: ">=", number: 443 }));
  assert.ok(!at("eventName", { op: "compare", by: "<", number: 443 }));
});

test("absent, null and empty are three things", () => {
  assert.ok(at("userIdentity.userName", { op: "exists" }) && at("userIdentity.userName", { op: "null" }));
  assert.ok(!at("userIdentity.none", { op: "exists" }) && !at("userIdentity.none", { op: "null" }));
  assert.ok(
    is("requestParameters.empty", "") && !is("userIdentity.userName", "") && !is("userIdentity.userName", "null"),
  );
});

test("an object is searched as JSON, and JSON inside a string as if it were not escaped", () => {
  const contains = (part: string): Test => ({ op: "like", pattern: ["*", { text: part }, "*"], cased: false });
  assert.ok(at("requestParameters", contains('"port":443')));
  assert.ok(at("requestParameters", contains('"Action":"s3:*"')));
  assert.ok(at("requestParameters.policy", contains('"Action":"s3:*"')));
});

test("text is found anywhere in the record, keys included, however it is escaped there", () => {
  assert.ok(matches({ kind: "text", pattern: [{ text: "USERIDENTITY" }] }));
  assert.ok(matches({ kind: "text", pattern: [{ text: '"Action":"s3:*"' }] }));
  assert.ok(matches({ kind: "text", pattern: [{ text: "user/bo" }, "?", "*", { text: "mary" }] }));
  const spelled = '{"a":"caf\\u00e9 \\u003cb\\u003e x\\/y"}';
  for (const word of ["CAFé", "<b>", "x/y", "É"]) {
    assert.ok(compileMatcher({ kind: "text", pattern: [{ text: word }] })(JSON.parse(spelled), spelled), word);
  }
});

test("an address range takes addresses only", () => {
  assert.ok(at("sourceIPAddress", { op: "cidr", range: "10.0.0.0/8" }));
  assert.ok(!at("sourceIPAddress", { op: "cidr", range: "10.2.0.0/16" }));
  assert.ok(!at("eventName", { op: "cidr", range: "0.0.0.0/0" }));
});

test("the parts of an instant are those of UTC, and its week that of ISO 8601", () => {
  const parts: [string, TimePart, number][] = [
    ["2026-01-02T03:04:05Z", "minute", 4],
    ["2026-01-02T03:04:05Z", "hour", 3],
    ["2026-01-02T23:04:05-02:00", "day", 3],
    ["2026-01-02T03:04:05Z", "month", 1],
    ["2026-01-02T03:04:05Z", "year", 2026],
    ["2026-01-02T03:04:05Z", "week", 1],
    ["2027-01-03T00:00:00Z", "week", 53],
    ["2024-12-30T00:00:00Z", "week", 1],
  ];
  for (const [instant, part, number] of parts) {
    const matcher = compileMatcher({ kind: "field", path: ["t"], test: { op: "time-part", part, by: "=", number } });
    assert.ok(matcher({ t: instant }, JSON.stringify({ t: instant })), `${instant} ${part} ${number}`);
    assert.ok(!matcher({ t: "soon" }, '{"t":"soon"}') && !matcher({}, "{}"));
  }
});

test("a field is compared with another by its texts, through arrays", () => {
  const fields = (path: string, by: FieldRelation, other: string, cased = false) =>
    matches({ kind: "fields", path: path.split("."), by, other: other.split("."), cased });
  assert.ok(fields("requestParameters.tags.value", "equals", "requestParameters.tags.value"));
  assert.ok(!fields("eventName", "equals", "sourceIPAddress") && !fields("none", "equals", "none"));
  assert.ok(fields("requestParameters.policy", "contains", "readOnly") === false);
  const users = '{"a":"arn:aws:iam::1:user/Bob","b":"bob","c":["mary","ARN"],"d":""}';
  const at = (by: FieldRelation, other: string, cased = false) =>
    compileMatcher({ kind: "fields", path: ["a"], by, other: [other], cased })(JSON.parse(users), users);
  assert.ok(at("ends-with", "b") && !at("ends-with", "b", true));
  assert.ok(at("starts-with", "c") && at("contains", "b") && !at("contains", "d"));
});

test("a name from the prototype of objects is no field", () => {
  assert.ok(!at("constructor", { op: "exists" }) && !at("userIdentity.__proto__", { op: "exists" }));
});

test("what cannot be compiled is refused by both compilers, before any record is looked at", () => {
  const deep = Array.from({ length: 500 }).reduce<Predicate>((of) => ({ kind: "not", of }), { kind: "all" });
  const refused: [Predicate, string][] = [
    [{ kind: "field", path: ["a"], test: { op: "regex", source: "(?=a)", flags: "" } }, "regex-not-supported"],
    [{ kind: "field", path: ["a"], test: { op: "cidr", range: "10.0.0.0/64" } }, "range-not-valid"],
    [{ kind: "field", path: ["**", "a", "**", "b", "**"], test: { op: "exists" } }, "predicate-too-large"],
    [deep, "predicate-too-large"],
  ];
  for (const [predicate, code] of refused) {
    const hasCode = (error: unknown) => error instanceof PredicateError && error.code === code;
    assert.throws(() => compileMatcher(predicate), hasCode);
    assert.throws(() => compileSql(predicate, { raw: "raw", columnFor: () => undefined }), hasCode);
  }
});

test("no wildcard pattern and no regular expression can be made slow by the text", () => {
  const hostile = JSON.stringify({ a: "a".repeat(50_000) });
  const parsed: unknown = JSON.parse(hostile);
  const pattern = Array.from({ length: 20 }).flatMap(() => ["*" as const, { text: "a" }]);
  const tests: Test[] = [
    { op: "like", pattern: [...pattern, { text: "b" }], cased: true },
    { op: "regex", source: "^(a+)+b$", flags: "" },
    { op: "regex", source: "(a|aa)*c", flags: "i" },
  ];
  for (const fieldTest of tests) {
    assert.equal(compileMatcher({ kind: "field", path: ["a"], test: fieldTest })(parsed, hostile), false);
  }
});
