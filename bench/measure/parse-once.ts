/** The yardstick of reading: `gunzipSync` and `JSON.parse` of every file, one after another, and nothing else. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sendResult } from "../harness/child.ts";
import { logFilesIn } from "./log-files-in.ts";

export interface ParseResult {
  readonly records: number;
  readonly seconds: number;
}

const paths = logFilesIn(process.argv[2] ?? ".");
const began = performance.now();
let records = 0;
for (const path of paths) {
  const log: { readonly Records: readonly unknown[] } = JSON.parse(gunzipSync(readFileSync(path)).toString());
  records += log.Records.length;
}
const result: ParseResult = { records, seconds: (performance.now() - began) / 1000 };
sendResult(result);
