import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import {
  endOf,
  runProgram,
  startProgram,
  type ProgramOptions,
  type ProgramRun,
} from "../../../test/fixtures/program.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { ensureCollectionWiring, type CollectionWiring } from "../../sandbox/index.ts";
import { openSandbox, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { LedgerEntryAnswer, SetAsideAnswer, SourceAnswer, TestMessage } from "../../server/index.ts";
import { openState } from "../../state/index.ts";
import { runHere, serveHere, type ServerHere } from "../command-line.fixture.ts";

let aws: TestSandbox;
let wiring: CollectionWiring;
let place: TemporaryFolder;
let data: string;
let server: ServerHere | undefined;

before(async () => {
  place = makeTemporaryFolder();
  data = join(place.path, "data");
  aws = await openSandbox();
  wiring = await ensureCollectionWiring(aws.sandbox);
});
after(async () => {
  await server?.end();
  await aws[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

function here(): ProgramOptions {
  const { accessKeyId, secretAccessKey } = wiring.credentials;
  return {
    workingDirectory: place.path,
    environment: {
      TRAILWARDEN_DATA: data,
      MY_KEY: accessKeyId,
      MY_SECRET: secretAccessKey,
      ANOTHER_SECRET: "nonsense",
    },
  };
}

async function run(...words: string[]): Promise<ProgramRun> {
  return runHere(words, here());
}

const secretsFrom = (variable: string) => [
  ...["--secret", "accessKeyId=MY_KEY"],
  ...["--secret", `secretAccessKey=${variable}`],
];
const queueOptions = () => [
  ...["--queue-url", wiring.queueUrl, "--region", wiring.region, "--endpoint", aws.sandbox.url],
  ...["--account-id", "1234-5678 9012", "--only-accounts", "1111-2222-3333", "--only-accounts", wiring.accountId],
];

async function readSource(): Promise<SourceAnswer> {
  const { stdout } = await run("source", "list", "--json");
  const [source] = (JSON.parse(stdout) as { sources: SourceAnswer[] }).sources;
  assert.ok(source);
  return source;
}

test("without a server a source is looked at and added, and it is said who will collect", async () => {
  const added = await run("source", "add", "queue", "prod", ...queueOptions(), ...secretsFrom("MY_SECRET"));
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /^prod +queue +Waiting\n$/);
  assert.match(added.stderr, /✓ The queue is there/);
  assert.match(added.stderr, /No server runs on this data folder: sources begin to collect when one does/);
  const source = await readSource();
  assert.deepEqual(source.settings["onlyAccounts"], ["111122223333", wiring.accountId]);
  assert.equal(source.settings["accountId"], "123456789012");
  assert.ok(!JSON.stringify(source).includes(wiring.credentials.secretAccessKey));
  const again = await run("source", "aside", "prod", "--send-again");
  assert.equal(again.code, 2);
  assert.match(again.stderr, /Nobody would take the messages/);
});

test("a server collects from what was added before it", async () => {
  server = await serveHere(here());
  const sts = await aws.client("sts");
  await sts.call("GetCallerIdentity", {});
  await aws.sandbox.delivery.deliverNow();
  let source = await readSource();
  while (source.status !== "online") {
    assert.equal(source.status, "waiting", source.sentence);
    await pause(100);
    source = await readSource();
  }
});

test("a source that AWS refuses is not added, unless it is forced, and ends with 3", async () => {
  const words = ["add", "queue", "odd", ...queueOptions(), ...secretsFrom("ANOTHER_SECRET")];
  const refused = await run("source", ...words);
  assert.deepEqual([refused.code, refused.stdout], [3, ""], refused.stderr);
  assert.match(refused.stderr, /^✗ .*\n {2}.*\n {2}\(.*\)\nIt was not added/);
  assert.doesNotMatch(refused.stderr, /nonsense/);
  const forced = await run("source-add", ...words.slice(1), "--force", "--json");
  assert.equal(forced.code, 0);
  assert.equal((JSON.parse(forced.stdout) as { source: SourceAnswer }).source.name, "odd");
  const checked = await run("source", "check", "queue", ...queueOptions(), ...secretsFrom("ANOTHER_SECRET"), "--json");
  assert.equal(checked.code, 1);
  assert.equal((JSON.parse(checked.stdout) as { isGood: boolean }).isGood, false);
  assert.equal((await run("source", "remove", "odd")).code, 0);
});

const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [["source"], /Say what about source\n +There is source add,/],
  [["source", "lst"], /There is no command source lst\n +Did you mean source list\?/],
  [["source", "add"], /Say which kind of source/],
  [["source", "add", "tape", "x"], /no kind of source called tape\n +One of queue,/],
  [["source", "add", "queue"], /Say what the source is to be called/],
  [["source", "add", "queue", "a", "b"], /Say a kind and one name/],
  [["source", "add", "queue", "a", "--quue-url", "x"], /--quue-url'\n +Did you mean --queue-url\?/],
  [["source", "add", "queue", "a", "--region", "eu-central-1"], /queueUrl/],
  [["source", "add", "queue", "a", "--secret", "password"], /keeps no secret of that name/],
  [
    ["source", "add", "queue", "a", "--secret", "accessKeyId=AKIAREALSECRET"],
    /environment variable that --secret accessKeyId= names/,
  ],
  [["source", "add", "queue", "a", "--audit-every-seconds", "often"], /--audit-every-seconds often is no number/],
  [["source", "show"], /Say which source/],
  [["source", "show", "nobody"], /There is no source nobody/],
  [["source", "test", "prod", "--wait", "long"], /--wait long is no whole number/],
  [["source", "aside", "prod", "--drop"], /Say which messages to drop/],
  [["ledger", "--limit", "many"], /limit many is not a whole number/],
  [["ledger", "--from", "yesterdayish"], /yesterdayish/],
  [["filter", "add", "x"], /Say which events it drops/],
  [["filter", "remove", "x"], /There is no filter x/],
];

test("whoever asks wrongly gets exit code 2 and one clear sentence, which holds no secret", async () => {
  for (const [words, says] of wrong) {
    const { code, stdout, stderr } = await run(...words);
    assert.deepEqual([code, stdout], [2, ""], `${words.join(" ")}: ${stderr}`);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /AKIAREALSECRET|\n +at /);
  }
  const { code, stdout, stderr } = await runProgram(["source", "add", "queue", "a", "--secret", "accessKeyId"], here());
  assert.deepEqual([code, stdout], [2, ""], stderr);
  assert.match(stderr, /Standard input ends before the secret accessKeyId/);
});

test("messages that were set aside are listed, printed whole and dropped, and a source is not removed over them", async () => {
  {
    await using state = await openState({ directory: data });
    for (const id of ["a", "b", "c"]) {
      const message = {
        id,
        source: "prod",
        body: `{"strange":"\u001b[31m${id}"}`,
        reason: "It names\u0007 no log file",
      };
      await state.sources.setAside({ ...message, received: 3, setAsideAt: 1_700_000_000_000 });
    }
  }
  const listed = await run("source", "aside", "prod");
  assert.match(
    listed.stdout,
    /^id +set aside +received +reason\na +2023-11-14T22:13:20\.000Z +3 +It names␇ no log file\n/,
  );
  const bodies = (await run("source", "aside", "prod", "--body")).stdout.trim().split("\n");
  assert.deepEqual(
    bodies.map((line) => (JSON.parse(line) as SetAsideAnswer).body),
    ["a", "b", "c"].map((id) => `{"strange":"\u001b[31m${id}"}`),
  );
  const removed = await run("source", "remove", "prod");
  assert.equal(removed.code, 2);
  assert.match(removed.stderr, /3 messages of the source prod would be gone with it/);
  assert.equal((await run("source", "aside", "prod", "--drop", "b")).stderr, "1 message dropped\n");
  assert.equal((await run("source", "aside", "prod", "--drop", "--all")).stderr, "2 messages dropped\n");
  assert.equal((await run("source", "aside", "prod")).stderr, "Nothing is set aside\n");
});

test("filters are added, listed and removed", async () => {
  const added = await run("filter", "add", "decrypts", "eventName:Decrypt", "user:backup");
  assert.equal(added.stdout, "decrypts  eventName:Decrypt user:backup\n");
  assert.match(
    (await run("filter", "list")).stdout,
    /^name +dropped +last +query\ndecrypts +0 +— +eventName:Decrypt user:backup\n$/,
  );
  const again = await run("filter", "add", "decrypts", "eventName:x");
  assert.deepEqual([again.code, again.stdout], [2, ""]);
  assert.equal((await run("filter", "remove", "decrypts")).code, 0);
  assert.deepEqual(await run("filter", "list"), {
    stdout: "",
    stderr: "There are no filters: every event is stored\n",
    code: 0,
  });
});

test("a source is tested into search, rests and goes on, and the ledger and the accounts say what came", async () => {
  const stopping = new AbortController();
  const delivering = deliverUntil(stopping.signal);
  const tested = await run("source", "test", "prod", "--wait", "60", "--json");
  stopping.abort();
  await delivering;
  assert.equal(tested.code, 0, tested.stderr);
  const steps = tested.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as TestMessage);
  assert.deepEqual(
    steps.map(({ kind }) => kind).filter((kind) => kind !== "finding" && kind !== "waiting"),
    ["called", "searchable", "done"],
  );
  const found = steps.find((step) => step.kind === "searchable");
  assert.match((await run("show", found?.eventId ?? "")).stdout, /GetCallerIdentity/);
  assert.match((await run("source", "list")).stdout, /^name +kind +status .*\nprod +queue +Online /);
  assert.match((await run("source", "show", "prod")).stdout, /sqs:ReceiveMessage +to receive messages\n/);
  assert.match((await run("ledger")).stdout, /^complete +100 %, \d+ of \d+ log files?\n/);
  assert.deepEqual(await run("ledger", "--missing"), {
    stdout: "",
    stderr: "Nothing is missing: all that was heard of is read\n",
    code: 0,
  });
  assert.match((await run("accounts")).stdout, /^account .*\n111122223333 /);
  assert.match((await run("source", "pause", "prod")).stdout, /^prod {2}Paused: /);
  assert.match((await run("source", "resume", "prod")).stdout, /^prod {2}Online: /);
  assert.equal((await run("source", "remove", "prod")).code, 0);
  assert.match((await run("source", "list")).stderr, /There are no sources yet/);
  assert.match((await run("ledger")).stdout, /^complete +100 %/);
});

async function deliverUntil(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await aws.sandbox.delivery.deliverNow();
    await pause(500, undefined, { signal }).catch(() => undefined);
  }
}

test("what fails stands in the ledger by name, ends with 1, and can be fetched again", async () => {
  const name = `s3://${wiring.bucket}/gone.json.gz`;
  {
    await using state = await openState({ directory: data });
    const object = { name, bucket: wiring.bucket, key: "gone.json.gz", source: "prod", accountId: "111122223333" };
    const at = Date.UTC(2026, 10, 20);
    await state.ledger.note("noticed", [{ ...object, region: "eu-central-1", kind: "unknown", hour: at }], at);
    await state.ledger.markFailing([{ name, problem: "It is not there\u001b[2J", nextTryAt: at + 1 }], at);
  }
  const shown = await run("ledger", "--missing", "--account", "1111-2222-3333");
  assert.equal(shown.code, 1, shown.stderr);
  assert.match(
    shown.stdout,
    /^state +tries .*\nfailing +1 +2026-11-20 00:00:00 +It is not there␛\[2J +s3:\/\/[^ ]+\/gone\.json\.gz\n$/,
  );
  const json = await run("ledger", "--missing", "--json");
  assert.equal((JSON.parse(json.stdout) as LedgerEntryAnswer).name, name);
  assert.equal((await run("ledger", "--fetch-again", "--source", "prod")).stdout, "1 file will be fetched again\n");
  const { stdout } = await run("ledger", "--json", "--account", "1111-2222-3333");
  assert.equal((JSON.parse(stdout) as { totals: { waiting: number } }).totals.waiting, 1);
});

test("a list that is watched is shown until Ctrl-C, which is no failure", async () => {
  const child = startProgram(["source", "list", "--watch", "--json"], here());
  child.stdout?.once("data", () => child.kill("SIGINT"));
  const { code, stdout, stderr } = await endOf(child);
  assert.deepEqual([code, stdout, stderr], [0, '{"sources":[]}\n', ""]);
});
