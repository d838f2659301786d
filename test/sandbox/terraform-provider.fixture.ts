import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Where the provider may lie on this machine: nothing is fetched. */
const mirrors = [
  ...globSync("/opt/*"),
  join(homedir(), ".terraform.d/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];
const providers = "registry.terraform.io/hashicorp/aws";

/** The folder with Terraform's AWS provider, if this machine has it. */
export function findMirror(): string | undefined {
  return mirrors.find((folder) => existsSync(join(folder, providers)));
}

export interface Provider extends Disposable {
  /** What Terraform has to be told to speak to it: the value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
}

/**
 * The provider in a process of its own, which Terraform speaks to instead of starting one for each command: that alone
 * was more than half of what a command took. It serves one stack, because a command settles for which account.
 */
export async function startProvider(environment: Readonly<Record<string, string>>): Promise<Provider> {
  const [program] = globSync(join(findMirror() ?? "", providers, "*/*/terraform-provider-aws*"));
  if (program === undefined) throw new Error("Terraform's AWS provider is in no folder of this machine");
  const { PATH = "" } = process.env;
  const child = spawn(program, ["-debug"], {
    // It would write down each of its steps.
    env: { PATH, TF_LOG: "OFF", ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    return { reattach: await readReattach(child), [Symbol.dispose]: () => void child.kill("SIGKILL") };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

async function readReattach({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new TypeError("The provider's output is not read");
  const lines = createInterface({ input: stdout });
  const found = new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
      if (value !== undefined) resolve(value);
    });
  });
  const ended = once(lines, "close").then(() => {
    throw new Error("Terraform's AWS provider ended before it said where it is");
  });
  return Promise.race([found, ended]);
}
