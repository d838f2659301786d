/** `npm run bench`: one JSON line a figure on stdout, talk on stderr. Exit code 1 when an answer was wrong. */
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { TrailwardenError } from "../src/base/errors.ts";
import { makeCorpus } from "./corpus.ts";
import { corpusVersion } from "./corpus/shape.ts";
import { figures } from "./figures/index.ts";
import { chooseFigures, readArguments, type BenchArguments } from "./harness/arguments.ts";
import { figureLine, type Extra, type Figure } from "./harness/figure.ts";
import { describeMachine } from "./harness/machine.ts";
import { othersShare, readCpuClock } from "./harness/process-figures.ts";
import { Stage } from "./harness/stage.ts";

/** What took less shares its measurement with another figure, or is too short for the kernel's clock of CPU time. */
const shareSecondsMin = 1;

try {
  const asked = readArguments(process.argv.slice(2));
  if (asked.list) for (const { name, summary } of figures) process.stdout.write(`${name}: ${summary}\n`);
  else process.exitCode = await measure(asked, chooseFigures(figures, asked.only));
} catch (error) {
  talk(`Error: ${describeError(error)}`);
  process.exitCode = error instanceof TrailwardenError && error.fault === "user" ? 2 : 70;
}

/** Takes the figures one after another; one that fails is said so, and the others are still taken. */
async function measure(asked: BenchArguments, chosen: readonly Figure[]): Promise<number> {
  talk(describeMachine());
  const dir = resolve(asked.dir);
  talk(`corpus of ${asked.events} events, seed ${asked.seed}`);
  const corpus = await makeCorpus({ dir, events: asked.events, seed: asked.seed });
  const workDirectory = join(dir, `work-${asked.events}-${asked.seed}-${corpusVersion}`);
  await mkdir(workDirectory, { recursive: true });
  const stage = new Stage({ ...asked, corpus, workDirectory, talk });
  let failed = 0;
  for (const figure of chosen) {
    talk(`${figure.name}: ${figure.summary}`);
    try {
      const line = await take(figure, stage);
      process.stdout.write(`${JSON.stringify(line)}\n`);
      talk(`  ${String(line["value"])} ${String(line["unit"])}, ${String(line["ratio"])} × the yardstick`);
    } catch (error) {
      failed++;
      const failure = { figure: figure.name, failed: describeError(error), events: asked.events };
      process.stdout.write(`${JSON.stringify(failure)}\n`);
      talk(`  FAILED: ${describeError(error)}`);
    }
  }
  if (failed > 0) talk(`${failed} of ${chosen.length} figures failed`);
  return failed > 0 ? 1 : 0;
}

async function take(figure: Figure, stage: Stage): Promise<Readonly<Record<string, Extra>>> {
  const before = readCpuClock();
  const began = performance.now();
  const measured = await figure.run(stage);
  const after = readCpuClock();
  const seconds = (performance.now() - began) / 1000;
  const cores = availableParallelism();
  return figureLine(figure, measured, {
    events: stage.corpus.truth.events,
    cores,
    // Above a few hundredths the machine was not ours alone, and the figure says less.
    othersShare: before && after && seconds > shareSecondsMin ? othersShare(before, after, seconds, cores) : undefined,
  });
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const help = error instanceof TrailwardenError && error.help ? `. ${error.help}` : "";
  return `${error.message}${help}`;
}

function talk(line: string): void {
  process.stderr.write(`${line}\n`);
}
