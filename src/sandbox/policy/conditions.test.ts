import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionsHold } from "./conditions.ts";
import { contextOf } from "./context.ts";
import { readStatement } from "./read-statement.ts";

function holds(condition: object, context: Readonly<Record<string, string | readonly string[]>>): boolean {
  const read = readStatement(
    { Effect: "Allow", Action: "s3:*", Resource: "*", Condition: condition },
    { on: "identity" },
    true,
  );
  assert.ok(read.ok, JSON.stringify(read));
  return conditionsHold(read.statement.conditions, contextOf(context), true);
}

// IAM User Guide, 'IAM JSON policy elements: Condition operators' and 'Set operators for multivalued context keys'.
const cases: readonly (readonly [condition: object, context: Record<string, string | string[]>, holds: boolean])[] = [
  [{ StringEquals: { "aws:UserAgent": "x" } }, { "aws:useragent": "x" }, true],
  [{ StringEquals: { "aws:UserAgent": "x" } }, { "aws:useragent": "X" }, false],
  [{ StringEquals: { "aws:UserAgent": "x*" } }, { "aws:useragent": "xy" }, false],
  [{ StringEquals: { "aws:UserAgent": ["x", "y"] } }, { "aws:UserAgent": "y" }, true],
  [{ StringEquals: { "aws:UserAgent": "x" } }, {}, false],
  [{ StringNotEquals: { "aws:UserAgent": "x" } }, {}, true],
  [{ StringNotEquals: { "aws:UserAgent": ["x", "y"] } }, { "aws:UserAgent": "y" }, false],
  [{ StringEqualsIfExists: { "aws:UserAgent": "x" } }, {}, true],
  [{ StringEqualsIfExists: { "aws:UserAgent": "x" } }, { "aws:UserAgent": "y" }, false],
  [{ StringEqualsIgnoreCase: { "aws:UserAgent": "xY" } }, { "aws:UserAgent": "Xy" }, true],
  [{ StringNotEqualsIgnoreCase: { "aws:UserAgent": "xY" } }, { "aws:UserAgent": "Xy" }, false],
  [
    { StringLike: { "s3:prefix": "home/${aws:username}/*" } },
    { "s3:prefix": "home/ana/x", "aws:username": "ana" },
    true,
  ],
  [{ StringLike: { "s3:prefix": "home/${aws:username}/*" } }, { "s3:prefix": "home/ana/x" }, false],
  [{ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "a*b" }, true],
  [{ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "axb" }, false],
  [{ StringEquals: { "s3:prefix": "${aws:PrincipalTag/team, 'all'}" } }, { "s3:prefix": "all" }, true],
  [{ StringNotLike: { "s3:prefix": "a*" } }, { "s3:prefix": "b" }, true],
  [{ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }, { "aws:MultiFactorAuthAge": "60" }, true],
  [{ NumericLessThan: { "aws:MultiFactorAuthAge": 3600 } }, { "aws:MultiFactorAuthAge": "3600" }, false],
  [{ NumericLessThanEquals: { "aws:MultiFactorAuthAge": "3600" } }, { "aws:MultiFactorAuthAge": "3600" }, true],
  [{ NumericEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "ten" }, false],
  [{ NumericNotEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "11" }, true],
  [
    { DateGreaterThan: { "aws:CurrentTime": "2026-11-20T00:00:00Z" } },
    { "aws:CurrentTime": "2026-11-20T12:00:00Z" },
    true,
  ],
  [{ DateLessThan: { "aws:EpochTime": "1763600000" } }, { "aws:EpochTime": "1763500000" }, true],
  [{ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "true" }, false],
  [{ Bool: { "aws:SecureTransport": true } }, { "aws:SecureTransport": "true" }, true],
  [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, {}, false],
  [{ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, {}, true],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": "203.0.113.9" }, true],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": "203.0.114.9" }, false],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": "cloudtrail.amazonaws.com" }, false],
  [{ IpAddress: { "aws:SourceIp": "2001:DB8:1234:5678::/64" } }, { "aws:SourceIp": "2001:db8:1234:5678::1" }, true],
  [{ NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.7"] } }, { "aws:SourceIp": "198.51.100.7" }, false],
  [
    { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:111122223333:*" } },
    { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t" },
    true,
  ],
  [
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*" } },
    { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t" },
    true,
  ],
  [
    { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } },
    { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x" },
    true,
  ],
  [{ Null: { "aws:TokenIssueTime": "true" } }, {}, true],
  [{ Null: { "aws:TokenIssueTime": "false" } }, {}, false],
  [
    { Null: { "kms:EncryptionContext:aws:cloudtrail:arn": "false" } },
    { "kms:EncryptionContext:aws:cloudtrail:arn": "x" },
    true,
  ],
  [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["a"] }, true],
  [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["a", "c"] }, false],
  [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } }, {}, true],
  [{ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["c", "b"] }, true],
  [{ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } }, {}, false],
  [{ "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a"] } }, { "aws:TagKeys": ["a", "b"] }, true],
  [{ "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a"] } }, { "aws:TagKeys": ["a", "b"] }, false],
  [{ StringEquals: { "aws:UserAgent": "x", "aws:username": "ana" } }, { "aws:UserAgent": "x" }, false],
];

for (const [condition, context, expected] of cases) {
  test(`${JSON.stringify(condition)} is ${expected} of ${JSON.stringify(context)}`, () => {
    assert.equal(holds(condition, context), expected);
  });
}

test("an operator that AWS does not have is refused", () => {
  for (const operator of ["StringMatches", "NullIfExists", "ForSomeValues:StringEquals", "__proto__"]) {
    const text = `{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"${operator}":{"a":"b"}}}`;
    const read = readStatement(JSON.parse(text), { on: "identity" }, true);
    assert.equal(read.ok ? "" : read.problem.kind, "condition-operator");
  }
});
