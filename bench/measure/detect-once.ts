/** One import into a data folder while rules judge what is stored, from call until nothing waits to be judged. */
import { systemClock } from "../../src/base/clock.ts";
import { importFiles } from "../../src/collect/index.ts";
import { openDetection } from "../../src/detect/index.ts";
import { actorOf } from "../../src/lineage/index.ts";
import { openState } from "../../src/state/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { benchRules } from "../harness/bench-rules.ts";
import { sendResult } from "../harness/child.ts";
import { cpuSecondsOf, memoryOf } from "../harness/process-figures.ts";

export interface DetectResult {
  readonly seconds: number;
  /** Until the import returned. */
  readonly importSeconds: number;
  readonly eventsStored: number;
  readonly rules: number;
  readonly correlations: number;
  /** Hits of rules that are asked of single events: as judged, and as the engine counts them afterwards. */
  readonly hits: number;
  readonly matches: number;
  readonly problem: string | undefined;
  readonly cpuSeconds: number;
  readonly engineCpuSeconds: number | undefined;
  readonly peakBytes: number | undefined;
}

const [directory = "", files = "", count = "800"] = process.argv.slice(2);
{
  const never = new AbortController().signal;
  await using store = await EventStore.open({ directory, now: Date.now });
  await using state = await openState({ directory });
  const inForce = benchRules(Number(count));
  await using detection = openDetection({
    store,
    findings: state.findings,
    book: { inForce: () => Promise.resolve(inForce), onChange: () => () => undefined },
    ...{ judges: [], actorOf, clock: systemClock },
    onFailure: (error) => process.stderr.write(`${String(error)}\n`),
  });
  store.onAcknowledged(() => detection.stored());
  await detection.start();
  const cpuBefore = process.cpuUsage();
  const engineBefore = cpuSecondsOf(store.engineProcessId ?? 0);
  const began = performance.now();
  const summary = await importFiles({ paths: [files], workingDirectory: directory }, { store, now: Date.now });
  const importSeconds = (performance.now() - began) / 1000;
  await detection.judgeNow(never);
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const engineAfter = cpuSecondsOf(store.engineProcessId ?? 0);
  const { waitingLogFiles, problem } = await detection.status();
  if (waitingLogFiles > 0) throw new Error(`${waitingLogFiles} log files wait to be judged`);
  const alone = inForce.rules.filter(({ isAlone }) => isAlone);
  const counts = await state.findings.countByRule(0);
  const matches = await store.countMatches({ predicates: alone.map(({ predicate }) => predicate) });
  const hits = alone.map(({ rule }) => (counts.get(rule.key)?.hits ?? 0) + (counts.get(rule.key)?.notKept ?? 0));
  const result: DetectResult = {
    ...{ seconds, importSeconds, problem },
    eventsStored: summary.eventsStored,
    rules: inForce.rules.length,
    correlations: inForce.correlations.length,
    hits: hits.reduce((sum, each) => sum + each, 0),
    matches: matches.reduce((sum, each) => sum + (each?.count ?? 0), 0),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    engineCpuSeconds: engineBefore === undefined || engineAfter === undefined ? undefined : engineAfter - engineBefore,
    peakBytes: memoryOf(process.pid)?.peakBytes,
  };
  sendResult(result);
}
process.disconnect?.();
