import { TrailwardenError, type Fault } from "../base/errors.ts";
import { programVersion, readEnvironment } from "../config/index.ts";
import type { CommandContext } from "./command.ts";
import { commands } from "./commands/index.ts";
import { commandGroup, findCommand, unknownCommand } from "./find-command.ts";
import { printCommandHelp, printHelp } from "./help.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { readArguments } from "./read-arguments.ts";

/** 0 fine · 1 found something · 2 asked wrongly · 3 AWS refused · 70 our fault. */
export const exitCodes = { fine: 0, found: 1, askedWrongly: 2, awsRefused: 3, ourFault: 70 } as const;

const codeOfFault: Readonly<Record<Fault, number>> = {
  user: exitCodes.askedWrongly,
  data: exitCodes.askedWrongly,
  aws: exitCodes.awsRefused,
  ours: exitCodes.ourFault,
};

/** `program` is the file that this program was started with. */
export async function runCommandLine(words: readonly string[], program: string): Promise<number> {
  const environment = readEnvironment(process.env);
  const terminal = openTerminal(environment);
  const stop = new AbortController();
  const onSignal = () => stop.abort(new DOMException("Stopped", "AbortError"));
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    return await runWords(words, {
      terminal,
      environment,
      program,
      now: Date.now,
      workingDirectory: process.cwd(),
      signal: stop.signal,
    });
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** The same for whoever says what surrounds it; answers the exit code. */
export async function runWords(words: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(words, context);
  } catch (error) {
    return printFailure(error, context.terminal, context.signal);
  }
}

async function dispatch(words: readonly string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    await context.terminal.data(await helpOf(name === "help" ? rest : []));
    return exitCodes.fine;
  }
  if (name === "--version" || name === "version") {
    await context.terminal.data(`${programVersion()}\n`);
    return exitCodes.fine;
  }
  const found = findCommand(commands, words);
  const isHelp = words.includes("--help") || words.includes("-h");
  const isGroup = commandGroup(commands, name).length > 0;
  if (found === undefined && !(isHelp && isGroup)) return unknownCommand(commands, words);
  if (found === undefined || isHelp) {
    await context.terminal.data(await helpOf(words));
    return exitCodes.fine;
  }
  const args = readArguments(found.command, found.rest);
  // `sandbox shwo` is a slip of the keyboard, and no sandbox.
  if (found.command.usage === "" && args.positionals.length > 0 && isGroup) return unknownCommand(commands, words);
  return found.command.run(args, context);
}

/** Of one command, of those that begin with a word, or of all. */
async function helpOf(words: readonly string[]): Promise<string> {
  const found = findCommand(commands, words);
  if (found !== undefined) {
    const { command, rest } = found;
    return printCommandHelp({ ...command, options: { ...command.options, ...(await command.optionsFor?.(rest)) } });
  }
  const group = commandGroup(commands, words[0]);
  return printHelp(group.length > 0 ? group : commands);
}

function printFailure(error: unknown, terminal: Terminal, signal: AbortSignal): number {
  if (signal.aborted) {
    terminal.talk("Stopped");
    return 130;
  }
  if (error instanceof TrailwardenError) {
    terminal.talk(`Error: ${error.message}`);
    if (error.help !== undefined) terminal.talk(`  ${error.help}`);
    return codeOfFault[error.fault];
  }
  if (error instanceof Error && "code" in error && error.code === "EPIPE") return exitCodes.fine;
  terminal.talk(`Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCodes.ourFault;
}
