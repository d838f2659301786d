import { parentPort, workerData } from "node:worker_threads";
import { writeStreams, type StreamWork } from "./write-streams.ts";

/** One of the threads that write the corpus: `makeCorpus` starts it with its share of the streams. */
const work: StreamWork = workerData;
parentPort?.postMessage(writeStreams(work));
