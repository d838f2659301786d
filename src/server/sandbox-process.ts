import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { SandboxFile } from "../sandbox/index.ts";
import { ServerError } from "./errors.ts";

export interface SandboxProcessOptions {
  /** The file that this program was started with. */
  readonly program: string;
  /** Folder that the sandbox lasts in. */
  readonly folder: string;
  /** How often it writes log files. */
  readonly logFileSeconds: number;
  /** How often it writes digests. */
  readonly digestSeconds: number;
  /** Told of each line that it says. */
  readonly onWords: (line: string) => void;
}

/** The made-up AWS with its company, in a process of its own: the server stays quick, and either may end alone. */
export interface SandboxProcess extends AsyncDisposable {
  /** Where it is and who may read its log files. */
  readonly file: SandboxFile;
  /** Tells the last things that it said, when it ends without being asked to. */
  readonly ended: Promise<string>;
}

const stopMilliseconds = 10_000;
const lastLines = 20;

/** Starts it, and waits until it answers. */
export async function startSandboxProcess(options: SandboxProcessOptions): Promise<SandboxProcess> {
  const words = [
    options.program,
    ...["sandbox", "--data", options.folder, "--port", "0", "--company", "--json"],
    ...["--files-every", String(options.logFileSeconds), "--digests-every", String(options.digestSeconds)],
  ];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const said: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    said.push(line);
    if (said.length > lastLines) said.shift();
    options.onWords(line);
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line") as Promise<[string]>, closed.then(() => undefined)]);
  if (first === undefined) {
    throw new ServerError(`The sandbox did not start: ${said.join(" ")}`, { code: "sandbox-failed", fault: "ours" });
  }
  const file = JSON.parse(first[0]) as SandboxFile;
  let isStopping = false;
  const ended = Promise.withResolvers<string>();
  child.once("close", () => {
    if (!isStopping) ended.resolve(said.join(" "));
  });
  return {
    file,
    ended: ended.promise,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      await stop(child, closed);
    },
  };
}

async function stop(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopMilliseconds);
  await closed;
  clearTimeout(timer);
}
