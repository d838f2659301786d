import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { BenchError } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { descendantsOf, memoryOf, type Memory } from "../harness/process-figures.ts";
import { searchOver, startServerProcess } from "../harness/running-server.ts";

const megabyte = 1e6;
/** Long enough for the engine to give back what the search needed, as it would at any rest. */
const restMs = 5_000;

/** What the server keeps in memory when nobody asks anything. */
export const memoryRestFigure = defineFigure({
  name: "memory-rest",
  summary: "Megabytes resident, server and engine together, after a start and a search",
  target: [{ of: "value", atMost: 600 }],
  async run(stage) {
    const directory = await stage.importedStore();
    await using server = await startServerProcess(["--data", directory], stage.workDirectory);
    await searchOver(server.url, stage.corpus.truth.needles.number.text);
    await pause(restMs);
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
      },
    };
  },
});

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
