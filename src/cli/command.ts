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
  /** All words behind the command, as they were given. */
  readonly words: readonly string[];
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** One command of the command line; help and docs are made from this object. */
export interface Command {
  /** In kebab-case; a dash may be written as a space: `sandbox show`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** How positionals are written: `PATH…`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Options that depend on other words, for help; the command itself reads its words again when it knows them. */
  readonly optionsFor?: (words: readonly string[]) => Promise<Readonly<Record<string, CommandOption>>>;
  readonly examples: readonly string[];
  run(args: Arguments, context: CommandContext): Promise<number>;
}

export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** May be given more than once. */
  readonly isRepeated?: boolean;
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

/** As people write it: `sandbox show`. */
export function spokenName(command: Pick<Command, "name">): string {
  return command.name.replaceAll("-", " ");
}

export function textOption(args: Arguments, name: string): string | undefined {
  const value = args.values[name];
  return typeof value === "string" ? value : undefined;
}

/** The options among these that were given. */
export function givenOptions<Name extends string>(
  args: Arguments,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const given = names.flatMap((name): [Name, string][] => {
    const text = textOption(args, name);
    return text === undefined ? [] : [[name, text]];
  });
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}

/** All values of an option that may be given more than once. */
export function listOption(args: Arguments, name: string): readonly string[] {
  const value = args.values[name];
  return Array.isArray(value) ? value : [];
}

export function flagOption(args: Arguments, name: string): boolean {
  return args.values[name] === true;
}

/** Waits until the person has had enough. */
export async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
