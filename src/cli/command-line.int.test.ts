import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { endOf, runProgram, startProgram, type ProgramRun } from "../../test/fixtures/program.ts";
import { makeEventId, makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { writeMadeUpFolder } from "../sandbox/index.ts";
import { runHere } from "./command-line.fixture.ts";

let place: TemporaryFolder;
let data: string;
/** Once it runs, it answers what is asked about the data folder. */
let server: ChildProcess | undefined;
const nasty = {
  userAgent: "\u001b]0;owned\u0007\u001b[2J\u202e=1+1",
  eventName: "Evil\u001b[31m\u0007\r\nRow",
  errorCode: "=cmd()",
};
const records = [...Array.from({ length: 1_500 }, (_, index) => makeRecord(index)), makeRecord(2_000, nasty)];

const here = () => ({ workingDirectory: place.path, environment: { TRAILWARDEN_DATA: data } });

async function run(...words: string[]): Promise<ProgramRun> {
  return runHere(words, here());
}

/** Whether a terminal would do anything but show this. */
const moves = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

before(async () => {
  place = makeTemporaryFolder();
  data = join(place.path, "data");
  const logs = join(place.path, "logs");
  mkdirSync(logs);
  writeFileSync(join(logs, "a.json"), makeLogFile(records));
  writeFileSync(join(logs, "b.json"), makeLogFile([makeRecord(0), makeRecord(5_000, { eventTime: "never\u001b[2J" })]));
  writeFileSync(join(logs, "odd\u001b[31m\n.txt"), "no JSON");
});
after(() => {
  server?.kill("SIGKILL");
  place[Symbol.dispose]();
});

test("an import prints its summary as JSON, and a second one brings nothing", async () => {
  const first = await runProgram(["import", "--json", "logs"], here());
  assert.equal(first.code, 0, first.stderr);
  const { seconds, filesSkipped, rejected, ...sums } = JSON.parse(first.stdout) as Record<string, unknown>;
  assert.equal(typeof seconds, "number");
  assert.deepEqual(filesSkipped, [
    { path: join(place.path, "logs", "odd\u001b[31m\n.txt"), reason: "Text that is no JSON object or list" },
  ]);
  assert.equal((rejected as unknown[]).length, 1);
  assert.deepEqual(sums, {
    filesRead: 2,
    filesKnown: 0,
    filesDamaged: [],
    recordsRead: 1_503,
    eventsStored: 1_501,
    duplicates: 1,
    recordsRejected: 1,
    rejectedFor: { "no-time": 1 },
  });
  const second = await run("import", "--json", "logs");
  const again = JSON.parse(second.stdout) as Record<string, unknown>;
  assert.deepEqual([again["filesKnown"], again["eventsStored"], again["recordsRead"]], [3, 0, 0]);
});

test("the summary for people keeps the log's text from the terminal", async () => {
  const { stdout, code } = await run("import", "--data", join(place.path, "other"), "logs");
  assert.equal(code, 0);
  assert.match(stdout, /^1,501 events stored in /);
  assert.match(stdout, /1,503 records read = 1,501 stored \+ 1 duplicate \+ 1 rejected/);
  assert.match(stdout, /record 1: The record's eventTime is no time/);
  assert.doesNotMatch(stdout, moves);
});

test("through a running server every answer is the same as without one", async () => {
  const questions = [
    ["search", "errorCode:*"],
    ["search", "--format", "csv", "-n", "20"],
    ["search", "--count"],
    ["stats"],
    ["show", makeEventId(7)],
    ["search", "user:("],
  ];
  const withoutServer = [];
  for (const words of questions) withoutServer.push(await run(...words));
  server = startProgram(["serve", "--port", "0", "--data", data], { workingDirectory: place.path });
  if (!server.stdout) throw new Error("The server has no stdout");
  for await (const line of createInterface({ input: server.stdout })) {
    assert.match(line, /^Trailwarden is at http:\/\/127\.0\.0\.1:\d+\/$/);
    break;
  }
  for (const [index, words] of questions.entries())
    assert.deepEqual(await run(...words), withoutServer[index], words.join(" "));
});

test("tables, CSV and single events keep the log's text from the terminal", async () => {
  const table = await run("search", "errorCode:*");
  assert.match(table.stdout, /^time +event /);
  assert.equal(table.stdout.split("\n").length, 3);
  const fields = await run("search", "errorCode:*", "--fields", "userAgent,eventName");
  const csv = await run("search", "errorCode:*", "--format", "csv", "--fields", "userAgent,errorCode");
  const shown = await run("show", makeEventId(2_000));
  for (const { stdout, code } of [table, fields, shown]) {
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, moves);
  }
  assert.match(csv.stdout, /'=cmd\(\)\r\n$/);
  assert.doesNotMatch(csv.stdout, /\u001b|\u0007/);
  const raw = await run("show", "--raw", makeEventId(2_000));
  assert.equal(raw.stdout, `${JSON.stringify(records.at(-1))}\n`);
});

test("search counts, limits, explains and prints records as they stand", async () => {
  assert.equal((await run("search", "--count")).stdout, "1501\n");
  const all = await run("search", "--format", "ndjson", "--limit", "0", "--oldest");
  assert.equal(all.stdout, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  assert.equal((await run("search", "--format", "ndjson", "-n", "7")).stdout.trim().split("\n").length, 7);
  const nothing = await run("search", "eventName:NoSuchThing");
  assert.deepEqual(nothing, { stdout: "", stderr: "Nothing found\n", code: 0 });
  assert.match((await run("search", "--explain", "eventName:GetObject")).stdout, /GetObject/);
  assert.match((await run("search", "--sql", "eventName:GetObject")).stdout, /^SELECT/);
});

const wrong: readonly (readonly [words: readonly string[], code: number, says: RegExp])[] = [
  [["serach"], 2, /There is no command serach\n +Did you mean search\?/],
  [["import"], 2, /Say what to import/],
  [["import", "nowhere"], 2, /There is nothing at nowhere/],
  [["import", "--nonsense"], 2, /nonsense/],
  [["search", "user:("], 2, /\^/],
  [["search", "--format", "xml"], 2, /There is no format xml/],
  [["search", "--limit", "many"], 2, /limit many is not a whole number/],
  [["search", "--from", "yesterdayish"], 2, /yesterdayish/],
  [["show"], 2, /Say which event/],
  [["show", "nothing"], 2, /There is no event nothing/],
  [["stats", "--server", "http://127.0.0.1:9"], 2, /does not answer/],
  [["serve", "--port", "high"], 2, /The port high is not a number/],
];

test("whoever asks wrongly gets exit code 2, and one clear sentence on stderr", async () => {
  for (const [words, code, says] of wrong) {
    const result = await run(...words);
    assert.equal(result.code, code, `${words.join(" ")}: ${result.stderr}`);
    assert.equal(result.stdout, "");
    assert.match(result.stderr, says);
    assert.doesNotMatch(result.stderr, /\n +at /, "no stack");
  }
  const { code, stdout, stderr } = await runProgram(["serach"], here());
  assert.deepEqual([code, stdout, stderr.split("\n")[0]], [2, "", "Error: There is no command serach"]);
});

test("a server is ended by Ctrl-C, and the folder is its own until then", async () => {
  assert.ok(server);
  writeFileSync(join(place.path, "more.json"), makeLogFile([makeRecord(9_000)]));
  const imported = await run("import", "--json", "more.json");
  assert.equal((JSON.parse(imported.stdout) as { eventsStored: number }).eventsStored, 1);
  server.kill("SIGINT");
  assert.equal((await endOf(server)).code, 0);
  assert.equal(readdirSync(data).includes("server.json"), false);
  assert.equal((await run("search", "--count")).stdout, "1502\n");
});

test("a reader that leaves early is no crash", async () => {
  const child = startProgram(["search", "--format", "ndjson", "--limit", "0"], here());
  child.stdout?.once("data", () => child.stdout?.destroy());
  const errors: string[] = [];
  child.stderr?.on("data", (bytes: Buffer) => errors.push(bytes.toString()));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.deepEqual({ code, errors }, { code: 0, errors: [] });
});

test("Ctrl-C during an import ends it cleanly, and the next one completes it", async () => {
  const logs = join(place.path, "many");
  const made = await writeMadeUpFolder(logs, {
    seed: "stop",
    now: Date.UTC(2026, 10, 20, 12),
    days: 1,
    eventsPerDay: 6_000,
    deliveryMinutes: 120,
  });
  const stopped = join(place.path, "stopped");
  const environment = { TRAILWARDEN_DATA: stopped };
  const child = startProgram(["import", "--json", logs], { workingDirectory: place.path, environment });
  while (!hasSpooled(stopped) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  // as a terminal does it: to the whole group
  process.kill(-(child.pid ?? 0), "SIGINT");
  const { code, stderr, stdout } = await endOf(child);
  assert.deepEqual({ code, stderr, stdout }, { code: 130, stderr: "Stopped\n", stdout: "" });
  const again = await runHere(["import", "--json", logs], { workingDirectory: place.path, environment });
  assert.equal(again.code, 0, again.stderr);
  const count = await runHere(["search", "--count"], { workingDirectory: place.path, environment });
  assert.equal(count.stdout, `${made.records}\n`);
});

function hasSpooled(directory: string): boolean {
  try {
    return readdirSync(join(directory, "spool")).length > 0;
  } catch {
    return false;
  }
}
