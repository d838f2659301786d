import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eventFields } from "./event-fields.ts";
import { parseEventTime } from "./event-time.ts";
import { readRecord } from "./read-record.ts";
import type { CloudTrailRecord } from "./record.ts";

function read(text: string | Uint8Array): { record: CloudTrailRecord; clean: string } {
  const result = readRecord(text);
  assert.ok(result.ok, result.ok ? "" : result.message);
  assert.deepEqual(JSON.parse(result.clean), result.record);
  assert.equal(result.clean, result.clean.toWellFormed());
  return result;
}

function withAgent(agent: string | Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from('{"eventTime":"2024-05-01T08:00:00Z","userAgent":'),
    Buffer.from(agent),
    Buffer.from(',"eventName":"X"}'),
  ]);
}

const mended: readonly (readonly [string, string | Uint8Array, unknown])[] = [
  ["raw control characters", '"a\u0000b\u001b[0m\nc\td"', "a\u0000b\u001b[0m\nc\td"],
  ["an escaped lone surrogate", '"a\\ud800b"', "a\ufffdb"],
  ["an escaped low surrogate alone", '"a\\uDC00\\uD83D\\uDE00"', "a\ufffd😀"],
  ["two high surrogates", '"\\ud83d\\ud83d\\ude00"', "\ufffd😀"],
  ["bytes that are no UTF-8", Buffer.from([0x22, 0x61, 0xff, 0xc3, 0x22]), "a\ufffd\ufffd"],
  ["a surrogate as bytes", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), "\ufffd\ufffd\ufffd"],
  ["an escape that is none", '"C:\\Users\\x\\u12"', "C:\\Users\\x\\u12"],
  ["escaped backslashes before a surrogate", '"\\\\ud800"', "\\ud800"],
  ["an integer past 64 bits", "18446744073709551616", "18446744073709551616"],
  ["an integer below 64 bits", "-9223372036854775809", "-9223372036854775809"],
  ["an integer of a thousand digits", "9".repeat(1000), "9".repeat(1000)],
  ["a number past a double", "1e400", "1e400"],
  ["NaN", "NaN", "NaN"],
  ["an infinity", "-Infinity", "-Infinity"],
  ["a number with leading zeros", "007", "007"],
];

for (const [what, value, expected] of mended) {
  test(`reads a record with ${what}`, () => {
    const { record } = read(withAgent(value));
    assert.equal(record.userAgent, expected);
    assert.equal(record.eventName, "X");
  });
}

test("integers that 64 bits hold keep their digits in the clean text", () => {
  for (const digits of ["18446744073709551615", "-9223372036854775808", "9007199254740993"]) {
    assert.ok(read(withAgent(digits)).clean.includes(`"userAgent":${digits},`));
  }
});

test("of a key that comes twice the last counts, in the clean text too", () => {
  const { record, clean } = read('{"eventTime":"2024-05-01T08:00:00Z","eventName":"A","eventName":"B"}');
  assert.equal(record.eventName, "B");
  assert.equal(clean, '{"eventTime":"2024-05-01T08:00:00Z","eventName":"B"}');
});

const refused: readonly (readonly [string, string, string, RegExp])[] = [
  ["null", "null", "not-an-object", /is null/],
  ["a list", "[]", "not-an-object", /is a list/],
  ["a string", '"x"', "not-an-object", /is a string/],
  ["nothing", "", "not-json", /not JSON/],
  ["half a record", '{"eventTime":"2024-05-01T08:00:00Z"', "not-json", /not JSON/],
  ["a string without end", '{"a":"1}', "not-json", /not JSON/],
  ["bare words", '{"a":None}', "not-json", /not JSON/],
  ["two records", "{}{}", "not-json", /not JSON/],
  ["an empty object", "{}", "no-time", /neither eventTime nor timeWindow\.windowStart/],
  ["a time that is none", '{"eventTime":"yesterday"}', "no-time", /eventTime is no time: "yesterday"/],
  ["a time that is a number", '{"eventTime":17}', "no-time", /eventTime is no time: 17/],
  ["a window without start", '{"timeWindow":{"windowEnd":"x"}}', "no-time", /neither/],
  ["1001 levels", `{"a":${"[".repeat(1001)}${"]".repeat(1001)}}`, "too-deep", /1000 levels/],
  ["200,000 levels without end", "[".repeat(200_000), "too-deep", /1000 levels/],
];

for (const [what, text, reason, message] of refused) {
  test(`refuses ${what} and says why`, () => {
    const result = readRecord(text);
    assert.ok(!result.ok);
    assert.equal(result.reason, reason);
    assert.match(result.message, message);
  });
}

test("a record of 16 MiB in one string is read", () => {
  const { record } = read(withAgent(`"${"x\\n".repeat(5_000_000)}"`));
  assert.equal(record.userAgent?.length, 10_000_000);
});

test("what JSON.parse reads is read the same, whatever the text", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.constantFrom(undefined, 1, 2), (more, indent) => {
      const value = { eventTime: "2024-05-01T08:00:00Z", more };
      const text = JSON.stringify(value, null, indent);
      fc.pre(!/\d{19}/.test(text)); // integers past 64 bits are read as strings
      assert.deepEqual(read(text).record, JSON.parse(text));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("no text makes it throw, and clean text is always JSON", () => {
  const token = fc.constantFrom(
    ...'{}[]",:\\ \n\u0000\ud8001e9-'.split(""),
    "\\u",
    '"eventTime":"2024-05-01T08:00:00Z"',
    "true",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const result = readRecord(tokens.join(""));
      assert.ok(!result.ok || typeof JSON.parse(result.clean) === "object");
      const wrapped = readRecord(`{"eventTime":"2024-05-01T08:00:00Z","a":"${tokens.join("")}"}`);
      assert.ok(!wrapped.ok || typeof JSON.parse(wrapped.clean) === "object");
    }),
    { seed: 8, numRuns: 1000 },
  );
});

const times: readonly (readonly [unknown, string | undefined])[] = [
  ["2023-01-02T03:04:05Z", "2023-01-02T03:04:05.000Z"],
  ["2023-01-02T03:04:05.123456Z", "2023-01-02T03:04:05.123Z"],
  ["2023-01-02T03:04:05.57Z", "2023-01-02T03:04:05.570Z"],
  ["2023-01-02T03:04:05.999999999Z", "2023-01-02T03:04:05.999Z"],
  ["2023-01-02T03:04:05+11:00", "2023-01-01T16:04:05.000Z"],
  ["2025-10-30 23:45:00", "2025-10-30T23:45:00.000Z"],
  ["20131102T010628Z", "2013-11-02T01:06:28.000Z"],
  ["20230710T1215Z", "2023-07-10T12:15:00.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ["2023-02-29T00:00:00Z", undefined],
  ["2023-13-01T00:00:00Z", undefined],
  ["2023-01-01T24:00:00Z", undefined],
  ["1969-12-31T23:59:59Z", undefined],
  ["1970-01-01T00:00:00+01:00", undefined],
  ["2300-01-01T00:00:00Z", undefined],
  ["2023-01-02", undefined],
  ["", undefined],
  [1672628645, undefined],
  [null, undefined],
];

test("times are read in the forms CloudTrail writes, and in no other", () => {
  for (const [text, expected] of times) {
    const at = parseEventTime(text);
    assert.equal(at === undefined ? undefined : new Date(at).toISOString(), expected, String(text));
  }
});

test("any millisecond that is written is read back", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date("2299-12-31T23:59:59.999Z"), noInvalidDate: true }),
      (date) => {
        assert.equal(parseEventTime(date.toISOString()), date.getTime());
      },
    ),
    { seed: 9 },
  );
});

test("typed fields come from where each kind of record keeps them", () => {
  const api = eventFields({
    eventTime: "2024-05-01T08:00:00Z",
    eventID: "e1",
    awsRegion: "eu-west-1",
    recipientAccountId: "111122223333",
    userIdentity: {
      type: "AssumedRole",
      arn: "arn:aws:sts::444455556666:assumed-role/Dev/me",
      accountId: "444455556666",
      accessKeyId: "",
      sessionContext: {
        sessionIssuer: { userName: "Dev", arn: "arn:aws:iam::444455556666:role/Dev" },
      },
      invokedBy: "athena.amazonaws.com",
    },
    readOnly: "true",
    managementEvent: false,
    resources: [{ ARN: "arn:aws:s3:::b/k" }, { type: "x" }, { ARNPrefix: "arn:aws:s3:::b/p" }],
    requestParameters: { roleArn: "arn:aws:iam::1:role/R" },
  });
  assert.equal(api.accountId, "111122223333");
  assert.equal(api.userName, "Dev");
  assert.equal(api.issuerArn, "arn:aws:iam::444455556666:role/Dev");
  assert.equal(api.invokedBy, "athena.amazonaws.com");
  assert.equal(api.accessKey, undefined);
  assert.equal(api.readOnly, true);
  assert.equal(api.management, false);
  assert.deepEqual(api.resourceArns, ["arn:aws:s3:::b/k", "arn:aws:s3:::b/p"]);

  const aggregated = eventFields({
    eventId: "g1",
    accountId: "111122223333",
    eventCategory: "Aggregated",
    timeWindow: { windowStart: "2025-10-30 23:45:00", windowEnd: "2025-10-30 23:50:00" },
  });
  assert.equal(aggregated.eventId, "g1");
  assert.equal(aggregated.accountId, "111122223333");
  assert.equal(aggregated.eventTime, Date.UTC(2025, 9, 30, 23, 45));
});

test("an old record's resources are the ARNs at its request's first level", () => {
  const parameters = {
    roleArn: "arn:aws:iam::1:role/R",
    name: "x",
    deep: { arn: "arn:aws:iam::1:role/S" },
    n: 3,
  };
  assert.deepEqual(eventFields({ requestParameters: parameters }).resourceArns, ["arn:aws:iam::1:role/R"]);
});

test("fields of a wrong type count as absent", () => {
  const odd = JSON.parse(
    '{"eventTime":5,"eventID":{},"userIdentity":[1],"resources":{"ARN":"x"},"readOnly":1,"requestParameters":"arn:x","timeWindow":7}',
  );
  const { resourceArns, ...rest } = eventFields(odd);
  assert.deepEqual(resourceArns, []);
  assert.deepEqual(new Set(Object.values(rest)), new Set([undefined]));
});
