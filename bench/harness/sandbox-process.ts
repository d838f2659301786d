import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { type Credentials } from "../../src/aws/index.ts";
import { type CallTarget } from "./prepare-calls.ts";

const program = fileURLToPath(new URL("../measure/run-sandbox.ts", import.meta.url));

/** A made-up AWS in a process of its own. */
export interface SandboxProcess extends AsyncDisposable {
  readonly port: number;
  readonly processId: number;
  /** With a key that has all rights in the first account. */
  readonly target: CallTarget;
  /** What went wrong within, so far. */
  readonly faults: readonly string[];
  /** Resolves when all that was recorded lies where trails want it. */
  deliver(): Promise<void>;
  /** Ends it in the middle of whatever it is doing. */
  kill(): Promise<void>;
}

export interface SandboxProcessOptions {
  readonly folder: string;
  /** 0 for one that is free. */
  readonly port: number;
  readonly accountIds: readonly string[];
  /** For Node itself, such as `--cpu-prof`. */
  readonly execArgv?: readonly string[];
}

interface Started {
  readonly kind: "started";
  readonly url: string;
  readonly credentials: readonly Credentials[];
}

type Said = Started | { readonly kind: "delivered" } | { readonly kind: "fault"; readonly message: string };

export async function startSandboxProcess(options: SandboxProcessOptions): Promise<SandboxProcess> {
  const { folder, port, accountIds, execArgv = [] } = options;
  const child = fork(program, [folder, String(port), ...accountIds], {
    execArgv: [...execArgv],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const faults: string[] = [];
  child.on("message", (said: Said) => {
    if (said.kind === "fault") faults.push(said.message);
  });
  const {
    url,
    credentials: [credentials],
  } = await next(child, (said): said is Started => said.kind === "started");
  if (credentials === undefined) throw new Error("The sandbox gave no key");
  return {
    port: Number(new URL(url).port),
    processId: child.pid ?? 0,
    target: { url, region: "eu-central-1", credentials },
    faults,
    async deliver() {
      const delivered = next(child, (said): said is Said => said.kind === "delivered");
      child.send("deliver");
      await delivered;
    },
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      if (child.connected && !child.killed) child.send("stop");
      await gone;
    },
  };
}

/** The next thing of a kind that the process says; rejects when it ends first. */
function next<Wanted extends Said>(child: ChildProcess, isWanted: (said: Said) => said is Wanted): Promise<Wanted> {
  return new Promise((resolve, reject) => {
    const listen = (said: Said) => {
      if (!isWanted(said)) return;
      child.off("message", listen).off("exit", end);
      resolve(said);
    };
    const end = () => reject(new Error("The sandbox's process ended"));
    child.on("message", listen).once("exit", end);
  });
}
