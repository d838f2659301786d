import { resolve } from "node:path";
import { defaultSandboxDirectory } from "../config/index.ts";
import type { SandboxFile } from "../sandbox/index.ts";
import { textOption, type Arguments, type CommandContext, type CommandOption } from "./command.ts";
import { CommandError } from "./errors.ts";

/** Options of every command that speaks to a running sandbox. */
export const sandboxOptions = {
  data: { type: "string", value: "DIR", summary: `Folder of the sandbox (default ./${defaultSandboxDirectory})` },
} as const satisfies Record<string, CommandOption>;

/** What the sandbox of a folder says of itself. Throws `sandbox-missing` when none runs there. */
export async function findSandbox(args: Arguments, context: CommandContext): Promise<SandboxFile> {
  const folder = resolve(context.workingDirectory, textOption(args, "data") ?? defaultSandboxDirectory);
  const { readSandboxFile } = await import("../sandbox/index.ts");
  const file = await readSandboxFile(folder);
  if (file !== undefined) return file;
  throw new CommandError(`No sandbox runs on ${folder}`, {
    code: "sandbox-missing",
    fault: "user",
    help: "Start one with trailwarden sandbox, or name its folder with --data",
  });
}

/** Asks the control API of a running sandbox: faults, clock, stories. */
export async function askSandbox(
  file: SandboxFile,
  path: string,
  context: CommandContext,
  options: { readonly method?: string; readonly body?: object } = {},
): Promise<unknown> {
  const { askSandbox: askControl } = await import("../server/index.ts");
  const answer = await askControl(file, path, { ...options, signal: context.signal });
  if (answer === undefined) {
    throw new CommandError(`The sandbox at ${file.url} does not answer`, {
      code: "sandbox-missing",
      fault: "user",
      help: "Start it again with trailwarden sandbox",
    });
  }
  if (answer.ok) return answer.body;
  throw new CommandError(answer.message, {
    code: "sandbox-refused",
    fault: "user",
    help: "See the command's --help for what there is",
  });
}
