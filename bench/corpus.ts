import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { writeRedelivered } from "./corpus/redeliver.ts";
import { corpusVersion, fewestEvents, shareOut, type Stream } from "./corpus/shape.ts";
import { addTally, concludeTruth, startTally, type Tally, type Truth } from "./corpus/truth.ts";
import type { StreamWork } from "./corpus/write-streams.ts";

export interface Corpus {
  /** Folder of the log files, in AWS's key layout. */
  readonly files: string;
  /** Folder of files that come a second time. */
  readonly redelivered: string;
  readonly truth: Truth;
}

export interface CorpusOptions {
  /** Folder under which corpora are kept. */
  readonly dir?: string;
  readonly events: number;
  readonly seed?: string;
}

/** Makes the corpus for measurements, or finds the one that was made before. */
export async function makeCorpus({ dir = ".bench", events, seed = "1" }: CorpusOptions): Promise<Corpus> {
  if (!(events >= fewestEvents)) throw new RangeError(`A corpus holds its needles from ${fewestEvents} events on`);
  const home = join(dir, `corpus-${events}-${seed}-${corpusVersion}`);
  if (!existsSync(join(home, "truth.json"))) {
    const building = `${home}.making`;
    await rm(building, { recursive: true, force: true });
    await writeCorpus(building, events, seed);
    await rm(home, { recursive: true, force: true });
    await rename(building, home);
  }
  const truth: Truth = JSON.parse(await readFile(join(home, "truth.json"), "utf8"));
  return { files: join(home, "files"), redelivered: join(home, "redelivered"), truth };
}

async function writeCorpus(home: string, events: number, seed: string): Promise<void> {
  const files = join(home, "files");
  const shares = shareAmong(shareOut(events), Math.min(availableParallelism(), 8));
  const tallies = await Promise.all(shares.map((streams) => writeInThread({ home: files, seed, events, streams })));
  const sum = startTally();
  for (const tally of tallies) addTally(sum, tally);
  const redelivered = writeRedelivered(files, join(home, "redelivered"), seed);
  await writeFile(join(home, "truth.json"), `${JSON.stringify(concludeTruth(sum, redelivered), null, 1)}\n`);
}

/** Gives each thread its streams, the largest first and always to the one with the least to do. */
function shareAmong(streams: readonly Stream[], threads: number): readonly StreamWork["streams"][] {
  const shares = Array.from({ length: threads }, () => ({
    events: 0,
    streams: new Array<readonly [Stream, number]>(),
  }));
  let number = 0;
  const numbered = streams.map((stream) => {
    const first = number;
    number += stream.events;
    return [stream, first] as const;
  });
  for (const one of numbered.sort(([a], [b]) => b.events - a.events)) {
    const idlest = shares.reduce((least, share) => (share.events < least.events ? share : least));
    idlest.events += one[0].events;
    idlest.streams.push(one);
  }
  return shares.map((share) => share.streams).filter((share) => share.length > 0);
}

function writeInThread(work: StreamWork): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./corpus/worker.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "2000000" },
      seed: { type: "string", default: "1" },
      dir: { type: "string", default: ".bench" },
    },
  });
  const startedAt = performance.now();
  const { files, truth } = await makeCorpus({
    dir: values.dir,
    events: Number(values.events),
    seed: values.seed,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const figures = {
    corpus: files,
    events: truth.events,
    files: truth.files,
    rawBytesPerEvent: Math.round(truth.rawBytes / truth.events),
    gzBytesPerEvent: Math.round(truth.gzBytes / truth.events),
    eventNames: Object.keys(truth.byEventName).length,
    principals: Object.keys(truth.byPrincipal).length,
    seconds: Number(seconds.toFixed(1)),
    eventsPerSecond: Math.round(truth.events / seconds),
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
