import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRules } from "./read-rules.ts";
import { fits, readDetectionText, refusalOf, ruleText } from "./rule-text.fixture.ts";

const inSearch = (search: string) => refusalOf(ruleText(`s:\n    ${search}\ncondition: s`));

test("what cannot be run is refused with its reason", () => {
  const refusals: readonly (readonly [search: string, reason: string])[] = [
    ["a|contain: x", "There is no modifier “contain”; contains is meant, perhaps"],
    ["a|: x", "There is no modifier “”"],
    ["a|contains|contains: x", "The modifier contains stands twice"],
    ["a|i: x", "The modifier i belongs behind re"],
    ["a|re|contains: x", "The modifiers re, contains do not go together"],
    ["a|re|cidr: x", "The modifiers re, cidr do not go together"],
    ["a|lt|gt: 5", "The modifiers lt, gt do not go together"],
    ["a|exists|neq: true", "The modifiers exists, neq do not go together"],
    ["a|hour|contains: 5", "The modifiers hour, contains do not go together"],
    ["a|exists: yes", "exists takes true or false"],
    ["a|gt: many", "“many” is no number"],
    ["a|cidr: 10.0.0.0/40", "“10.0.0.0/40” is no range of addresses"],
    ["a|cidr: 10.*", "“10.*” is no range of addresses"],
    ["a|re: '(?=x)'", "Look-around is not supported in regular expressions"],
    [String.raw`a|re: '(x)\1'`, "Back-references are not supported"],
    ["a|re: null", "re takes a regular expression"],
    ["a|contains: null", "contains takes a text, not null"],
    ["a|base64: 'x*'", "base64 takes a text without wildcards"],
    ["a|contains|base64: x", "base64 takes a text without wildcards"],
    ["a|wide: é\u4f60", "This encoding gives bytes that no text holds"],
    ["a|expand: '%Servers%'", "There is no list of values for the placeholder %Servers%"],
    ["a|windash: '-a -b -c -d -e'", "windash makes more than 1000 values of one"],
    ["a|fieldref: 5", "fieldref takes the name of a field"],
    ["a..b: x", "“a..b” is no name of a field"],
    ["a: []", "The list of values of “a” is empty"],
    ["a:\n        b: x", "A value of “a” is a map"],
    ["a:\n        - [x]", "A value of “a” is a list"],
    ["- [x]", "holds a list in a list"],
    ["'|gt': 5", "compare needs the name of a field"],
    ["''", "A word to look for anywhere cannot be empty"],
    ["{}", "The search “s” is empty"],
    ["[]", "The search “s” is empty"],
    ["a: !!str x", "Tags are not read"],
    ["a: x\n    a: y", "This key stands twice"],
    ["<<: x", "Merge keys are not read"],
    ["a: *nowhere", "There is no anchor &nowhere"],
  ];
  for (const [search, reason] of refusals)
    assert.ok(inSearch(search).includes(reason), `${search}: ${inSearch(search)}`);
});

test("a document that is no rule about CloudTrail is refused", () => {
  const rule = ruleText("s:\n    a: x\ncondition: s");
  const refusals: readonly (readonly [text: string, reason: string])[] = [
    ["", "1:1 There is no rule in it"],
    ["# nothing\n---\n", "There is no rule in it"],
    ["just text", "A rule is a map"],
    ["title: x", "There is no detection, correlation or filter"],
    [rule.replace("title: A test\n", ""), "There is no title"],
    [
      rule.replace("service: cloudtrail", "service: guardduty"),
      "3:5 Its log source is not CloudTrail's (product aws, service guardduty)",
    ],
    [rule.replace("    service: cloudtrail\n", ""), "not CloudTrail's (product aws)"],
    [rule.replace("logsource:", "logsources:"), "There is no logsource"],
    [`status: unsupported\n${rule}`, "Its author marks it as unsupported"],
    [`action: global\n${rule}`, "action is of Sigma's first version"],
    [`${rule}filter: {}\n`, "detection and filter do not go together"],
    [ruleText("s:\n    a: x\ntimeframe: 5m\ncondition: s"), "timeframe belongs to the old way of counting"],
    [ruleText("s:\n    a: x"), "There is no condition"],
    [ruleText("condition: s"), "There is no search beside the condition"],
    ["title: [", "end with a ]"],
    ["title: x\n\tfoo: y", "2:1"],
    [`trailwarden: 5\n${rule}`, "trailwarden is not a map"],
    [`trailwarden: {tests: {match: ../../etc/passwd}}\n${rule}`, "A file of tests lies beside its rule"],
    [`trailwarden: {dedup-period: soon}\n${rule}`, "dedup-period is a number and a unit"],
    [rule.replace("    a: x", `    a:\n${"            - x\n".repeat(10_001)}`), "A list may hold 10000 values"],
  ];
  for (const [text, reason] of refusals) assert.ok(refusalOf(text).includes(reason), `${reason}: ${refusalOf(text)}`);
});

test("bombs are refused before they go off", () => {
  const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`);
  const bombs: readonly (readonly [string, RegExp])[] = [
    ["[".repeat(200_000), /nested 40 deep/],
    ["{a: ".repeat(60_000), /nested 40 deep/],
    ["- ".repeat(100_000), /nested 40 deep/],
    ["? ".repeat(100_000), /nested 40 deep/],
    ["a: ".repeat(100_000), /nested 40 deep/],
    [Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), /nested 40 deep/],
    [
      Array.from({ length: 41 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      /41:42 Lists and maps may be nested/,
    ],
    [Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n"), /nested 40 deep/],
    [`a0: &a0 x\n${levels.join("\n")}`, /50000 parts, those that aliases repeat included/],
    ["a: &a [*a]", /nested 40 deep|no anchor/],
    ["x".repeat(2 * 1024 * 1024), /1048576 characters/],
    ["---\n".repeat(2_000), /1000 documents/],
    [ruleText(`s:\n    a|expand: '${"%a".repeat(5_000)}'\ncondition: s`), /may have 100 percent signs/],
    [ruleText(`s:\n    a|windash:\n${"        - '-a -b -c -d'\n".repeat(200)}condition: s`), /may have 50000 values/],
    [
      ruleText(`${Array.from({ length: 20 }, (_, at) => `s${at}: x`).join("\n")}\ncondition: 10 of them`),
      /too many ways/,
    ],
  ];
  for (const [text, reason] of bombs) assert.match(refusalOf(text), reason);
});

test("each document of a file stands or falls by itself, and is named with its line", () => {
  const good = ruleText("s:\n    a: x\ncondition: s");
  const reading = readRules(`${good}---\n${good.replace("a: x", "a|what: x")}---\n${good}`, { path: "three.yml" });
  assert.equal(reading.documents.length, 2);
  const [refusal] = reading.refusals;
  assert.deepEqual(
    { ...refusal },
    { path: "three.yml", line: 16, column: 9, reason: "There is no modifier “what”", title: "A test", kind: "invalid" },
  );
  assert.deepEqual(
    reading.documents.map(({ place }) => place.line),
    [1, 19],
  );
});

test("what is odd and does no harm is a warning", () => {
  const head =
    "levle: high\nlevel: severe\nstatus: deprecated\ndate: yesterday\nx-own: kept\ntrailwarden: {severty: low}\n";
  const text = ruleText("s:\n    a|all: x\nt:\n    b: y\ncondition: s", head);
  const { documents, warnings } = readRules(text, { path: "odd.yml" });
  assert.equal(documents.length, 1);
  assert.deepEqual(
    warnings.map(({ line, reason }) => `${line} ${reason}`),
    [
      "2 The key levle is not read; level is meant, perhaps",
      "4 It is deprecated: another rule has taken its place",
      "3 level is none of informational, low, medium, high, critical and was left out",
      "5 date is no day; write it as 2026-01-02",
      "7 trailwarden has the key “severty”, which is not read; severity is meant, perhaps",
      "13 all says nothing about a single value",
      "14 The condition does not ask for the search “t”",
    ],
  );
});

test("what a rule says of itself is kept, ours with it", () => {
  const head =
    "id: 929a690e-bef0-4204-a928-ef5e620d6fcc\nname: my_rule\nlevel: high\ntags: [attack.T1078]\nreferences:\n    - https://x\n" +
    "falsepositives: Few\ndate: 2026/01/02\ntrailwarden:\n    severity: critical\n    dedup-period: 1h\n    suppress-for: 7d\n" +
    "    runbook: |\n        Look at it\n    false-positives: Seldom\n    tests:\n        match: one.jsonl\n";
  const [rule] = readRules(ruleText("s:\n    a: x\ncondition: s", head), { path: "own.yml" }).documents;
  assert.ok(rule);
  assert.deepEqual(rule.own, {
    tests: { match: "one.jsonl", pass: "pass.jsonl" },
    runbook: "Look at it",
    dedupPeriodMs: 3_600_000,
    suppressForMs: 604_800_000,
    severity: "critical",
    falsePositives: "Seldom",
  });
  assert.deepEqual([rule.key, rule.level, rule.tags, rule.date], [rule.id, "high", ["attack.t1078"], "2026-01-02"]);
  assert.deepEqual(rule.falsePositives, ["Few"]);
});

test("placeholders take the values of their lists, with wildcards; an escaped percent sign is one", () => {
  const lists = new Map([["Servers", ["srv*", "db1"]]]);
  assert.ok(fits("a|expand: '%Servers%'", { a: "srv22" }, lists) && fits("a|expand: '%Servers%'", { a: "DB1" }, lists));
  assert.ok(fits("a|expand|contains: 'x-%Servers%-y'", { a: "0x-srv1-y0" }, lists));
  assert.ok(fits(String.raw`a|expand: '\%plain%Servers%'`, { a: "%plaindb1" }, lists));
  assert.ok(fits("a: '%Servers%'", { a: "%servers%" }, lists) && !fits("a|expand: '%Servers%'", { a: "x" }, lists));
  assert.deepEqual(
    readDetectionText("s:\n    a|cidr|expand: '%Nets%'\ncondition: s", new Map([["Nets", ["10.0.0.0/8"]]])).predicate,
    {
      kind: "field",
      path: ["a"],
      test: { op: "cidr", range: "10.0.0.0/8" },
    },
  );
});

test("no text makes the reader fail, and every document is read or refused", () => {
  const line = fc.constantFrom(
    ...[
      "title: x",
      "logsource:",
      "    product: aws",
      "    service: cloudtrail",
      "detection:",
      "    s:",
      "        a|contains: x",
    ],
    ...[
      "        - y",
      "    condition: s",
      "condition: 1 of them",
      "---",
      "- ",
      "correlation:",
      "    type: event_count",
      "filter:",
    ],
    ...[
      "    rules: any",
      "    timespan: 5m",
      "&a [*a]",
      "x: {y: [",
      '"',
      "|",
      ">-",
      "? z",
      "%YAML 1.1",
      "!t x",
      "\t",
      "\0",
      "a|re: '('",
    ],
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n")),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const { documents, refusals } = readRules(text, { path: "any.yml" });
      assert.ok(documents.length + refusals.length > 0);
      for (const { line: at, column, reason } of refusals) assert.ok(at >= 1 && column >= 1 && reason !== "");
    }),
    { seed: 20_261_122, numRuns: 1_500 },
  );
});
