import { parentPort, workerData } from "node:worker_threads";
import { countCandidates } from "./count.ts";
import type { Candidates } from "./sample.ts";

/** One of the threads that count: `makeQuestions` starts it with its share of the files. */
export interface CountWork {
  readonly paths: readonly string[];
  readonly candidates: Candidates;
}

const work: CountWork = workerData;
parentPort?.postMessage(countCandidates(work.paths, work.candidates));
