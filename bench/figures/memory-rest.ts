import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { EventStore } from "../../src/store/index.ts";
import { BenchError } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { cpuSecondsOf, descendantsOf, memoryOf, type Memory } from "../harness/process-figures.ts";
import { searchOver, startServerProcess } from "../harness/running-server.ts";

const megabyte = 1e6;
/** At rest when so much processor time at the most was used in each of so many looks in a row. */
const rest = { lookMs: 5_000, looks: 6, looksMax: 120, cpuSecondsMax: 0.5 };

/** What the server keeps in memory when nobody asks anything, and nothing waits to be judged or verified. */
export const memoryRestFigure = defineFigure({
  name: "memory-rest",
  summary: "Megabytes resident, server and engine together, at rest after a start and a search",
  target: [{ of: "value", atMost: 600 }],
  async run(stage) {
    const directory = await stage.importedStore();
    await markJudged(directory);
    await using server = await startServerProcess(["--data", directory], stage.workDirectory);
    await searchOver(server.url, stage.corpus.truth.needles.number.text);
    const looks = await waitForRest(server.processId);
    const engine = descendantsOf(server.processId).map(memoryHeld);
    const own = memoryHeld(server.processId);
    const all = [own, ...engine];
    const value = sumOf(all, "residentBytes") / megabyte;
    const yardstickValue = (await idleNode()).residentBytes / megabyte;
    return {
      value,
      unit: "MB",
      yardstick: "an idle Node process",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        serverMegabytes: own.residentBytes / megabyte,
        engineMegabytes: sumOf(engine, "residentBytes") / megabyte,
        peakMegabytes: sumOf(all, "peakBytes") / megabyte,
        secondsUntilMeasured: (looks * rest.lookMs) / 1000,
      },
    };
  },
});

/** What the corpus brought would be judged for a quarter of an hour. */
async function markJudged(directory: string): Promise<void> {
  await using store = await EventStore.open({ directory, now: Date.now });
  await store.arrivals.markAll();
}

/** Returns after how many looks it rested. */
async function waitForRest(processId: number): Promise<number> {
  const used = () => [processId, ...descendantsOf(processId)].reduce((sum, each) => sum + (cpuSecondsOf(each) ?? 0), 0);
  let [before, quiet] = [used(), 0];
  for (let look = 1; look <= rest.looksMax; look++) {
    await pause(rest.lookMs);
    const after = used();
    quiet = after - before <= rest.cpuSecondsMax ? quiet + 1 : 0;
    before = after;
    if (quiet === rest.looks) return look;
  }
  throw new BenchError("The server does not come to rest", { code: "bench-answer-wrong", fault: "ours" });
}

function sumOf(all: readonly Memory[], what: keyof Memory): number {
  return all.reduce((sum, memory) => sum + memory[what], 0);
}

export function memoryHeld(processId: number): Memory {
  const memory = memoryOf(processId);
  if (memory) return memory;
  throw new BenchError("The memory of a process can be read on Linux only", {
    code: "bench-not-possible",
    fault: "user",
    help: "Leave this figure out with --only",
  });
}

export async function idleNode(): Promise<Memory> {
  const program = "process.stdout.write('ready'); setInterval(() => {}, 1e6)";
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const memory = memoryHeld(child.pid ?? 0);
  const gone = once(child, "exit");
  child.kill();
  await gone;
  return memory;
}
