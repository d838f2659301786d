import { parseArgs } from "node:util";
import { TrailwardenError, type Fault } from "../base/errors.ts";
import { programVersion } from "../server/index.ts";
import { readEnvironment } from "../config/index.ts";
import { toParseOptions, type Arguments, type Command, type CommandContext } from "./command.ts";
import { commands } from "./commands/index.ts";
import { CommandError } from "./errors.ts";
import { printCommandHelp, printHelp } from "./help.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { closest } from "./closest.ts";

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
    return await dispatch(words, {
      terminal,
      environment,
      program,
      now: Date.now,
      workingDirectory: process.cwd(),
      signal: stop.signal,
    });
  } catch (error) {
    return printFailure(error, terminal, stop.signal);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

async function dispatch(words: readonly string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const asked = name === "help" ? commands.find((command) => command.name === rest[0]) : undefined;
    await context.terminal.data(asked ? printCommandHelp(asked) : printHelp(commands));
    return exitCodes.fine;
  }
  if (name === "--version" || name === "version") {
    await context.terminal.data(`${programVersion()}\n`);
    return exitCodes.fine;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw unknownCommand(name);
  if (rest.includes("--help") || rest.includes("-h")) {
    await context.terminal.data(printCommandHelp(command));
    return exitCodes.fine;
  }
  return command.run(readArguments(command, rest), context);
}

function readArguments(command: Command, words: readonly string[]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: toParseOptions(command),
      allowPositionals: true,
      strict: true,
    });
    return { positionals, values: values as Arguments["values"] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(message.replace(/\. .*$/s, ""), {
      code: "arguments-invalid",
      fault: "user",
      help: `See trailwarden ${command.name} --help; put -- before words that begin with a dash`,
    });
  }
}

function unknownCommand(name: string): CommandError {
  const near = closest(
    name,
    commands.map((command) => command.name),
  );
  return new CommandError(`There is no command ${name}`, {
    code: "command-unknown",
    fault: "user",
    help: near ? `Did you mean ${near}?` : "See trailwarden --help",
  });
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
