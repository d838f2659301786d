/** A thread that inflates and hashes log files, which is nearly all the work of verifying. It reads and judges nothing. */
import { parentPort } from "node:worker_threads";
import { seenOf } from "../files/judge-log-file.ts";
import type { SeeAnswer, SeeRequest } from "./seeing.ts";

const port = parentPort;
if (!port) throw new Error("Log files are seen in a worker thread only");

port.on("message", ({ number, bucket, key, bytes }: SeeRequest) => {
  const seen = seenOf(bucket, key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  port.postMessage({ number, seen } satisfies SeeAnswer);
});
