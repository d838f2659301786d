import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../../src/sandbox/index.ts";
import { openSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { readServerFile } from "../../src/config/index.ts";
import { openState } from "../../src/state/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { startProgram } from "../fixtures/program.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { countWhenThereIsTime } from "../fixtures/when-there-is-time.ts";
import { manager } from "./collecting.fixture.ts";
import { makeStorm, recordsInFile, stormBucket } from "./storm.fixture.ts";

/** Files of the storm; a hundred thousand notices take about ten minutes: TRAILWARDEN_STORM_FILES=75000. */
const files = countWhenThereIsTime("TRAILWARDEN_STORM_FILES", 300);
const notices = Math.round((files * 4) / 3);

test(`${notices} notices, lost, repeated, delayed and mixed up, with a collector that is killed and two at once`, async (t) => {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const sandbox = stack.use(await openSandbox());
  const [s3, sqs] = [
    await sandbox.client("s3", { accountId: manager }),
    await sandbox.client("sqs", { accountId: manager }),
  ];
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
  await s3.call("CreateBucket", { Bucket: stormBucket, CreateBucketConfiguration });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "storm" });
  const storm = makeStorm({
    s3,
    sqs,
    queueUrl: QueueUrl,
    seed: "storm",
    files,
    notices,
    lostShare: 0.01,
    earlyShare: 0.02,
    day: Date.now(),
  });
  const directory = join(folder.path, "data");
  {
    await using state = await openState({ directory });
    const { accessKeyId, secretAccessKey } = sandbox.sandbox.administrator(manager);
    for (const name of ["first", "second"]) {
      const settings = {
        queueUrl: QueueUrl,
        region: "eu-central-1",
        endpoint: sandbox.sandbox.url,
        auditEverySeconds: 5,
      };
      await state.sources.add({ name, type: "queue", settings, isPaused: false, createdAt: 0, changedAt: 0 });
      await state.sources.setSecrets(name, { accessKeyId, secretAccessKey });
    }
  }

  const random = createRandom("kills");
  const collector = stack.use(new KilledCollector(directory, folder.path));
  await collector.start();
  let isSending = true;
  const killing = (async () => {
    while (isSending || collector.kills < 3) {
      await pause(1_500 + random.int(2_500));
      await collector.kill();
      await collector.start();
    }
  })();
  const sent = await storm.send(() => pause(0));
  isSending = false;
  await killing;
  t.diagnostic(`${sent.notices} notices in ${sent.messages} messages, ${collector.kills} kills`);
  assert.ok(collector.kills >= 3);

  // In the middle of it: just those files are missing that were told of and are not there yet.
  const isMiddle = ({ known, read }: LedgerAnswer["totals"]) => known === files && read === files - storm.early.size;
  await until(async () => isMiddle((await collector.ledger()).totals), collector);
  const missing = new Set((await collector.missing()).map(({ name }) => name));
  assert.equal(missing.size, storm.early.size);
  for (const key of storm.early) assert.ok(missing.has(`s3://${stormBucket}/${key}`), key);

  await storm.putEarly();
  await until(async () => (await collector.ledger()).totals.read === files, collector);
  const { totals, hours } = await collector.ledger();
  assert.deepEqual([totals.completeness, totals.known, totals.waiting, totals.failing], [1, files, 0, 0]);
  assert.equal(
    hours.reduce((sum, { read }) => sum + read, 0),
    files,
  );
  await collector.stop();

  await using store = await EventStore.open({ directory, now: Date.now });
  const seen = new Map<string, number>();
  for await (const record of store.streamRaw({ predicate: { kind: "all" }, order: "oldest" })) {
    const { eventID } = JSON.parse(record.toString()) as { eventID: string };
    seen.set(eventID, (seen.get(eventID) ?? 0) + 1);
  }
  assert.equal(seen.size, files * recordsInFile, "none is missing");
  assert.ok(
    [...seen.values()].every((times) => times === 1),
    "each is stored once",
  );
});

interface LedgerAnswer {
  readonly totals: {
    readonly known: number;
    readonly read: number;
    readonly waiting: number;
    readonly failing: number;
    readonly completeness: number | null;
  };
  readonly hours: readonly { readonly read: number }[];
}

interface MissingAnswer {
  readonly entries: readonly { readonly name: string }[];
  readonly next: string | null;
}

/** A server on a data folder that is killed, with its engine, and started again. */
class KilledCollector implements AsyncDisposable {
  readonly #directory: string;
  readonly #workingDirectory: string;
  #child: ReturnType<typeof startProgram> | undefined;
  #said = "";
  kills = 0;

  constructor(directory: string, workingDirectory: string) {
    this.#directory = directory;
    this.#workingDirectory = workingDirectory;
  }

  async start(): Promise<void> {
    const child = startProgram(["serve", "--data", this.#directory, "--port", "0"], {
      workingDirectory: this.#workingDirectory,
      environment: { PATH: process.env["PATH"] ?? "" },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#said = (this.#said + text).slice(-4_000);
      });
    }
    for (let turn = 0; turn < 2_000; turn++) {
      const file = await readServerFile(this.#directory);
      if (file?.processId === child.pid) return;
      assert.equal(child.exitCode, null, this.#said);
      await pause(50);
    }
    assert.fail(`The server did not start: ${this.#said}`);
  }

  async kill(): Promise<void> {
    this.kills++;
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGINT");
  }

  async ledger(): Promise<LedgerAnswer> {
    return (await this.#ask("/api/v1/collect/ledger?limit=10000")) as LedgerAnswer;
  }

  async missing(): Promise<MissingAnswer["entries"]> {
    const entries: MissingAnswer["entries"][number][] = [];
    for (let after = ""; ;) {
      const page = (await this.#ask(
        `/api/v1/collect/ledger/missing?limit=500${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`,
      )) as MissingAnswer;
      entries.push(...page.entries);
      if (page.next === null) return entries;
      after = page.next;
    }
  }

  get said(): string {
    return this.#said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end("SIGKILL");
  }

  async #ask(path: string): Promise<unknown> {
    const file = await readServerFile(this.#directory);
    return (await fetch(`${file?.url ?? ""}${path}`)).json();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    // SIGKILL goes to the engine's process too, as when a machine dies.
    process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
    await ended;
  }
}

async function until(isSo: () => Promise<boolean>, collector: KilledCollector): Promise<void> {
  const end = Date.now() + 240_000 + files * 10;
  while (Date.now() < end) {
    if (await isSo()) return;
    await pause(500);
  }
  assert.fail(`It never was so: ${JSON.stringify((await collector.ledger()).totals)} ${collector.said}`);
}
