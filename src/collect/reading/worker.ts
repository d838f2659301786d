/**
 * The thread that reads files: inflates, hashes, splits into records, fills spool files. It never touches the engine.
 * The thread that started it sends files and, for each batch it has stored, a credit; so at most a few sealed batches
 * wait on disk.
 */
import { parentPort, workerData } from "node:worker_threads";
import { FileReading } from "./file-reading.ts";
import { batchesAhead } from "./spool-queue.ts";
import type { ReaderMessage, ReaderRequest, ReaderStart } from "./messages.ts";

const port = parentPort;
if (!port) throw new Error("The reader runs as a worker thread only");
const start = workerData as ReaderStart;

let credits = batchesAhead;
const requests: ReaderRequest[] = [];
let wake: () => void = () => undefined;

port.on("message", (request: ReaderRequest) => {
  if (request.kind === "credit") credits++;
  else requests.push(request);
  wake();
});

async function changed(): Promise<void> {
  await new Promise<void>((resolve) => {
    wake = resolve;
  });
}

function post(message: ReaderMessage): void {
  port?.postMessage(message);
}

const reading = new FileReading(start, {
  async onBatch(batch, files) {
    if (batch) {
      while (credits === 0) await changed();
      credits--;
    }
    post({ kind: "batch", batch, files });
  },
  onProgress: (bytes, files) => post({ kind: "progress", bytes, files }),
});

try {
  for (;;) {
    const request = requests.shift();
    if (request === undefined) {
      await changed();
      continue;
    }
    if (request.kind === "read") for (const job of request.jobs) await reading.read(job);
    if (request.kind === "flush") {
      await reading.finish();
      post({ kind: "read" });
    }
  }
} catch (error) {
  post({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
} finally {
  port.close();
}
