import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import type { ProgramOptions, ProgramRun } from "../../../test/fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { runHere, serveHere, type ServerHere } from "../command-line.fixture.ts";

let place: TemporaryFolder;
let server: ServerHere | undefined;
const evil = "Evil\u001b[2J</td><script>";
const records = Array.from({ length: 20 }, (_, index) => makeRecord(index, index === 3 ? { eventName: evil } : {}));

function here(): ProgramOptions {
  return { workingDirectory: place.path, environment: { TRAILWARDEN_DATA: join(place.path, "data") } };
}

function run(...words: string[]): Promise<ProgramRun> {
  return runHere(words, here());
}

before(async () => {
  place = makeTemporaryFolder();
  mkdirSync(join(place.path, "logs"));
  writeFileSync(join(place.path, "logs", "a.json.gz"), gzipSync(makeLogFile(records)));
  server = await serveHere(here());
  const { code, stderr } = await run("import", "logs");
  assert.equal(code, 0, stderr);
});
after(async () => {
  await server?.end();
  place[Symbol.dispose]();
});

test("events of imported files are sealed byte for byte; that nothing proves them is said, and ends with 1", async () => {
  const { code, stdout, stderr } = await run(
    "case",
    "export",
    "--query",
    "eventName:GetObject",
    "--out",
    "case.tar.gz",
  );
  assert.equal(code, 1, stderr);
  assert.match(
    stdout,
    /case\.tar\.gz \([\d.]+ \w+\) holds 19 events\n {2}0 of 19 events proven\n {2}0 of 1 log file proven/,
  );
  assert.match(stdout, /imported from a file, and no digest is known that names it/);
  execFileSync("tar", ["-xzf", "case.tar.gz"], { cwd: place.path });
  const folder = readdirSync(place.path).find((name) => name.startsWith("trailwarden-case-")) ?? "";
  const lines = readFileSync(join(place.path, folder, "events.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
  assert.deepEqual(
    lines,
    records.filter(({ eventName }) => eventName === "GetObject").map((record) => JSON.stringify(record)),
  );
  const seal = createHash("sha256")
    .update(readFileSync(join(place.path, folder, "manifest.json")))
    .digest("hex");
  assert.ok(stdout.includes(`Seal: ${seal}\n`));
});

test("as JSON it says the same to a program, and what the log wrote stays in the case", async () => {
  const words = ["case", "export", "--title", evil, "--by", "mary", "--out", "other.tar.gz", "--json"];
  const { code, stdout } = await run(...words);
  assert.equal(code, 1);
  const summary = JSON.parse(stdout) as {
    file: string;
    seal: string;
    claims: { events: number; isAllProven: boolean };
  };
  assert.equal(summary.file, join(place.path, "other.tar.gz"));
  assert.deepEqual([summary.claims.events, summary.claims.isAllProven], [20, false]);
  assert.match(summary.seal, /^[0-9a-f]{64}$/);
});

test("a question that finds nothing or too much, or cannot be read, leaves no file", async () => {
  for (const [words, message] of [
    [["--query", "eventName:NoSuchThing"], /The query finds no event in that span/],
    [["--limit", "5"], /The query finds more than 5 events/],
    [["--query", "eventName:("], /A value is missing after this/],
    [["--limit", "many"], /The limit many is not a whole number/],
  ] as const) {
    const { code, stderr } = await run("case", "export", ...words, "--out", "none.tar.gz");
    assert.notEqual(code, 0);
    assert.match(stderr, message);
  }
  const { code, stderr } = await run("case", "export");
  assert.deepEqual([code === 0, /Say where to write the case/.test(stderr)], [false, true]);
  assert.equal(existsSync(join(place.path, "none.tar.gz")), false);
  assert.deepEqual(
    readdirSync(place.path).filter((name) => name.includes(".part-")),
    [],
  );
});
