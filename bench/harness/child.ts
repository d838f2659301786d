import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BenchError } from "./errors.ts";

/** Runs a program of `measure/` in a process of its own, so that heaps do not disturb each other, and takes its result. */
export async function runInChild<Result>(program: string, args: readonly string[]): Promise<Result> {
  const path = fileURLToPath(new URL(`../measure/${program}.ts`, import.meta.url));
  const child = fork(path, [...args], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return new Promise((resolve, reject) => {
    let result: Result | undefined;
    child.on("message", (message: Result) => {
      result = message;
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (result !== undefined && code === 0) resolve(result);
      else reject(childFailed(program, signal ?? `exit code ${code}`));
    });
  });
}

/** Hands a result to the process that started this one. */
export function sendResult(result: object): void {
  process.send?.(result);
}

function childFailed(program: string, how: string): BenchError {
  return new BenchError(`The measuring process ${program} ended without a result (${how})`, {
    code: "bench-child-failed",
    fault: "ours",
    help: "What it said stands above",
  });
}
