/** One import into a data folder, from call to return, with what it cost and what became of every record. */
import { setTimeout as pause } from "node:timers/promises";
import { importFiles } from "../../src/collect/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { sendResult } from "../harness/child.ts";
import { cpuSecondsOf, memoryOf } from "../harness/process-figures.ts";

export interface ImportResult {
  readonly seconds: number;
  readonly filesKnown: number;
  readonly recordsRead: number;
  readonly eventsStored: number;
  readonly duplicates: number;
  readonly recordsRejected: number;
  readonly filesSkipped: number;
  /** All events in the store afterwards. */
  readonly eventsHeld: number;
  /** Seconds until the engine had no merges and no index left to make, the import included. */
  readonly secondsToQuiet: number;
  readonly bytesOnDisk: number;
  readonly readerCpuSeconds: number;
  readonly engineCpuSeconds: number | undefined;
  readonly engineCpuSecondsToQuiet: number | undefined;
  /** The most that was resident at any time, merges included. */
  readonly readerPeakBytes: number | undefined;
  readonly enginePeakBytes: number | undefined;
}

const [directory = "", files = ""] = process.argv.slice(2);
{
  await using store = await EventStore.open({ directory, now: Date.now });
  const engineId = store.engineProcessId ?? 0;
  const engineBefore = cpuSecondsOf(engineId);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const summary = await importFiles({ paths: [files], workingDirectory: directory }, { store, now: Date.now });
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const engineAfter = cpuSecondsOf(engineId);
  await store.settle();
  const quietAt = await untilQuiet(engineId);
  const engineQuiet = cpuSecondsOf(engineId);
  const { events, bytesOnDisk } = await store.statistics();
  const result: ImportResult = {
    seconds,
    filesKnown: summary.filesKnown,
    recordsRead: summary.recordsRead,
    eventsStored: summary.eventsStored,
    duplicates: summary.duplicates,
    recordsRejected: summary.recordsRejected,
    filesSkipped: summary.filesSkipped.length,
    eventsHeld: events,
    secondsToQuiet: Math.max(seconds, (quietAt - began) / 1000),
    bytesOnDisk,
    readerCpuSeconds: (cpu.user + cpu.system) / 1e6,
    engineCpuSeconds: difference(engineBefore, engineAfter),
    engineCpuSecondsToQuiet: difference(engineBefore, engineQuiet),
    readerPeakBytes: memoryOf(process.pid)?.peakBytes,
    enginePeakBytes: memoryOf(engineId)?.peakBytes,
  };
  sendResult(result);
}
process.disconnect?.();

/** When the engine began to use at most a twenty-fifth of a core, for a second on end; it is waited for two minutes. */
async function untilQuiet(engineId: number): Promise<number> {
  const stepMs = 250;
  const steps = 4;
  const patience = performance.now() + 120_000;
  let quiet = 0;
  let last = cpuSecondsOf(engineId);
  while (last !== undefined && quiet < steps && performance.now() < patience) {
    await pause(stepMs);
    const next = cpuSecondsOf(engineId) ?? last;
    quiet = next - last <= (stepMs / 1000) * 0.04 ? quiet + 1 : 0;
    last = next;
  }
  return performance.now() - quiet * stepMs;
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}
