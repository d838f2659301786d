import { Worker } from "node:worker_threads";
import { chunksOf } from "../../base/chunks.ts";
import type { ReadJob, ReaderMessage, ReaderRequest, ReaderStart } from "./messages.ts";

/** The reading thread as the importing side sees it. */
export interface Reader extends AsyncDisposable {
  /** Has files read; a message of the kind `read` says that all of them are. */
  read(jobs: readonly ReadJob[]): void;
  /** The next of what the thread has to say; a thread that ended says so as a failure. */
  next(): Promise<ReaderMessage>;
  /** A batch is stored: another may be sealed, into its file. */
  release(): void;
}

/** Files named to the thread in one message. */
const jobsAtOnce = 5_000;

export function startReader(start: ReaderStart): Reader {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: start });
  const inbox: ReaderMessage[] = [];
  let wake: () => void = () => undefined;
  const receive = (message: ReaderMessage) => {
    inbox.push(message);
    wake();
  };
  worker.on("message", receive);
  worker.on("error", (error: Error) => receive({ kind: "failed", message: error.message }));
  worker.on("exit", () => receive({ kind: "failed", message: "the reading thread has ended" }));
  const send = (request: ReaderRequest) => worker.postMessage(request);
  return {
    read(jobs) {
      for (const some of chunksOf(jobs, jobsAtOnce)) send({ kind: "read", jobs: some });
      send({ kind: "flush" });
    },
    async next() {
      for (;;) {
        const message = inbox.shift();
        if (message !== undefined) return message;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    release() {
      send({ kind: "credit" });
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
