import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { quoteForShell } from "./cli-command.ts";

const run = promisify(execFile);

/** Whether a person's way by hand can be tried on this machine. */
export async function hasAwsCli(): Promise<boolean> {
  return await run("aws", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** Runs a line as a person would who pastes it into a shell: as the account's administrator, in the sandbox. */
export async function runAwsCli({ sandbox }: TestSandbox, accountId: string, line: string): Promise<void> {
  const { accessKeyId, secretAccessKey } = sandbox.administrator(accountId);
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: "",
    // What this machine has of its own is left alone.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_PAGER: "",
  };
  const script = [
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoteForShell(value)}`),
    // Of the variables that say where AWS is, the CLI's first version does not heed any for SQS.
    `aws() { command aws --endpoint-url ${quoteForShell(sandbox.url)} "$@"; }`,
    line,
  ];
  await run("bash", ["--norc", "-ec", script.join("\n")]);
}
