import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startQueueSource, type QueueSource, type QueueSourceFigures } from "../collect/index.ts";
import type { SandboxFile } from "../sandbox/index.ts";
import type { EventStore } from "../store/index.ts";
import { programVersion } from "./services.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

export interface LiveSandboxOptions {
  readonly dataDirectory: string;
  /** The file that this program was started with. */
  readonly program: string;
  readonly store: EventStore;
  readonly now: () => number;
  readonly onTrouble: (what: string) => void;
}

/** How the sandbox that a server keeps is doing. */
export interface SandboxState {
  readonly state: "starting" | "running" | "failed";
  readonly problem: string | undefined;
  readonly file: SandboxFile | undefined;
  readonly collected: QueueSourceFigures | undefined;
}

/** A sandbox beside a server, whose log files the server collects. */
export interface LiveSandbox extends AsyncDisposable {
  state(): SandboxState;
}

/** Often enough that people who look on see what happens; CloudTrail takes about five minutes. */
const logFileSeconds = 10;

/** The page is loaded in this time, and has the processors for itself. */
const headStartMs = 2_000;

/** Starts the made-up AWS and the collecting of its log files; returns at once, and does it in the background. */
export function startLiveSandbox(options: LiveSandboxOptions): LiveSandbox {
  const stack = new AsyncDisposableStack();
  let source: QueueSource | undefined;
  let file: SandboxFile | undefined;
  let problem: string | undefined;
  const stopping = new AbortController();
  const fail = (what: string) => {
    problem = what;
    file = undefined;
    options.onTrouble(what);
  };
  const starting = (async () => {
    await pause(headStartMs, undefined, { signal: stopping.signal });
    const sandbox = stack.use(
      await startSandboxProcess({
        program: options.program,
        folder: join(options.dataDirectory, "sandbox"),
        logFileSeconds,
        onWords: options.onTrouble,
      }),
    );
    ({ file } = sandbox);
    void sandbox.ended.then((said) => fail(`The sandbox ended by itself. ${said}`.trim()));
    const { collection, url: endpoint } = file;
    if (collection === undefined) return;
    source = stack.use(
      await startQueueSource(
        {
          name: "sandbox",
          queueUrl: collection.queueUrl,
          region: collection.region,
          endpoint,
          credentials: collection.credentials,
          folder: join(options.dataDirectory, "incoming"),
          customUserAgent: `trailwarden/${programVersion()}`,
          onProblem: options.onTrouble,
        },
        options,
      ),
    );
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) fail(error instanceof Error ? error.message : String(error));
  });
  return {
    state: () => ({
      state: problem !== undefined ? "failed" : source === undefined ? "starting" : "running",
      problem,
      file,
      collected: source?.figures(),
    }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await starting;
      await stack[Symbol.asyncDispose]();
    },
  };
}
