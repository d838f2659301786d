/** The yardstick of substring search: `gunzipSync` of every file and a look for the text in its bytes, as zgrep does. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sendResult } from "../harness/child.ts";
import { logFilesIn } from "./log-files-in.ts";

export interface ScanResult {
  /** Files that hold the text. */
  readonly files: number;
  readonly seconds: number;
}

const [directory = ".", text = ""] = process.argv.slice(2);
const paths = logFilesIn(directory);
const began = performance.now();
let files = 0;
for (const path of paths) if (gunzipSync(readFileSync(path)).includes(text)) files++;
const result: ScanResult = { files, seconds: (performance.now() - began) / 1000 };
sendResult(result);
