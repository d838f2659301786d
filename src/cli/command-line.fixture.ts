import { fileURLToPath } from "node:url";
import type { ProgramOptions, ProgramRun } from "../../test/fixtures/program.ts";
import { readEnvironment } from "../config/index.ts";
import { runWords } from "./run.ts";

const program = fileURLToPath(new URL("../bin.ts", import.meta.url));

/** What `runProgram` does, without a process: for tests of what a command says, and not of how it starts and ends. */
export async function runHere(words: readonly string[], options: ProgramOptions): Promise<ProgramRun> {
  const said = { stdout: "", stderr: "" };
  const decoder = new TextDecoder();
  const code = await run(words, options, new AbortController().signal, {
    data: (text) => (said.stdout += typeof text === "string" ? text : decoder.decode(text, { stream: true })),
    talk: (line) => (said.stderr += `${line}\n`),
  });
  return { ...said, code };
}

/** A server that listens; `end` is its Ctrl-C, and answers its exit code. */
export interface ServerHere extends AsyncDisposable {
  readonly url: string;
  end(): Promise<number>;
}

/** What `serve` does, without a process; `runHere` in the same environment is answered by it. */
export async function serveHere(options: ProgramOptions): Promise<ServerHere> {
  const stop = new AbortController();
  const listening = Promise.withResolvers<string>();
  const talk: string[] = [];
  const ended = run(["serve", "--port", "0"], options, stop.signal, {
    data: (text) => listening.resolve(/http:[^ ]+(?=\/)/.exec(String(text))?.[0] ?? ""),
    talk: (line) => talk.push(line),
  });
  const end = () => {
    stop.abort();
    return ended;
  };
  const url = await Promise.race([
    listening.promise,
    ended.then((code) => Promise.reject(new Error(`It ended with ${code}: ${talk.join("\n")}`))),
  ]);
  return { url, end, [Symbol.asyncDispose]: async () => void (await end()) };
}

interface Ears {
  readonly data: (text: string | Uint8Array) => unknown;
  readonly talk: (line: string) => unknown;
}

async function run(
  words: readonly string[],
  { workingDirectory, environment = {} }: ProgramOptions,
  signal: AbortSignal,
  ears: Ears,
): Promise<number> {
  return runWords(words, {
    terminal: {
      data: async (text) => void ears.data(text),
      talk: (line) => void ears.talk(line),
      status: () => undefined,
      isInteractive: false,
      isDataShown: false,
      hasColor: false,
      columns: 0,
    },
    environment: readEnvironment(environment),
    program,
    now: Date.now,
    workingDirectory,
    signal,
  });
}
