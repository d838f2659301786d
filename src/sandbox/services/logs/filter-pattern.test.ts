import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../ask.fixture.ts";
import { compileFilter } from "./filter-pattern.ts";

const login = JSON.stringify({
  eventName: "ConsoleLogin",
  eventSource: "signin.amazonaws.com",
  userIdentity: { type: "Root" },
  additionalEventData: { MFAUsed: "No" },
  responseElements: { ConsoleLogin: "Success" },
  resources: [{ ARN: "arn:aws:s3:::b" }],
  errorCode: null,
  readOnly: false,
  count: 12,
});

/** CloudWatch Logs User Guide, "Filter pattern syntax"; among them those of the CIS benchmark for AWS. */
const cases: readonly (readonly [pattern: string, message: string, isMatch: boolean])[] = [
  ["", "anything", true],
  ["ERROR", "an ERROR here", true],
  ["ERROR", "an error here", false],
  ["ERROR MEMORY", "ERROR of CPU", false],
  ['"out of"', "ran out of it", true],
  ["ERROR -EXIT", "ERROR EXIT", false],
  ["?ERROR ?WARN", "a WARN", true],
  ["?ERROR ?WARN", "fine", false],
  ['{ $.eventName = "ConsoleLogin" }', login, true],
  ["{ $.eventName = ConsoleLogin }", login, true],
  ['{ $.eventName = "Console*" }', login, true],
  ['{ $.eventName != "ConsoleLogin" }', login, false],
  ['{($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes")}', login, true],
  [
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    login,
    false,
  ],
  ['{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }', login, true],
  ['{($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")}', login, false],
  ['{($.eventSource = "kms.amazonaws.com") || (($.count > 10) && ($.count <= 12))}', login, true],
  ["{ $.count = 12.0 }", login, true],
  ["{ $.errorCode IS NULL }", login, true],
  ["{ $.readOnly IS FALSE }", login, true],
  ["{ $.readOnly IS TRUE }", login, false],
  ['{ $.resources[0].ARN = "arn:aws:s3:::*" }', login, true],
  ['{ $.eventName = "ConsoleLogin" }', "no JSON", false],
];

for (const [pattern, message, isMatch] of cases) {
  test(`'${pattern}' ${isMatch ? "finds" : "does not find"} ${message.slice(0, 20)}`, () => {
    assert.equal(compileFilter(pattern)(message), isMatch);
  });
}

for (const pattern of [
  "%AUTH%",
  "[ip, user]",
  "{ $.a }",
  "{ $.a = }",
  '{ $.a = "b"',
  "{ ($.a = b }",
  "{ $.a > x }",
  "a {",
  "x".repeat(1_025),
  `{ ${"(".repeat(60)}$.a = 1${")".repeat(60)} }`,
]) {
  test(`'${pattern.slice(0, 30)}' is refused`, () => {
    assert.throws(() => compileFilter(pattern), refusal("InvalidParameterException"));
  });
}
