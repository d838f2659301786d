import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { compilePattern, eventBridgeDialect, filterPolicyDialect } from "./compile-pattern.ts";
import { PatternFault } from "./pattern-fault.ts";

const event: JsonObject = {
  source: "aws.ec2",
  region: "us-east-1",
  resources: ["arn:aws:ec2:us-east-1:111122223333:instance/i-1", "other"],
  detail: {
    state: "running",
    count: 5,
    price: 3e2,
    ok: true,
    nothing: null,
    ip: "10.0.0.77",
    path: "dir/file.PNG",
    list: [
      { name: "a", size: 1 },
      { name: "b", size: 2 },
    ],
    empty: [],
  },
};

/** EventBridge User Guide, "Event patterns" and "Comparison operators". */
const cases: readonly (readonly [pattern: object, isMatch: boolean])[] = [
  [{ source: ["aws.ec2"] }, true],
  [{ source: ["aws.s3", "aws.ec2"] }, true],
  [{ source: ["aws.s3"] }, false],
  [{ source: ["aws.ec2"], region: ["eu-west-1"] }, false],
  [{ resources: ["other"] }, true],
  [{ detail: { count: [5] } }, true],
  [{ detail: { count: ["5"] } }, false],
  [{ detail: { price: [300] } }, true],
  [{ detail: { ok: [true] } }, true],
  [{ detail: { nothing: [null] } }, true],
  [{ source: [{ prefix: "aws." }] }, true],
  [{ source: [{ prefix: { "equals-ignore-case": "AWS." } }] }, true],
  [{ detail: { path: [{ suffix: ".png" }] } }, false],
  [{ detail: { path: [{ suffix: { "equals-ignore-case": ".png" } }] } }, true],
  [{ detail: { state: [{ "equals-ignore-case": "RUNNING" }] } }, true],
  [{ detail: { state: [{ "anything-but": "stopped" }] } }, true],
  [{ detail: { state: [{ "anything-but": ["stopped", "running"] }] } }, false],
  [{ detail: { state: [{ "anything-but": { prefix: "run" } }] } }, false],
  [{ detail: { state: [{ "anything-but": { wildcard: ["x*", "*ing"] } }] } }, false],
  [{ detail: { missing: [{ "anything-but": "x" }] } }, false],
  [{ resources: [{ "anything-but": "other" }] }, true],
  [{ detail: { count: [{ numeric: [">", 0, "<=", 5] }] } }, true],
  [{ detail: { count: [{ numeric: ["<", 5] }] } }, false],
  [{ detail: { count: [{ numeric: ["=", 5] }] } }, true],
  [{ detail: { missing: [{ exists: false }] } }, true],
  [{ detail: { state: [{ exists: true }] } }, true],
  [{ detail: { state: [{ exists: false }] } }, false],
  [{ detail: { empty: [{ exists: true }] } }, false],
  [{ detail: [{ exists: true }] }, false],
  [{ missing: { deep: [{ exists: false }] } }, true],
  [{ detail: { ip: [{ cidr: "10.0.0.0/24" }] } }, true],
  [{ detail: { ip: [{ cidr: "10.0.1.0/24" }] } }, false],
  [{ detail: { path: [{ wildcard: "dir/*.PNG" }] } }, true],
  [{ detail: { path: [{ wildcard: "dir/*\\*" }] } }, false],
  [{ detail: { list: { name: ["a"], size: [1] } } }, true],
  [{ detail: { list: { name: ["a"], size: [2] } } }, false],
  [{ $or: [{ source: ["aws.s3"] }, { detail: { count: [5] } }] }, true],
  [{ source: ["aws.ec2"], detail: { $or: [{ state: ["x"] }, { count: [6] }] } }, false],
];

for (const [pattern, isMatch] of cases) {
  test(`${JSON.stringify(pattern)} ${isMatch ? "matches" : "does not match"}`, () => {
    assert.equal(compilePattern(JSON.stringify(pattern), eventBridgeDialect)(event), isMatch);
  });
}

for (const text of [
  "[]",
  "{}",
  "{bad",
  '{"a":"x"}',
  '{"a":[]}',
  '{"a":{}}',
  '{"a":[["x"]]}',
  '{"a":[{"prefix":1}]}',
  '{"a":[{"like":"x"}]}',
  '{"a":[{"prefix":"x","suffix":"y"}]}',
  '{"a":[{"numeric":[">","1"]}]}',
  '{"a":[{"numeric":["<",1,">",5]}]}',
  '{"a":[{"numeric":[">",6000000000]}]}',
  '{"a":[{"exists":"yes"}]}',
  '{"a":[{"anything-but":[]}]}',
  '{"a":[{"wildcard":"a**b"}]}',
  '{"a":[{"cidr":"ten"}]}',
]) {
  test(`${text} is no pattern (EventBridge User Guide, "Event patterns")`, () => {
    assert.throws(() => compilePattern(text, eventBridgeDialect), PatternFault);
  });
}

test("a filter policy of SNS has no wildcards and smaller numbers", () => {
  assert.throws(() => compilePattern('{"a":[{"wildcard":"a*"}]}', filterPolicyDialect), PatternFault);
  assert.throws(() => compilePattern('{"a":[{"numeric":["=",2000000000]}]}', filterPolicyDialect), PatternFault);
});

test("names such as __proto__ in a pattern or an event mean themselves", () => {
  const matches = compilePattern('{"__proto__":["x"]}', eventBridgeDialect);
  assert.equal(matches(JSON.parse('{"__proto__":"x"}') as JsonObject), true);
  assert.equal(matches({}), false);
});

test("lists in lists without end do no harm", () => {
  const deep = JSON.parse(`{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as JsonObject;
  assert.equal(compilePattern('{"a":["x"]}', eventBridgeDialect)(deep), false);
});
