import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RecordScanner, type ScanSummary } from "./record-scanner.ts";
import type { RejectedPart } from "./rejected-part.ts";

interface Scan extends ScanSummary {
  readonly found: readonly string[];
  readonly parts: readonly RejectedPart[];
}

function scan(
  input: string | Uint8Array,
  options: { chunk?: number; recordBytesMax?: number } = {},
): Scan {
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  const found: string[] = [];
  const parts: RejectedPart[] = [];
  const scanner = new RecordScanner({
    limits: options.recordBytesMax === undefined ? {} : { recordBytesMax: options.recordBytesMax },
    onRecord: (view, start, end) => found.push(Buffer.from(view.subarray(start, end)).toString()),
    onReject: (part) => parts.push(part),
  });
  const chunk = options.chunk ?? Math.max(1, bytes.length);
  for (let i = 0; i < bytes.length; i += chunk) {
    // a copy that is wiped afterwards, as a caller's buffer may be
    const piece = Uint8Array.from(bytes.subarray(i, i + chunk));
    scanner.push(piece);
    piece.fill(0x7d);
  }
  return { ...scanner.end(), found, parts };
}

const login =
  '{"eventVersion":"1.08","eventTime":"2024-05-01T08:00:00Z","eventName":"ConsoleLogin","eventID":"a1"}';
const tricky = `{"eventVersion":"1.09","eventTime":"2024-05-01T08:00:01Z","requestParameters":{"policy":"{\\"Records\\":[{}]} \\\\\\\\\\"","path":"C:\\\\","list":[[],{}]},"eventID":"a2"}`;
const sorted =
  '{"awsRegion":"eu-west-1","eventID":"a3","eventTime":"2024-05-01T08:00:02Z","eventVersion":"1.10"}';
const pretty = JSON.stringify(JSON.parse(login), null, 2);
const three = [login, tricky, sorted];
const lookup = (record: string): string =>
  JSON.stringify({ EventId: "x", Username: "anaya", CloudTrailEvent: record });
const envelope = (detail: string): string =>
  `{"version":"0","id":"7","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":${detail},"region":"eu-west-1"}`;
const message = (record: string): string =>
  JSON.stringify({ id: "1", timestamp: 1, message: record });

const wrappers: readonly (readonly [string, string, readonly string[], ScanSummary["wrapper"]])[] =
  [
    ["a log file", `{"Records":[${three.join(",")}]}`, three, "records"],
    [
      "a log file with other keys",
      `{"a":[1,{"Records":[]}],"Records":[${three.join(",")}],"z":{"b":"]}"},"n":null}`,
      three,
      "records",
    ],
    [
      "a pretty-printed log file",
      `{\r\n  "Records" : [\n    ${three.join("\n    ,\n\t")}\n  ]\n}\n`,
      three,
      "records",
    ],
    [
      "a log file with two lists",
      `{"Records":[${login}],"Records":[${sorted}]}`,
      [login, sorted],
      "records",
    ],
    ["an empty log file", '{"Records":[]}', [], "records"],
    [
      "a wrapper that begins like a record",
      `{"eventVersion":"1.0","Records":[${three.join(",")}]}`,
      three,
      "records",
    ],
    [
      "a wrapper with record fields first",
      `{"eventTime":"x","Records":[${three.join(",")}]}`,
      three,
      "records",
    ],
    ["a bare list", `[${three.join(", ")}]`, three, "array"],
    ["an empty list", "[]", [], "array"],
    ["lines", `${three.join("\n")}\n`, three, "lines"],
    ["lines of Windows", three.join("\r\n"), three, "lines"],
    ["values side by side", three.join(""), three, "lines"],
    ["values with commas between", three.join(","), three, "lines"],
    [
      "values after record separators",
      three.map((record) => `\u001e${record}\n`).join(""),
      three,
      "lines",
    ],
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
    [
      "LookupEvents",
      `{"NextToken":"t","Events":[${three.map(lookup).join(",")}]}`,
      three,
      "lookup-events",
    ],
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
    [
      "filter-log-events",
      `{"events":[${three.map(message).join(",")}],"searchedLogStreams":[]}`,
      three,
      "log-events",
    ],
    [
      "a CloudWatch Logs export",
      three.map((record) => `2024-05-01T08:00:00.000Z ${record}`).join("\n"),
      three,
      "lines",
    ],
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
  [
    "an S3 test event",
    '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}',
    ["notification"],
  ],
  [
    "S3 by EventBridge",
    '{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{},"object":{}}}',
    ["notification"],
  ],
  [
    "GuardDuty by EventBridge",
    '{"detail-type":"GuardDuty Finding","detail":{"severity":2}}',
    ["not-cloudtrail"],
  ],
  ["UTF-16", Buffer.from(`\ufeff${login}`, "utf16le"), ["utf-16"]],
  ["UTF-16 without a mark", Buffer.from(login, "utf16le"), ["utf-16"]],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), ["compressed"]],
  ["NULs", new Uint8Array(5000), ["unexpected-text"]],
  [
    "a message that is no record",
    `{"logEvents":[${message("CWL CONTROL MESSAGE")}]}`,
    ["not-an-object"],
  ],
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
  const result = scan(
    `{"Records":[null,${login}, 12 ,"text",${sorted},[1],true,{"a":1},${tricky},]}`,
  );
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

const broken: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    "a brace missing",
    `{"Records":[${login},{"a":{"b":1},${sorted},${tricky}]}`,
    [login, sorted, tricky],
    ["malformed"],
  ],
  [
    "two braces missing",
    `{"Records":[${login},{"a":{"b":{"c":1},${sorted},${tricky}]}`,
    [login, sorted.replace("{", "{"), tricky],
    ["malformed"],
  ],
  [
    "three braces missing",
    `{"Records":[${login},{"a":{"b":{"c":{"d":1},${login},${tricky}]}`,
    [login, login, tricky],
    ["malformed"],
  ],
  [
    "a quote missing",
    `{"Records":[${login},{"a":"b},${login},${tricky}]}`,
    [login, login, tricky],
    ["malformed"],
  ],
  [
    "a brace too many",
    `{"Records":[${login},${sorted}},${tricky}]}`,
    [login, sorted, tricky],
    ["not-an-object"],
  ],
  [
    "text between elements",
    `{"Records":[${login}, oops ,${tricky}]}`,
    [login, tricky],
    ["not-an-object"],
  ],
  [
    "a line cut short",
    `${login}\n${sorted.slice(0, 50)}\n${tricky}\n`,
    [login, tricky],
    ["malformed"],
  ],
  [
    "a line cut short inside a string",
    `${login}\n${sorted.slice(0, 58)}\n${tricky}\n${sorted}`,
    [login, tricky, sorted],
    ["malformed"],
  ],
  [
    "the first half of a line missing",
    `${login}\n${sorted.slice(40)}\n${tricky}\n`,
    [login, tricky],
    ["unexpected-text"],
  ],
  [
    "lines of text",
    `# a comment\n${login}\nand another\nand one more\n${tricky}\n`,
    [login, tricky],
    ["unexpected-text", "unexpected-text"],
  ],
  [
    "a prefix as syslog writes it",
    `<14>May 1 host ct: ${login}\n<14>May 1 host ct: ${tricky}`,
    [login, tricky],
    ["unexpected-text", "unexpected-text"],
  ],
];

for (const [what, text, records, expected] of broken) {
  test(`keeps the neighbours of a value with ${what}`, () => {
    for (const chunk of [undefined, 1, 13]) {
      const result = scan(text, chunk === undefined ? {} : { chunk });
      assert.deepEqual(result.found, records);
      assert.deepEqual(reasons(result), expected);
    }
  });
}

test("every cut of a file keeps all complete records and is one reject", () => {
  const texts = [
    `{"a":{"b":[1]},"Records":[${three.join(",")}],"z":null}`,
    `[${three.join(",\n")}]`,
    `{"Events":[${three.map(lookup).join(",")}]}`,
    envelope(tricky),
  ];
  for (const text of texts) {
    const whole = scan(text);
    for (let cut = 1; cut < text.length; cut++) {
      const result = scan(text.slice(0, cut));
      assert.deepEqual(reasons(result), ["truncated"], text.slice(0, cut));
      assert.equal(result.truncated, true);
      assert.deepEqual(result.found, whole.found.slice(0, result.records));
      const complete = whole.found.filter((_, index) => endOf(text, index) <= cut).length;
      assert.equal(result.records, complete, text.slice(0, cut));
    }
  }

  function endOf(text: string, index: number): number {
    const record = three[text.startsWith('{"version"') ? 1 : index] ?? "";
    const written = text.includes("CloudTrailEvent")
      ? lookup(record)
      : text.startsWith('{"version"')
        ? text
        : record;
    return text.indexOf(written) + written.length;
  }
});

test("a record over the size limit is rejected with its place and size, its neighbours kept", () => {
  const large = `{"eventVersion":"1.08","eventID":"big","userAgent":"${"x".repeat(900)}"}`;
  for (const chunk of [undefined, 1, 64]) {
    for (const text of [
      `{"Records":[${login},${large},${tricky}]}`,
      `${login}\n${large}\n${tricky}`,
    ]) {
      const result = scan(text, { recordBytesMax: 500, ...(chunk === undefined ? {} : { chunk }) });
      assert.deepEqual(result.found, [login, tricky]);
      assert.deepEqual(
        result.parts.map((part) => [
          part.position,
          part.reason,
          part.offsetBytes,
          part.lengthBytes,
          part.excerpt,
        ]),
        [[1, "record-too-large", text.indexOf(large), large.length, large.slice(0, 200)]],
      );
    }
  }
});

test("a wrapper may be larger than a record, whatever its first keys are", () => {
  const many = Array.from({ length: 40 }, () => sorted);
  for (const head of [
    '{"Records":[',
    '{"eventVersion":"1.0","Records":[',
    `{"x":"${"y".repeat(900)}","Records":[`,
  ]) {
    const result = scan(`${head}${many.join(",")}]}`, { recordBytesMax: 500, chunk: 33 });
    assert.deepEqual(result.found, many);
    assert.deepEqual(result.parts, []);
  }
});

test("200,000 levels are counted, not climbed", () => {
  const deep = (open: string, close: string): string =>
    `{"eventVersion":"1.08","a":${open.repeat(200_000)}${close.repeat(200_000)}}`;
  for (const record of [deep("[", "]"), deep('{"a":', "}").replace(":}", ":1}")]) {
    for (const text of [
      `{"Records":[${login},${record},${tricky}]}`,
      `${login}\n${record}\n${tricky}`,
    ]) {
      const result = scan(text, { chunk: 65_536 });
      assert.deepEqual(result.found, [login, tricky]);
      assert.deepEqual(reasons(result), ["record-too-deep"]);
    }
  }
  assert.deepEqual(reasons(scan(`{"Records":[${"[".repeat(200_000)}`)), ["truncated"]);
  assert.deepEqual(reasons(scan("[".repeat(200_000))), ["truncated"]);
  assert.deepEqual(reasons(scan(`${"[".repeat(200)}{}${"]".repeat(200)}`)), ["nested-too-often"]);
});

test("a 40 MB record passes in bounded memory", () => {
  const found: number[] = [];
  const parts: RejectedPart[] = [];
  const scanner = new RecordScanner({
    onRecord: (_, start, end) => found.push(end - start),
    onReject: (part) => parts.push(part),
  });
  scanner.push(Buffer.from(`{"Records":[${login},{"eventVersion":"1.08","userAgent":"`));
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  for (let i = 0; i < 640; i++) {
    scanner.push(Buffer.alloc(65_536, 0x78));
    peak = Math.max(peak, i > 600 ? process.memoryUsage().arrayBuffers - before : 0);
  }
  scanner.push(Buffer.from(`"},${tricky}]}`));
  assert.equal(scanner.end().records, 2);
  assert.deepEqual(found, [login.length, tricky.length]);
  assert.deepEqual(
    parts.map((part) => part.reason),
    ["record-too-large"],
  );
  assert.ok(parts[0]?.lengthBytes !== undefined && parts[0].lengthBytes > 640 * 65_536);
  assert.ok(peak < 128 << 20, `${peak} bytes were held`);
});

test("bytes that are no UTF-8 and NULs inside strings pass unchanged", () => {
  const record = Buffer.concat([
    Buffer.from('{"eventVersion":"1.08","userAgent":"'),
    Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x01, 0x0a]),
    Buffer.from('"}'),
  ]);
  const seen: Buffer[] = [];
  const scanner = new RecordScanner({
    onRecord: (bytes, start, end) => seen.push(Buffer.from(bytes.subarray(start, end))),
    onReject: (part) => assert.fail(part.message),
  });
  scanner.push(
    Buffer.concat([
      Buffer.from('{"Records":['),
      record,
      Buffer.from(","),
      record,
      Buffer.from("]}"),
    ]),
  );
  scanner.end();
  assert.deepEqual(seen, [record, record]);
});

test("an excerpt shows no control characters and at most 200 characters", () => {
  const [part] = scan(`{"Records":["\u001b[31m\u202e${"é".repeat(500)}"]}`).parts;
  assert.match(part?.excerpt ?? "", /^"·\[31m·é+$/);
  assert.equal(part?.excerpt.length, 200);
});

const anyRecord = fc
  .record({
    text: fc.string({ unit: "binary" }),
    slashes: fc.nat(5),
    more: fc.jsonValue({ maxDepth: 3 }),
  })
  .map(({ text, slashes, more }) =>
    JSON.stringify({
      eventVersion: "1.08",
      userAgent: `${text}"Records":[{"${"\\".repeat(slashes)}`,
      eventID: "x",
      more,
    }),
  );

test("any chunking of any file gives the same records and rejects", () => {
  const junk = fc.constantFrom(
    "",
    "null",
    "oops",
    "{",
    "}",
    "]",
    '"',
    '{"a":1}',
    '{"a":"',
    "[[",
    "\n",
    '{"eventVersion":"1.',
  );
  const value = fc.oneof({ weight: 4, arbitrary: anyRecord }, { weight: 1, arbitrary: junk });
  const frame = fc.constantFrom(
    ['{"Records":[', ",", "]}"],
    ["[", ",\n", "]"],
    ["", "\n", "\n"],
    ['{"a":"b","Events":[', ",", "]}"],
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 6 }),
      frame,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(120, 1 << 20),
      (values, [head = "", comma = "", tail = ""], sizes, recordBytesMax) => {
        const bytes = Buffer.from(`${head}${values.join(comma)}${tail}`);
        const whole = scan(bytes, { recordBytesMax });
        const found: string[] = [];
        const parts: RejectedPart[] = [];
        const scanner = new RecordScanner({
          limits: { recordBytesMax },
          onRecord: (view, start, end) =>
            found.push(Buffer.from(view.subarray(start, end)).toString()),
          onReject: (part) => parts.push(part),
        });
        for (let i = 0, n = 0; i < bytes.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          scanner.push(bytes.subarray(i, i + size));
          i += size;
        }
        assert.deepEqual({ ...scanner.end(), found, parts }, whole);
      },
    ),
    { seed: 20_240_501, numRuns: 1500 },
  );
});

test("records of any content come out of every wrapper as they went in", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 200 }),
      (records, chunk) => {
        const texts = [
          `{"Records":[${records.join(",")}]}`,
          `[${records.join(",")}]`,
          records.join("\n"),
          `{"Events":[${records.map(lookup).join(",")}]}`,
          records.map(envelope).join("\n"),
          `{"logEvents":[${records.map(message).join(",")}]}`,
        ];
        for (const text of texts) {
          const result = scan(text, { chunk });
          assert.deepEqual(result.found, records);
          assert.deepEqual(result.parts, []);
        }
      },
    ),
    { seed: 20_240_502, numRuns: 150 },
  );
});

test("no bytes at all make it throw, and positions count every value", () => {
  const alphabet = fc.constantFrom(
    ...'{}[]",:\\ \n\u0000a1'.split(""),
    '{"eventVersion":"1.08"',
    '"Records":[',
    "\ufeff",
  );
  fc.assert(
    fc.property(
      fc.array(alphabet, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (tokens, chunk) => {
        const result = scan(tokens.join(""), { chunk });
        assert.equal(result.parts.length, result.rejected);
        const positions = result.parts.map((part) => part.position);
        assert.deepEqual(
          positions,
          positions.toSorted((a, b) => a - b),
        );
        assert.ok(positions.every((position) => position < result.records + result.rejected));
      },
    ),
    { seed: 20_240_503, numRuns: 2000 },
  );
});

function reasons(result: Scan): readonly string[] {
  return result.parts.map((part) => part.reason);
}
