import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { createRandom } from "../src/sandbox/index.ts";
import type { Corpus } from "./corpus.ts";
import { logFilesIn } from "./measure/log-files-in.ts";
import { chooseQuestions, type Questions } from "./questions/choose.ts";
import { addCounts, startCounts, type Counts } from "./questions/count.ts";
import { drawCandidates, type Candidates } from "./questions/sample.ts";
import type { CountWork } from "./questions/worker.ts";

/** Change it with anything that changes which questions are asked. */
const questionsVersion = 2;

/** Makes the questions to a corpus with their true answers, or finds those that were made before. */
export async function makeQuestions(corpus: Corpus, seed: string): Promise<Questions> {
  const file = join(dirname(corpus.files), `questions-${questionsVersion}.json`);
  if (!existsSync(file)) {
    const paths = logFilesIn(corpus.files);
    const candidates = withNeedles(drawCandidates(paths, createRandom(`${seed}/questions`)));
    const counts = await countInThreads(paths, candidates);
    const questions = chooseQuestions(corpus.truth, candidates, counts);
    await writeFile(file, `${JSON.stringify(questions, null, 1)}\n`);
  }
  const questions: Questions = JSON.parse(await readFile(file, "utf8"));
  return questions;
}

/** The inside of the planted number: what a person types with stars on both sides. */
function withNeedles(candidates: Candidates): Candidates {
  return { ...candidates, parts: ["789123", ...candidates.parts] };
}

async function countInThreads(paths: readonly string[], candidates: Candidates): Promise<Counts> {
  const threads = Math.min(availableParallelism(), 8);
  const shares = Array.from({ length: threads }, (_, thread) =>
    paths.filter((_path, index) => index % threads === thread),
  );
  const counted = await Promise.all(
    shares.filter((share) => share.length > 0).map((share) => countInThread({ paths: share, candidates })),
  );
  const sum = startCounts(candidates);
  for (const counts of counted) addCounts(sum, counts);
  return sum;
}

function countInThread(work: CountWork): Promise<Counts> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./questions/worker.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
