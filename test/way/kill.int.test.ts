import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createRandom, writeMadeUpFolder } from "../../src/sandbox/index.ts";
import type { ImportSummary } from "../../src/collect/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { testNow } from "../fixtures/imported-store.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";
import { countWhenThereIsTime } from "../fixtures/when-there-is-time.ts";

const program = fileURLToPath(new URL("./small-batches.fixture.ts", import.meta.url));
const most = countWhenThereIsTime("TRAILWARDEN_KILLS", 3);
// Twenty of them where there is time for ten in a row.
const killsInARow = most < 10 ? [3, 6].filter((kills) => kills <= most) : [1, 3, 6, 10];
const batchBytes = 60_000;
/** So many batches may be stored before a kill. */
const batchesMax = 5;
const delayMsMax = 100;
/** Files that lie there twice, so that some records are duplicates. */
const copied = 12;

let place: TemporaryFolder;
let folder: string;
let files: number;
let undisturbed: Held;
let cutShort = 0;

before(async () => {
  place = makeTemporaryFolder();
  folder = join(place.path, "logs");
  const made = await writeMadeUpFolder(folder, {
    seed: "kill",
    now: testNow,
    days: 1,
    eventsPerDay: 400,
    deliveryMinutes: 180,
  });
  const some = globSync("**/*.gz", { cwd: folder }).toSorted().slice(0, copied);
  for (const name of some) copyFileSync(join(folder, name), join(folder, `copy-of-${basename(name)}`));
  files = made.files + copied;
  const directory = join(place.path, "undisturbed");
  const summary = await finish(directory);
  assert.equal(summary.eventsStored, made.records);
  assert.ok(summary.duplicates > 0);
  undisturbed = await readHeld(directory);
});
after(() => place[Symbol.dispose]());

for (const [round, kills] of killsInARow.entries()) {
  test(`an import killed ${kills} times and then left alone holds what an undisturbed one holds`, async () => {
    const random = createRandom(`kill/${round}`);
    const directory = join(place.path, `killed-${round}`);
    let wasCutShort = 0;
    for (let kill = 0; kill < kills; kill++) {
      const batches = random.int(batchesMax);
      if (await killAfter(directory, batches, random.int(delayMsMax))) wasCutShort++;
    }
    const summary = await finish(directory);
    assert.equal(summary.recordsRead, summary.eventsStored + summary.duplicates + summary.recordsRejected);
    assert.equal(summary.filesRead + summary.filesKnown, files);
    const held = await readHeld(directory);
    assert.deepEqual(held, undisturbed);
    cutShort += wasCutShort;
  });
}

test("most of the kills came before the end", () => {
  const kills = killsInARow.reduce((sum, count) => sum + count, 0);
  assert.ok(cutShort >= kills / 2, `only ${cutShort} of ${kills} did`);
});

/** Everything that must not depend on how often an import was begun. */
interface Held {
  readonly events: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly logFiles: number;
  readonly storedOfFiles: number;
  readonly recordsHash: string;
  readonly distinctRecords: number;
}

async function readHeld(directory: string): Promise<Held> {
  await using store = await EventStore.open({ directory, now: () => testNow });
  const hash = createHash("sha256");
  const distinct = new Set<string>();
  for await (const record of store.streamRaw({ predicate: { kind: "all" }, order: "oldest" })) {
    hash.update(record);
    distinct.add(createHash("sha256").update(record).digest("hex"));
  }
  const { events, duplicates, rejected, logFiles } = await store.statistics();
  const listed = await store.logFiles(100_000);
  return {
    events,
    duplicates,
    rejected,
    logFiles,
    storedOfFiles: listed.reduce((sum, file) => sum + file.stored, 0),
    recordsHash: hash.digest("hex"),
    distinctRecords: distinct.size,
  };
}

function start(directory: string): ChildProcess {
  return spawn(process.execPath, [program, directory, folder, String(batchBytes)], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
}

async function finish(directory: string): Promise<ImportSummary> {
  for await (const line of linesOf(start(directory))) {
    if (line.startsWith("done ")) return JSON.parse(line.slice("done ".length)) as ImportSummary;
  }
  throw new Error("The import ended without a summary");
}

/** Kills the program and its engine a moment after so many batches are stored; false when it was faster. */
async function killAfter(directory: string, batches: number, delayMs: number): Promise<boolean> {
  const child = start(directory);
  const closed = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once("close", (_code, signal) => resolve(signal)),
  );
  const counts = new Set<string>();
  for await (const line of linesOf(child)) {
    counts.add(line.split(" ").at(-1) ?? "");
    if (line.startsWith("done ") || counts.size <= batches) continue;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    break;
  }
  killGroup(child);
  return (await closed) === "SIGKILL";
}

function linesOf(child: ChildProcess): AsyncIterable<string> {
  if (!child.stdout) throw new Error("The program has no stdout");
  return createInterface({ input: child.stdout });
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
