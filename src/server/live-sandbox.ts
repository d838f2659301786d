import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Collector, SourceView } from "../collect/index.ts";
import type { SandboxFile } from "../sandbox/index.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

export interface LiveSandboxOptions {
  readonly dataDirectory: string;
  /** The file that this program was started with. */
  readonly program: string;
  /** Collects the sandbox's log files, as those of any other AWS. */
  readonly collector: Collector;
  readonly onTrouble: (what: string) => void;
}

/** How the sandbox that a server keeps is doing. */
export interface SandboxState {
  readonly state: "starting" | "running" | "failed";
  readonly problem: string | undefined;
  readonly file: SandboxFile | undefined;
  /** The source that its log files come from. */
  readonly source: SourceView | undefined;
}

/** A sandbox beside a server, whose log files the server collects. */
export interface LiveSandbox extends AsyncDisposable {
  state(): Promise<SandboxState>;
}

/** Often enough that people who look on see what happens; CloudTrail takes about five minutes. */
const logFileSeconds = 10;
/** So that who tries it sees what is proven before the first cup is empty; CloudTrail takes an hour. */
const digestSeconds = 120;
/** Nobody is told of digests: they are found by listing. */
const auditEverySeconds = 20;

/** What the sandbox's log files are listed under. */
const sandboxSource = "sandbox";

/** The page is loaded in this time, and has the processors for itself. */
const headStartMs = 2_000;

/** Starts the made-up AWS and the collecting of its log files; returns at once, and does it in the background. */
export function startLiveSandbox(options: LiveSandboxOptions): LiveSandbox {
  const stack = new AsyncDisposableStack();
  let isCollected = false;
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
        digestSeconds,
        onWords: options.onTrouble,
      }),
    );
    ({ file } = sandbox);
    void sandbox.ended.then((said) => fail(`The sandbox ended by itself. ${said}`.trim()));
    const { collection, url: endpoint } = file;
    if (collection === undefined) return;
    const { accessKeyId, secretAccessKey, sessionToken } = collection.credentials;
    await options.collector.keepBuiltIn({
      name: sandboxSource,
      type: "queue",
      settings: { queueUrl: collection.queueUrl, region: collection.region, endpoint, auditEverySeconds },
      secrets: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    });
    isCollected = true;
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) fail(error instanceof Error ? error.message : String(error));
  });
  return {
    state: async () => ({
      state: problem !== undefined ? "failed" : isCollected ? "running" : "starting",
      problem,
      file,
      source: isCollected ? await options.collector.get(sandboxSource).catch(() => undefined) : undefined,
    }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await starting;
      await stack[Symbol.asyncDispose]();
    },
  };
}
