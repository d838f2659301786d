import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { ProgramRun } from "../../../test/fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { runHere, serveHere, type ServerHere } from "../command-line.fixture.ts";

let place: TemporaryFolder;
let url: string;
let trailwarden: ServerHere | undefined;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(request.url === "/broken" ? 503 : 200).end("taken\u001b[31m");
});

before(async () => {
  place = makeTemporaryFolder();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  trailwarden = await serveHere({
    workingDirectory: place.path,
    environment: { TRAILWARDEN_DATA: `${place.path}/data` },
  });
});
after(async () => {
  await trailwarden?.end();
  server.closeAllConnections();
  server.close();
  place[Symbol.dispose]();
});

function run(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
  const environment = { TRAILWARDEN_DATA: `${place.path}/data`, HOOK_SECRET: "a secret of the test", ...more };
  return runHere(["notify", ...words], { workingDirectory: place.path, environment });
}

test("a channel is added with its secrets from the environment, tried, put on a route, and looked up in the log", async () => {
  const adding = [
    "channel-add",
    "webhook",
    "ops",
    "--set",
    "messagesPerHour=9",
    "--secret",
    "url=HOOK",
    "--secret",
    "secret=HOOK_SECRET",
  ];
  const added = await run([...adding, "--json"], { HOOK: url });
  assert.equal(added.code, 0, added.stderr);
  assert.deepEqual((JSON.parse(added.stdout) as { settings: object }).settings, {
    messagesPerHour: 9,
    mayBePlain: false,
  });
  assert.doesNotMatch(added.stdout + added.stderr, /127\.0\.0\.1|a secret of/);
  assert.match(added.stderr, /notify route add high-or-worse --channel ops --severity high/);

  const tried = await run(["test", "ops"]);
  assert.deepEqual([tried.code, tried.stdout], [0, "✓ Delivered: 200 taken [31m\n"]);
  await run(["channel-add", "webhook", "ops", "--secret", "url=HOOK"], { HOOK: `${url}/broken` });
  const failed = await run(["test", "ops"]);
  assert.deepEqual([failed.code, failed.stdout], [1, "✗ Not delivered: 503 taken [31m\n"]);

  const route = ["route-add", "office", "--channel", "ops", "--severity", "medium", "--kind", "incident"];
  const hours = [
    "--hours",
    "sat-mon/08:00-18:00",
    "--zone",
    "Europe/Berlin",
    "--group",
    "5m",
    "--account",
    "1111-2222-3333",
  ];
  const routed = await run([...route, ...hours, "--json"]);
  const { schedule, groupMs, accountIds } = JSON.parse(routed.stdout) as Record<string, unknown>;
  assert.deepEqual([groupMs, accountIds], [300_000, ["111122223333"]]);
  assert.deepEqual(schedule, { timeZone: "Europe/Berlin", hours: [{ days: [6, 7, 1], from: "08:00", to: "18:00" }] });
  assert.match(
    (await run(["routes"])).stdout,
    /^office +ops +medium or worse +incident; accounts 111122223333 +days 6,7,1/m,
  );
  assert.match((await run(["log", "--status", "given up"])).stdout, /ops +given up .* Test +503 taken/);
  assert.match((await run(["channels"])).stdout, /^ops +webhook +given up/m);

  assert.equal((await run(["route-remove", "office"])).code, 0);
  assert.equal((await run(["channel-remove", "ops"])).code, 0);
  assert.match((await run(["channels"])).stderr, /nobody is told of anything/);
});

test("what is asked wrongly is refused before anything is sent", async () => {
  for (const [words, help] of [
    [["channel-add", "pigeon", "ops"], /One of email, slack/],
    [["channel-add", "slack", "ops", "--set", "colour=red"], /Its settings are messagesPerHour/],
    [["channel-add", "slack", "ops", "--secret", "password"], /A channel of the kind slack keeps no secret/],
    [["route-add", "x", "--quiet", "late"], /Write --quiet 22:00-07:00/],
    [["route-add", "x", "--group", "5 minutes"], /Write 30s, 5m or 1h/],
    [["test"], /Say which channel/],
  ] as const) {
    const { code, stderr } = await run(words);
    assert.equal(code, 2, words.join(" "));
    assert.match(stderr, help);
  }
});
