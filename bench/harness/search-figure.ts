import type { Truth } from "../corpus/truth.ts";
import type { Questions } from "../questions/choose.ts";
import { askCount, type Probe, type Timing } from "./ask.ts";
import { defineFigure, type Extra, type Figure, type Target } from "./figure.ts";
import { evictFromPageCache, loadIntoPageCache } from "./page-cache.ts";
import { median, quantile } from "./quantiles.ts";
import type { Stage } from "./stage.ts";

export interface SearchFigure {
  readonly name: string;
  readonly summary: string;
  /** Each with a literal of its own, so that nothing remembers the answer; the last ones only warm up. */
  readonly probes: (questions: Questions, truth: Truth) => readonly Probe[];
  readonly target?: readonly Target[];
}

const warmUps = 4;
const measuredMax = 20;
const coldMax = 5;
/** A question that is far too slow is not asked twenty times: what began before this is finished, then it is enough. */
const patienceMs = 60_000;
const searchTarget: readonly Target[] = [
  { of: "value", atMost: 300 },
  { of: "coldP95", atMost: 1000 },
];

/** A figure whose value is the 95th percentile, in milliseconds, of answers by a running server's store. */
export function defineSearchFigure({ name, summary, probes, target = searchTarget }: SearchFigure): Figure {
  return defineFigure({
    name,
    summary,
    target,
    async run(stage) {
      const asked = probes(await stage.questions(), stage.corpus.truth);
      const warm = await askWarm(stage, asked);
      const value = quantile(times(warm), 0.95);
      const yardstickValue = await fullScanMs(stage);
      return {
        value,
        unit: "ms",
        yardstick: "a count that has to read every record, in the same store",
        yardstickValue,
        ratio: yardstickValue / value,
        extra: {
          p50: median(times(warm)),
          ...pageTimes(warm),
          repetitions: warm.length,
          slowest: slowestOf(warm),
          ...(await askCold(stage, asked)),
        },
      };
    },
  });
}

interface Labelled extends Timing {
  readonly label: string;
}

async function askWarm(stage: Stage, probes: readonly Probe[]): Promise<Labelled[]> {
  // The figure before may have put the files out of memory.
  await loadIntoPageCache(await stage.importedStore());
  await using open = await stage.openStore();
  const measured = probes.slice(0, Math.min(measuredMax, Math.max(1, probes.length - warmUps)));
  const patience = performance.now() + patienceMs;
  const timings: Labelled[] = [];
  for (const probe of probes.slice(measured.length)) {
    if (performance.now() < patience) await probe.ask(open.search);
  }
  for (const probe of measured) {
    if (timings.length > 0 && performance.now() > patience) break;
    timings.push({ ...(await probe.ask(open.search)), label: probe.label });
  }
  return timings;
}

/** Every time with a new engine process and none of the data folder's files in memory. */
async function askCold(stage: Stage, probes: readonly Probe[]): Promise<Readonly<Record<string, Extra>>> {
  const patience = performance.now() + patienceMs;
  const timings: Timing[] = [];
  for (const probe of probes.slice(0, coldMax)) {
    if (timings.length > 0 && performance.now() > patience) break;
    if (!(await evictFromPageCache(await stage.importedStore())))
      return { cold: "not possible here: the file cache cannot be emptied" };
    await using open = await stage.openStore();
    timings.push(await probe.ask(open.search));
  }
  return { coldP50: median(times(timings)), coldP95: quantile(times(timings), 0.95), coldRepetitions: timings.length };
}

/** How long a count takes that no index and no memory of an earlier answer can shorten; the second of two, so warm. */
export async function fullScanMs(stage: Stage): Promise<number> {
  return stage.once("full scan", async () => {
    stage.talk("reading every record of the store");
    await using open = await stage.openStore();
    await askCount(open.search, { query: "*qzxjvk0nowhere*" }, 0);
    return (await askCount(open.search, { query: "*qzxjvk1nowhere*" }, 0)).ms;
  });
}

function slowestOf(timings: readonly Labelled[]): string | undefined {
  return timings.toSorted((a, b) => b.ms - a.ms)[0]?.label;
}

function times(timings: readonly Timing[]): number[] {
  return timings.map(({ ms }) => ms);
}

function pageTimes(timings: readonly Timing[]): Readonly<Record<string, number>> {
  const pages = timings.flatMap(({ wholePageMs }) => wholePageMs ?? []);
  return pages.length === 0 ? {} : { wholePageP50: median(pages), wholePageP95: quantile(pages, 0.95) };
}
