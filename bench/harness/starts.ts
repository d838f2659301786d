import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { loadConsole, startServerProcess } from "./running-server.ts";
import type { Stage } from "./stage.ts";

const run = promisify(execFile);

/** Seconds from the command to the console's page with its first answer. */
export interface Starts {
  /** In a folder with nothing in it: made-up events are made and stored first. */
  readonly first: readonly number[];
  /** In the same folder once more. */
  readonly second: readonly number[];
  /** A Node process that does nothing, from start to end. */
  readonly bare: readonly number[];
}

/** What `npm start` does, without npm itself, each time in a folder of its own. */
export async function starts(stage: Stage): Promise<Starts> {
  return stage.once("starts", async () => {
    const taken = { first: new Array<number>(), second: new Array<number>(), bare: new Array<number>() };
    for (let turn = 1; turn <= stage.repetitions; turn++) {
      stage.talk(`start ${turn} of ${stage.repetitions}`);
      const directory = await stage.freshDirectory(`start-${turn}`);
      taken.bare.push(await secondsFor(() => run(process.execPath, ["-e", "0"])));
      taken.first.push(await secondsToConsole(directory));
      taken.second.push(await secondsToConsole(directory));
      await rm(directory, { recursive: true, force: true });
    }
    return taken;
  });
}

async function secondsToConsole(directory: string): Promise<number> {
  const began = performance.now();
  await using server = await startServerProcess(["--made-up-if-empty"], directory);
  await loadConsole(server.url);
  return (performance.now() - began) / 1000;
}

async function secondsFor(what: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await what();
  return (performance.now() - began) / 1000;
}
