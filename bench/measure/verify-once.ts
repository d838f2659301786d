/** One audit of a copied bucket from end to end, as the server runs it. */
import { readFileSync } from "node:fs";
import { systemClock } from "../../src/base/clock.ts";
import { openAudit } from "../../src/verify/index.ts";
import { sendResult } from "../harness/child.ts";
import { memoryOf } from "../harness/process-figures.ts";

export interface VerifyResult {
  readonly proven: number;
  readonly validDigests: number;
  /** Whatever else was told of digests, log files and gaps. */
  readonly others: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number | undefined;
}

const [path = "", keys = ""] = process.argv.slice(2);
const audit = openAudit({
  clock: systemClock,
  customUserAgent: "bench",
  reach: () => Promise.resolve(undefined),
  keys: { keys: () => Promise.resolve([]), putKeys: () => Promise.resolve() },
});
const place = { kind: "folder", path, publicKeys: JSON.parse(readFileSync(keys, "utf8")) as unknown } as const;
const cpuBefore = process.cpuUsage();
const began = performance.now();
let [proven, validDigests, others] = [0, 0, 0];
const ask = { from: 0, to: Number.MAX_SAFE_INTEGER, place };
for await (const step of audit(ask, new AbortController().signal)) {
  if (step.kind === "digest" && step.digest.verdict.kind === "valid") validDigests++;
  else if (step.kind === "log-file" && step.file.verdict.kind === "proven") proven++;
  else if (step.kind === "digest" || step.kind === "log-file" || step.kind === "gap") others++;
}
const seconds = (performance.now() - began) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
const result: VerifyResult = {
  proven,
  validDigests,
  others,
  seconds,
  cpuSeconds,
  peakBytes: memoryOf(process.pid)?.peakBytes,
};
sendResult(result);
process.disconnect?.();
