import type { ParseArgsOptionsConfig } from "node:util";
import type { Environment } from "../config/index.ts";
import type { Terminal } from "./print/terminal.ts";

/** What every command has at hand. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** The file that this program was started with; it is started again for what has a process of its own. */
  readonly program: string;
  readonly now: () => number;
  readonly workingDirectory: string;
  /** Aborted by Ctrl-C or a termination signal. */
  readonly signal: AbortSignal;
}

export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** One command of the command line; help and docs are made from this object. */
export interface Command {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** How positionals are written: `PATH…`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples: readonly string[];
  run(args: Arguments, context: CommandContext): Promise<number>;
}

export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** What stands for the value in help. */
  readonly value?: string;
  readonly summary: string;
}

/** Options of every command that works on a data folder. */
export const dataOptions = {
  data: { type: "string", value: "DIR", summary: "Data folder (default ./trailwarden-data, or TRAILWARDEN_DATA)" },
  server: { type: "string", value: "URL", summary: "Ask the server at this address instead" },
} as const satisfies Record<string, CommandOption>;

export function defineCommand(command: Command): Command {
  return command;
}

export function toParseOptions(command: Command): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
}

export function textOption(args: Arguments, name: string): string | undefined {
  const value = args.values[name];
  return typeof value === "string" ? value : undefined;
}

export function flagOption(args: Arguments, name: string): boolean {
  return args.values[name] === true;
}

/** Waits until the person has had enough. */
export async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
