import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeLogFile } from "../../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { countWhenThereIsTime } from "../../../test/fixtures/when-there-is-time.ts";
import { openState } from "../../state/index.ts";
import { EventStore } from "../../store/index.ts";
import { made, start } from "./detected.fixture.ts";
import type { MadeRecord } from "./memory-store.fixture.ts";

const program = fileURLToPath(new URL("./killed.fixture.ts", import.meta.url));
const judgedAt = start + 48 * 3_600_000;
const kills = countWhenThereIsTime("TRAILWARDEN_DETECTION_KILLS", 3);

test("detection killed at any moment, with late and repeated log files, finds what an undisturbed run finds", async () => {
  using place = makeTemporaryFolder();
  const random = randomOf(20_261_128);
  const records = makeRecords(random, 300);
  const ordered = writeFolder(place.path, "ordered", [
    records.toSorted((a, b) => (a.eventTime < b.eventTime ? -1 : 1)),
  ]);
  const undisturbed = join(place.path, "undisturbed");
  await finish(undisturbed, [ordered]);
  const expected = await readFindings(undisturbed);
  for (const rule of ["key-made", "from-net", "many", "broken-in", "wide", "total"])
    assert.ok(
      expected.some((line) => line.startsWith(`${rule} `)),
      `${rule} found nothing`,
    );
  let cutShort = 0;
  const arrived = shuffled([...records, ...records.slice(0, 60)], random);
  const folders = chunked(arrived, 4).map((some, index) => writeFolder(place.path, `late-${index}`, chunked(some, 3)));
  const directory = join(place.path, "killed");
  for (let kill = 0; kill < kills; kill += 1) {
    const when = { lines: 1 + int(random, 8), delayMs: int(random, 60) };
    cutShort += (await killAfter(directory, folders, when)) ? 1 : 0;
  }
  await finish(directory, folders);
  assert.deepEqual(await readFindings(directory), expected);
  assert.ok(cutShort >= 2, `only ${cutShort} kills came before the end`);
});

/** Bursts of some users, hours apart, among others. */
function makeRecords(random: () => number, count: number): readonly MadeRecord[] {
  const names = ["CreateAccessKey", "Refused", "Refused", "Entered", "Read", "Read", "Rare", "ListUsers"];
  return Array.from({ length: count }, (_, index) => {
    const seconds = int(random, 24) * 3_600 + int(random, 900);
    const fields = {
      user: `user-${int(random, 8)}`,
      thing: int(random, 5),
      size: int(random, 40),
      sourceIPAddress: int(random, 40) === 0 ? "198.51.100.9" : "192.0.2.1",
    };
    return made(index + 1, names[int(random, names.length)] ?? "", seconds, fields);
  });
}

function writeFolder(place: string, name: string, files: readonly (readonly MadeRecord[])[]): string {
  const folder = join(place, name);
  mkdirSync(folder);
  for (const [index, records] of files.entries()) {
    writeFileSync(join(folder, `${String(index).padStart(3, "0")}.json`), makeLogFile(records));
  }
  return folder;
}

/** What was found, without the names that findings were given by chance. */
async function readFindings(directory: string): Promise<readonly string[]> {
  await using store = await EventStore.open({ directory: join(directory, "data"), now: Date.now });
  await using state = await openState({ directory: join(directory, "data") });
  assert.deepEqual(await store.arrivals.countWaiting(), { logFiles: 0, events: 0 });
  assert.deepEqual(await state.findings.spans(), []);
  const lines: string[] = [];
  for (const { id, rule, group, from, to, hits, actor } of await state.findings.list({}, { limit: 100_000 })) {
    const events = (await state.findings.hitsOf(id, 100_000)).flatMap((hit) => hit.events);
    lines.push(`${rule} ${group} ${actor} ${from} ${to} ${hits} ${events.join(" ")}`);
  }
  return lines.toSorted();
}

function run(directory: string, folders: readonly string[], ending: "finish" | "wait"): ChildProcess {
  mkdirSync(directory, { recursive: true });
  const args = [program, directory, folders.join(","), String(judgedAt), ending];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
}

async function finish(directory: string, folders: readonly string[]): Promise<void> {
  const child = run(directory, folders, "finish");
  const closed = closing(child);
  const lines = await Array.fromAsync(linesOf(child));
  await closed;
  assert.equal(lines.at(-1), "done", lines.join("\n"));
}

/** Kills the program and its engine a moment after so many things happened; false when it was faster. */
async function killAfter(
  directory: string,
  folders: readonly string[],
  { lines, delayMs }: { readonly lines: number; readonly delayMs: number },
): Promise<boolean> {
  const child = run(directory, folders, "wait");
  const closed = closing(child);
  let left = lines;
  for await (const line of linesOf(child)) {
    left -= 1;
    if (line === "done") return closed.then(() => false);
    if (left > 0) continue;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    break;
  }
  try {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
  return (await closed) === "SIGKILL";
}

function closing(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
}

function linesOf(child: ChildProcess): AsyncIterable<string> {
  assert.ok(child.stdout !== null);
  return createInterface({ input: child.stdout });
}

function chunked<Item>(items: readonly Item[], count: number): Item[][] {
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

function int(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
