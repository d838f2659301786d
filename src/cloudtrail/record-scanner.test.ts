import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScanSummary } from "./record-scanner.ts";
import { envelope, login, lookup, message, pretty, reasons, scan, sorted, three, tricky } from "./scan.fixture.ts";

const wrappers: readonly (readonly [string, string, readonly string[], ScanSummary["wrapper"]])[] = [
  ["a log file", `{"Records":[${three.join(",")}]}`, three, "records"],
  [
    "a log file with other keys",
    `{"a":[1,{"Records":[]}],"Records":[${three.join(",")}],"z":{"b":"]}"},"n":null}`,
    three,
    "records",
  ],
  ["a pretty-printed log file", `{\r\n  "Records" : [\n    ${three.join("\n    ,\n\t")}\n  ]\n}\n`, three, "records"],
  ["a log file with two lists", `{"Records":[${login}],"Records":[${sorted}]}`, [login, sorted], "records"],
  ["an empty log file", '{"Records":[]}', [], "records"],
  ["a wrapper that begins like a record", `{"eventVersion":"1.0","Records":[${three.join(",")}]}`, three, "records"],
  ["a wrapper with record fields first", `{"eventTime":"x","Records":[${three.join(",")}]}`, three, "records"],
  ["a bare list", `[${three.join(", ")}]`, three, "array"],
  ["an empty list", "[]", [], "array"],
  ["lines", `${three.join("\n")}\n`, three, "lines"],
  ["lines of Windows", three.join("\r\n"), three, "lines"],
  ["values side by side", three.join(""), three, "lines"],
  ["values with commas between", three.join(","), three, "lines"],
  ["values after record separators", three.map((record) => `\u001e${record}\n`).join(""), three, "lines"],
  ["one record", login, [login], "record"],
  ["one pretty-printed record", pretty, [pretty], "record"],
  [
    "lines of log files",
    `{"Records":[${login},${sorted}]}\n{"Records":[${tricky}]}\n`,
    [login, sorted, tricky],
    "records",
  ],
  [
    "log files one after another",
    `\ufeff{"Records":[${login}]}\ufeff{"Records":[${sorted}]}`,
    [login, sorted],
    "records",
  ],
  [
    "a list of log files",
    `[{"Records":[${login}]},{"Records":[${sorted},${tricky}]}]`,
    [login, sorted, tricky],
    "records",
  ],
  ["a list of lists", `[[${login}],[${sorted}],[]]`, [login, sorted], "array"],
  ["LookupEvents", `{"NextToken":"t","Events":[${three.map(lookup).join(",")}]}`, three, "lookup-events"],
  ["LookupEvents entries in lines", three.map(lookup).join("\n"), three, "lookup-events"],
  ["LookupEvents entries in a list", `[${three.map(lookup).join(",")}]`, three, "lookup-events"],
  ["LookupEvents texts in a list", JSON.stringify(three), three, "lookup-events"],
  [
    "LookupEvents with Insights",
    `{"Events":[{"eventVersion":"1.07","insightDetails":{}}]}`,
    ['{"eventVersion":"1.07","insightDetails":{}}'],
    "lookup-events",
  ],
  ["EventBridge", envelope(tricky), [tricky], "eventbridge"],
  ["EventBridge in lines", three.map(envelope).join("\n"), three, "eventbridge"],
  ["EventBridge in a list", `[${three.map(envelope).join(",")}]`, three, "eventbridge"],
  [
    "a CloudWatch Logs subscription",
    `{"messageType":"DATA_MESSAGE","subscriptionFilters":["f"],"logEvents":[${three.map(message).join(",")}]}`,
    three,
    "log-events",
  ],
  ["filter-log-events", `{"events":[${three.map(message).join(",")}],"searchedLogStreams":[]}`, three, "log-events"],
  ["a CloudWatch Logs export", three.map((record) => `2024-05-01T08:00:00.000Z ${record}`).join("\n"), three, "lines"],
  [
    "several kinds in one stream",
    `${login}\n${envelope(sorted)}\n${lookup(tricky)}\n`,
    [login, sorted, tricky],
    "mixed",
  ],
];

for (const [what, text, records, wrapper] of wrappers) {
  test(`takes the records out of ${what} as they stand`, () => {
    for (const chunk of [undefined, 1, 7]) {
      const result = scan(text, chunk === undefined ? {} : { chunk });
      assert.deepEqual(result.parts, []);
      assert.deepEqual(result.found, records);
      assert.equal(result.wrapper, wrapper);
      assert.equal(result.truncated, false);
    }
  });
}

test("an empty file and white space hold nothing and miss nothing", () => {
  for (const text of ["", " \r\n\t ", "\ufeff", "\ufeff\n"]) {
    assert.deepEqual(scan(text), {
      wrapper: "none",
      records: 0,
      rejected: 0,
      truncated: false,
      found: [],
      parts: [],
    });
  }
});

test("a digest is told apart from records and handed over whole", () => {
  const digest =
    '{"awsAccountId":"111122223333","digestEndTime":"x","digestS3Object":"y","logFiles":[{"s3Object":"z"}]}';
  const result = scan(`\n${digest}\n`);
  assert.equal(result.wrapper, "digest");
  assert.equal(Buffer.from(result.digest ?? []).toString(), digest);
  assert.equal(result.records + result.rejected, 0);
  assert.deepEqual(reasons(scan(`${login}\n${digest}`)), ["digest"]);
});

const refusals: readonly (readonly [string, string | Uint8Array, readonly string[]])[] = [
  ["text", "hello, world\nand more\n", ["unexpected-text"]],
  ["a CSV file", "eventTime,eventName\n2024,ConsoleLogin\n", ["unexpected-text"]],
  ["HTML", "<html><body>{}</body></html>", ["unexpected-text"]],
  ["other JSON", '{"publicKeyList":[{"Value":"x"}]}', ["not-cloudtrail"]],
  ["an empty object", "{}", ["not-cloudtrail"]],
  ["Records that are no list", '{"Records":{"eventVersion":"1.0"}}', ["not-cloudtrail"]],
  ["Records that are null", '{"Records":null}', ["not-cloudtrail"]],
  [
    "an S3 notification",
    '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}]}',
    ["notification"],
  ],
  ["an SNS message", '{"Type":"Notification","TopicArn":"arn","Message":"{}"}', ["notification"]],
  ["a notice of CloudTrail", '{"s3Bucket":"b","s3ObjectKey":["k"]}', ["notification"]],
  ["an S3 test event", '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}', ["notification"]],
  [
    "S3 by EventBridge",
    '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{},"object":{}}}',
    ["notification"],
  ],
  ["GuardDuty by EventBridge", '{"detail-type":"GuardDuty Finding","detail":{"severity":2}}', ["not-cloudtrail"]],
  ["UTF-16", Buffer.from(`\ufeff${login}`, "utf16le"), ["utf-16"]],
  ["UTF-16 without a mark", Buffer.from(login, "utf16le"), ["utf-16"]],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), ["compressed"]],
  ["NULs", new Uint8Array(5000), ["unexpected-text"]],
  ["a message that is no record", `{"logEvents":[${message("CWL CONTROL MESSAGE")}]}`, ["not-an-object"]],
  ["a message cut short", `{"logEvents":[${message(login.slice(0, -1))}]}`, ["malformed"]],
];

for (const [what, input, expected] of refusals) {
  test(`refuses ${what} and says why`, () => {
    for (const chunk of [undefined, 1, 1000]) {
      const result = scan(input, chunk === undefined ? {} : { chunk });
      assert.deepEqual(reasons(result), expected);
      assert.equal(result.records, 0);
    }
  });
}

test("elements of Records that are no objects are rejected one by one, their neighbours kept", () => {
  const result = scan(`{"Records":[null,${login}, 12 ,"text",${sorted},[1],true,{"a":1},${tricky},]}`);
  assert.deepEqual(result.found, [login, sorted, tricky]);
  assert.deepEqual(
    result.parts.map(({ position, reason, excerpt }) => [position, reason, excerpt]),
    [
      [0, "not-an-object", "null"],
      [2, "not-an-object", "12 "],
      [3, "not-an-object", '"text"'],
      [5, "not-an-object", "[1]"],
      [6, "not-an-object", "true"],
      [7, "not-cloudtrail", '{"a":1}'],
    ],
  );
});
