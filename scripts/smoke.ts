/**
 * Starts the program that lies in a folder, on made-up events, and asks it what a person would ask first: the page and
 * a search. `node scripts/smoke.ts FOLDER`; ends with 0 when all of it worked.
 */
import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const folder = resolve(process.argv[2] ?? ".");
const startSecondsMax = 120;
const workingDirectory = await mkdtemp(join(tmpdir(), "trailwarden-smoke-"));
const began = performance.now();
const program = spawn(process.execPath, [join(folder, "src/bin.ts"), "serve", "--made-up-if-empty", "--port", "0"], {
  cwd: workingDirectory,
  stdio: ["ignore", "pipe", "inherit"],
});
const exited = new Promise<number | null>((done) => program.once("exit", done));
const limit = setTimeout(() => program.kill("SIGKILL"), startSecondsMax * 1000);

try {
  const url = await readAddress();
  const seconds = (performance.now() - began) / 1000;
  const page = await fetch(url);
  assert.match(await page.text(), /<div id="root">/, "The page is not the console");
  const found = await fetch(`${url}api/v1/search/events?query=eventName:StopLogging`);
  const { events } = (await found.json()) as { events: { eventName: string }[] };
  assert.deepEqual(
    events.map((event) => event.eventName),
    ["StopLogging"],
  );
  console.log(`Started with made-up events in ${seconds.toFixed(1)} s; the page and a search answer`);
} finally {
  program.kill("SIGTERM");
  const code = await exited;
  clearTimeout(limit);
  await rm(workingDirectory, { recursive: true, force: true });
  assert.equal(code, 0, "The program did not end well");
}

async function readAddress(): Promise<string> {
  for await (const line of createInterface({ input: program.stdout })) {
    const address = /Trailwarden is at (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("The program ended before it said where it is");
}
