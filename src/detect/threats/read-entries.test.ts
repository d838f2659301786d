import assert from "node:assert/strict";
import { test } from "node:test";
import { readEntries } from "./read-entries.ts";
import type { ThreatList } from "./threat-list.ts";

async function read(kind: ThreatList["kind"], text: string, column?: string) {
  const { entries, refused, refusedCount } = await readEntries(text, { kind, column });
  return { entries: [...entries], refused, refusedCount };
}

test("plain lines are entries, comments are not, and each is there once", async () => {
  const text =
    "# a list\n; and so on\n// this too\n\n203.0.113.7 # seen in May\n203.0.113.7\r\n198.51.100.0/24 ; SBL1\n2001:DB8::1\n";
  assert.deepEqual(await read("addresses", text), {
    entries: ["203.0.113.7", "198.51.100.0/24", "2001:db8::1"],
    refused: [],
    refusedCount: 0,
  });
});

test("what is no entry is refused with its line and why, and its words are not repeated", async () => {
  const { entries, refused, refusedCount } = await read(
    "addresses",
    "secret words\n10.1.2.3\n127.0.0.1\n0.0.0.0/0\n2000::/3\n203.0.113.9\n169.254.169.254",
  );
  assert.deepEqual(entries, ["203.0.113.9"]);
  assert.deepEqual(
    refused.map(({ line, reason }) => [line, reason]),
    [
      [1, "it is no address"],
      [2, "it is a private network"],
      [3, "it is a private network"],
      [4, "it is too wide a network"],
      [5, "it is too wide a network"],
      [7, "it is a private network"],
    ],
  );
  assert.equal(refusedCount, 6);
  const many = await read("addresses", "x\n".repeat(100));
  assert.deepEqual([many.refused.length, many.refusedCount], [20, 100]);
});

test("a column is named by its heading or its number", async () => {
  const table = 'first_seen;"dst_ip";port\n2026-01-01;203.0.113.7;443\n2026-01-02;"198.51.100.7";80\n';
  const byName = await read("addresses", table, "DST_IP");
  assert.deepEqual(byName.entries, ["203.0.113.7", "198.51.100.7"]);
  const byNumber = await read("addresses", table, "2");
  assert.deepEqual(byNumber.entries, ["203.0.113.7", "198.51.100.7"]);
  assert.deepEqual(byNumber.refused, [{ line: 1, reason: "it is no address" }]);
  const missing = await read("addresses", table, "src_ip");
  assert.deepEqual([missing.entries, missing.refused], [[], [{ line: 1, reason: "no column is called so" }]]);
});

test("without a column the first cell that is an entry counts", async () => {
  const { entries } = await read(
    "addresses",
    "2026-01-01,203.0.113.7:443,botnet\nExitAddress 198.51.100.7 2026-01-01\n",
  );
  assert.deepEqual(entries, ["203.0.113.7", "198.51.100.7"]);
});

test("hosts files, URLs and filter lists give their domains, AWS's own are refused", async () => {
  const text = [
    "0.0.0.0 bad.example",
    "127.0.0.1 Worse.Example",
    "https://evil.example/path?x=1",
    "||ads.example^",
    "*.wild.example",
    "hurt[.]example",
    "s3.amazonaws.com",
    "localhost",
  ].join("\n");
  const { entries, refused } = await read("domains", text);
  assert.deepEqual(entries, [
    "bad.example",
    "worse.example",
    "evil.example",
    "ads.example",
    "wild.example",
    "hurt.example",
  ]);
  assert.deepEqual(
    refused.map(({ line, reason }) => [line, reason]),
    [
      [7, "it is AWS's own"],
      [8, "it is no domain"],
    ],
  );
});

test("access keys are read in either case", async () => {
  const { entries, refusedCount } = await read("keys", "AKIAIOSFODNN7EXAMPLE,leaked\nasiaiosfodnn7example\nnothing\n");
  assert.deepEqual([entries, refusedCount], [["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"], 1]);
});

test("a STIX bundle gives the values of its simple indicators", async () => {
  const indicator = (pattern: string, more: object = {}) => ({
    type: "indicator",
    pattern_type: "stix",
    pattern,
    ...more,
  });
  const bundle = {
    type: "bundle",
    objects: [
      { type: "identity", name: "somebody" },
      indicator("[ipv4-addr:value = '203.0.113.7']"),
      indicator("[ipv4-addr:value = '203.0.113.8' OR ipv6-addr:value = '2001:db8::1']"),
      indicator("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"),
      indicator("[domain-name:value = 'bad.example']"),
      indicator("[ipv4-addr:value = '203.0.113.9' AND network-traffic:dst_port = 443]"),
      indicator("[ipv4-addr:value = '203.0.113.10']", { revoked: true }),
      indicator("alert tcp any", { pattern_type: "snort" }),
    ],
  };
  const { entries, refused } = await read("addresses", JSON.stringify(bundle));
  assert.deepEqual(entries, ["203.0.113.7", "203.0.113.8", "2001:db8::1", "198.51.100.0/24"]);
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    [
      "its pattern is about something else",
      "its pattern asks for several things at once",
      "it was revoked",
      "its pattern is none of STIX",
    ],
  );
  assert.deepEqual((await read("domains", JSON.stringify(bundle))).entries, ["bad.example"]);
});

test("MISP events give their attributes, those in objects too", async () => {
  const event = {
    Event: {
      Attribute: [
        { type: "ip-dst", value: "203.0.113.7" },
        { type: "ip-src|port", value: "203.0.113.8|443" },
        { type: "domain|ip", value: "bad.example|203.0.113.9" },
        { type: "md5", value: "d41d8cd98f00b204e9800998ecf8427e" },
        { type: "ip-dst", value: "203.0.113.99", deleted: true },
      ],
      Object: [{ Attribute: [{ type: "hostname", value: "worse.example" }] }],
    },
  };
  const text = JSON.stringify({ response: [event] });
  const { entries, refused } = await read("addresses", text);
  assert.deepEqual(entries, ["203.0.113.7", "203.0.113.8", "203.0.113.9"]);
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    ["it is of another type", "it was deleted", "it is of another type"],
  );
  assert.deepEqual((await read("domains", JSON.stringify(event))).entries, ["bad.example", "worse.example"]);
});

test("an array of texts is a list, and JSON that is broken is read by its lines", async () => {
  assert.deepEqual((await read("addresses", '["203.0.113.7","198.51.100.7"]')).entries, [
    "203.0.113.7",
    "198.51.100.7",
  ]);
  assert.deepEqual((await read("addresses", '{"ip":"203.0.113.7",\n')).entries, ["203.0.113.7"]);
});

test("a list may be long, and so may a line", async () => {
  const many = Array.from({ length: 200_000 }, (_, index) => `203.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
  assert.equal((await read("addresses", JSON.stringify(many))).entries.length, many.length);
  const { entries, refusedCount } = await read("addresses", `${"x".repeat(5_000_000)}\n203.0.113.7`, "1");
  assert.deepEqual([entries, refusedCount], [["203.0.113.7"], 1]);
});
