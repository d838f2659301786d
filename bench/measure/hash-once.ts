/** The yardstick of verifying: `gunzipSync` and SHA-256 of every file, one after another, and nothing else. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sendResult } from "../harness/child.ts";
import { logFilesIn } from "./log-files-in.ts";

export interface HashResult {
  readonly files: number;
  readonly seconds: number;
}

const paths = logFilesIn(process.argv[2] ?? ".");
const began = performance.now();
const hashes = new Set<string>();
for (const path of paths) hashes.add(hash("sha256", gunzipSync(readFileSync(path))));
const result: HashResult = { files: hashes.size, seconds: (performance.now() - began) / 1000 };
sendResult(result);
