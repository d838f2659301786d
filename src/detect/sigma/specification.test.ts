import assert from "node:assert/strict";
import { test } from "node:test";
import { fits } from "./rule-text.fixture.ts";

/** A search, records that it takes, records that it leaves. */
type Case = readonly [search: string, takes: readonly object[], leaves: readonly object[]];

const time = { eventTime: "2026-01-02T03:04:05Z" };

function encoded(text: string): { readonly a: string } {
  return { a: Buffer.from(text).toString("base64") };
}

/** Each group is a sentence of the specification (rules 2.1 and its appendix of modifiers), in our words. */
const sentences: Readonly<Record<string, readonly Case[]>> = {
  "all values are treated as case-insensitive strings": [
    ["a: Admin", [{ a: "admin" }, { a: "ADMIN" }], [{ a: "administrator" }, {}]],
    ["a: 517", [{ a: 517 }, { a: "517" }], [{ a: 5170 }]],
    ["a: true", [{ a: true }, { a: "True" }], [{ a: false }]],
    ["a: 012345678901", [{ a: "012345678901" }], [{ a: "12345678901" }]],
  ],
  "a question mark replaces one character, a star any number of them": [
    ["a: prog?.exe", [{ a: "progA.exe" }], [{ a: "prog.exe" }, { a: "progAB.exe" }]],
    ["a: antivirus_V*.exe", [{ a: "antivirus_V21.2.1.exe" }, { a: "antivirus_V.exe" }], [{ a: "antivirus.exe" }]],
    ["a: '*'", [{ a: "x" }, { a: "" }, { a: { b: 1 } }], [{ a: null }, {}]],
  ],
  "a backslash takes a wildcard's meaning away, and that of a backslash before one": [
    [String.raw`a: 'x\y'`, [{ a: String.raw`x\y` }], [{ a: "xy" }]],
    [String.raw`a: 'x\\y'`, [{ a: String.raw`x\y` }], [{ a: String.raw`x\\y` }]],
    [String.raw`a: 'x\*'`, [{ a: "x*" }], [{ a: "xy" }, { a: String.raw`x\*` }]],
    [String.raw`a: 'x\\*'`, [{ a: String.raw`x\yz` }], [{ a: "xyz" }]],
    [String.raw`a: 'x\\\*'`, [{ a: String.raw`x\*` }], [{ a: String.raw`x\y` }]],
    [String.raw`a: 'x\\\\'`, [{ a: String.raw`x\\` }], [{ a: String.raw`x\\\\` }]],
    [String.raw`a: 'x\\\'`, [{ a: String.raw`x\\` }], [{ a: String.raw`x\\\ ` }]],
  ],
  "items of a list are linked by OR, those of a map by AND": [
    ["a:\n    - x\n    - y", [{ a: "x" }, { a: "y" }], [{ a: "z" }]],
    ["a: x\nb: y", [{ a: "x", b: "y" }], [{ a: "x" }, { b: "y" }]],
    ["- a: x\n- b: y", [{ a: "x" }, { b: "y" }], [{ a: "y" }]],
    ["- a: x\n- word", [{ a: "x" }, { c: "a word here" }], [{ a: "y" }]],
  ],
  "strings in a list are searched in the whole event": [
    ["- EVILSERVICE\n- svchost.exe -n evil", [{ a: { b: "an evilservice" } }], [{ a: "service" }]],
    ["'|all':\n    - one\n    - two", [{ a: "one", b: "two" }], [{ a: "one" }]],
    ["'|re': 'n[ai]me'", [{ name: 1 }], [{ NAME: 1 }]],
    ["'|cased': One", [{ a: "One" }], [{ a: "one" }]],
    ["word", [{ a: "a WORD" }], [{ a: "x" }]],
    ["'|base64offset': foobar", [encoded("xfoobar")], [encoded("foobaz")]],
  ],
  "null is a field that is null or not there, the empty text one that is empty": [
    ["a: null", [{ a: null }, {}], [{ a: "" }, { a: "null" }]],
    ["a:", [{ a: null }, {}], [{ a: "" }]],
    ["a: ''", [{ a: "" }], [{ a: null }, {}, { a: " " }]],
    ["a:\n    - null\n    - x", [{}, { a: "x" }], [{ a: "y" }]],
  ],
  "exists asks for the presence of a field, not for its value": [
    ["a|exists: true", [{ a: 1 }, { a: null }, { a: "" }], [{ b: 1 }]],
    ["a|exists: false", [{ b: 1 }], [{ a: 1 }, { a: null }]],
  ],
  "startswith, endswith and contains put the value at the beginning, at the end, anywhere": [
    ["a|startswith: adm", [{ a: "ADMIN" }], [{ a: "badmin" }]],
    ["a|endswith: min", [{ a: "admin" }], [{ a: "mine" }]],
    ["a|contains: dmi", [{ a: "admin" }], [{ a: "dim" }]],
    ["a|contains: '*'", [{ a: "" }, { a: 1 }, { a: ["x"] }], [{ b: 1 }, { a: null }]],
    ["a|startswith: 'a*c'", [{ a: "abcd" }], [{ a: "bac" }]],
    [String.raw`a|contains: '\*'`, [{ a: "x*y" }], [{ a: "xy" }]],
  ],
  "all links the values of a list by AND": [
    ["a|contains|all:\n    - x\n    - y", [{ a: "y x" }], [{ a: "x" }]],
    ["a|all|startswith:\n    - x\n    - xy", [{ a: "xyz" }], [{ a: "x" }]],
  ],
  "cased compares with case": [
    ["a|cased: Admin", [{ a: "Admin" }], [{ a: "admin" }]],
    ["a|contains|cased: Ad", [{ a: "xAdx" }], [{ a: "xadx" }]],
  ],
  "neq: the field is different from the values": [
    ["a|neq: x", [{ a: "y" }, {}], [{ a: "X" }]],
    ["a|neq:\n    - x\n    - 5", [{ a: "y" }], [{ a: "x" }, { a: 5 }]],
    ["a|contains|neq: x", [{ a: "y" }], [{ a: "axa" }]],
  ],
  "windash makes every form of a flag's dash": [
    [
      "a|windash|contains: ' -enc'",
      [{ a: "ps -enc x" }, { a: "ps /enc" }, { a: "ps –enc" }, { a: "ps —enc" }, { a: "ps ―enc" }],
      [{ a: "ps enc" }],
    ],
    ["a|windash: '-a -b'", [{ a: "/a -b" }, { a: "-a /b" }], [{ a: "a b" }]],
    ["a|windash: 'x-y'", [{ a: "x-y" }], [{ a: "x/y" }]],
  ],
  "re is a regular expression, with case unless i is said; m and s are lines and dots": [
    ["a|re: 'a.c$'", [{ a: "xabc" }], [{ a: "ABC" }, { a: "abcd" }]],
    ["a|re|i: 'a.c'", [{ a: "ABC" }], [{ a: "ac" }]],
    ["a|re|m: '^b$'", [{ a: "a\nb\nc" }], [{ a: "a b c" }]],
    ["a|re|s: 'a.b'", [{ a: "a\nb" }], [{ a: "ab" }]],
    ["a|re|i|m: '^B$'", [{ a: "a\nb" }], [{ a: "ab" }]],
    ["a|re: 'a.b'", [], [{ a: "a\nb" }]],
    [String.raw`a|re: '^x\*$'`, [{ a: "x*" }], [{ a: "xy" }]],
    ["a|re|all:\n    - x\n    - y", [{ a: "yx" }], [{ a: "x" }]],
    ["a|re|neq: x", [{ a: "y" }], [{ a: "x" }]],
  ],
  "base64 encodes the value, base64offset for each place that it may begin at": [
    ["a|base64: foobar", [{ a: "Zm9vYmFy" }], [{ a: "foobar" }]],
    ["a|base64offset|contains: foobar", ["xfoobar", "xxfoobar!", "foobar"].map(encoded), [encoded("foobaz")]],
    [
      "a|wide|base64offset|contains: ping",
      [{ a: Buffer.from("xping", "utf16le").toString("base64") }],
      [encoded("ping")],
    ],
    ["a|utf16|base64: ping", [{ a: Buffer.from("\ufeffping", "utf16le").toString("base64") }], [encoded("ping")]],
    ["a|utf16be|base64: A", [{ a: Buffer.from("\0A").toString("base64") }], [encoded("A\0")]],
  ],
  "utf16le and wide transform the value by themselves too": [
    ["a|wide: cmd", [{ a: "c\0m\0d\0" }], [{ a: "cmd" }]],
    ["a|utf16be|contains: cm", [{ a: "x\0c\0m" }], [{ a: "cm" }]],
  ],
  "lt, lte, gt and gte compare numbers": [
    ["a|lt: 5", [{ a: 4 }, { a: "4.5" }], [{ a: 5 }, { a: "x" }, {}]],
    ["a|lte: 5", [{ a: 5 }], [{ a: 5.1 }]],
    ["a|gt: 5", [{ a: 6 }], [{ a: 5 }]],
    ["a|gte: 5", [{ a: 5 }], [{ a: -5 }]],
    ["a|neq: 5", [{ a: 6 }], [{ a: 5 }, { a: "5" }]],
  ],
  "minute, hour, day, week, month and year extract a number from a date": [
    ["eventTime|minute: 4", [time], [{ eventTime: "2026-01-02T03:05:05Z" }]],
    ["eventTime|hour: 3", [time], [{ eventTime: "2026-01-02T04:04:05Z" }]],
    ["eventTime|day: 2", [time], [{ eventTime: "soon" }]],
    ["eventTime|week: 1", [time], [{ eventTime: "2026-01-05T00:00:00Z" }]],
    ["eventTime|month:\n    - 1\n    - 2", [time], [{ eventTime: "2026-03-02T03:04:05Z" }]],
    ["eventTime|year: 2026", [time], [{}]],
    ["eventTime|hour|gte: 22", [{ eventTime: "2026-01-02T23:04:05Z" }], [time]],
    ["eventTime|hour|neq: 3", [{ eventTime: "2026-01-02T23:04:05Z" }], [time]],
  ],
  "cidr is a range of addresses, of both versions": [
    ["a|cidr: 10.0.0.0/8", [{ a: "10.1.2.3" }], [{ a: "11.1.2.3" }, { a: "iam.amazonaws.com" }]],
    ["a|cidr:\n    - 2001:db8::/32\n    - 10.0.0.0/8", [{ a: "2001:DB8::1" }, { a: "10.0.0.1" }], [{ a: "::1" }]],
    ["a|cidr|neq: 10.0.0.0/8", [{ a: "11.1.2.3" }], [{ a: "10.1.2.3" }]],
  ],
  "fieldref compares with another field, and with neq says that they differ": [
    ["a|fieldref: b", [{ a: "x", b: "X" }], [{ a: "x", b: "y" }, { a: "x" }]],
    ["a|fieldref|neq: b.c", [{ a: "x", b: { c: "y" } }], [{ a: "x", b: { c: "x" } }]],
    ["a|fieldref|endswith: b", [{ a: "user/bob", b: "bob" }], [{ a: "bob/user", b: "bob" }]],
    ["a|fieldref|contains|cased: b", [{ a: "xbx", b: "b" }], [{ a: "xBx", b: "b" }]],
  ],
  "a field may lie deeper, behind arrays too; a whole object is searched as JSON, raw and unescaped": [
    ["a.b.c: x", [{ a: { b: { c: "x" } } }, { a: [{ b: [{ c: "x" }] }] }], [{ a: { "b.c": "x" } }]],
    [
      String.raw`a|contains: '"Action":"\*"'`,
      [{ a: { p: '{"Action":"*"}' } }, { a: { Action: "*" } }],
      [{ a: { Action: "x" } }],
    ],
    ["a.**.c: x", [{ a: { d: { e: { c: "x" } } } }], [{ a: { d: "x" } }]],
  ],
};

for (const [sentence, cases] of Object.entries(sentences)) {
  test(sentence, () => {
    for (const [search, takes, leaves] of cases) {
      for (const record of takes) assert.ok(fits(search, record), `${search} takes ${JSON.stringify(record)}`);
      for (const record of leaves) assert.ok(!fits(search, record), `${search} leaves ${JSON.stringify(record)}`);
    }
  });
}
