import assert from "node:assert/strict";
import { test } from "node:test";
import { envelope, login, lookup, reasons, scan, sorted, three, tricky } from "./scan.fixture.ts";

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
  ["a quote missing", `{"Records":[${login},{"a":"b},${login},${tricky}]}`, [login, login, tricky], ["malformed"]],
  ["a brace too many", `{"Records":[${login},${sorted}},${tricky}]}`, [login, sorted, tricky], ["not-an-object"]],
  ["text between elements", `{"Records":[${login}, oops ,${tricky}]}`, [login, tricky], ["not-an-object"]],
  ["a line cut short", `${login}\n${sorted.slice(0, 50)}\n${tricky}\n`, [login, tricky], ["malformed"]],
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

test("a careful scan finds whole records among bytes that looked like one", () => {
  // the quote lost in the first is found again inside the second's policy, and the end fits by chance
  const merged = `{"eventVersion":"1.08","a":"b},${login},${tricky}`;
  const quick = scan(`{"Records":[${merged}]}`);
  assert.deepEqual(quick.found, [merged]);
  for (const chunk of [1, 50, 1000]) {
    const careful = scan(merged, { chunk, isCareful: true });
    assert.deepEqual(careful.found, [login, tricky]);
    assert.deepEqual(reasons(careful), ["malformed"]);
  }
});

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
    const written = text.includes("CloudTrailEvent") ? lookup(record) : text.startsWith('{"version"') ? text : record;
    return text.indexOf(written) + written.length;
  }
});
