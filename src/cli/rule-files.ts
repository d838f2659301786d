import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { RulesReading, ValueLists } from "../detect/index.ts";
import type { Arguments, CommandContext, CommandOption } from "./command.ts";
import { textOption } from "./command.ts";
import { CommandError } from "./errors.ts";
import { readJsonFile } from "./json-file.ts";

/** Options of the commands that read rules from files. */
export const ruleOptions = {
  values: {
    type: "string",
    value: "FILE",
    summary: 'JSON with lists of values for placeholders: {"Administrators": […]}',
  },
  json: { type: "boolean", summary: "Print all as JSON" },
} as const satisfies Record<string, CommandOption>;

/** A file of rules as it was read. */
export interface RuleFile {
  /** As people see it: from the working directory. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly reading: RulesReading;
}

const bytesMax = 4 * 1024 * 1024;
const filesMax = 100_000;

/** Reads every file of rules that was named, and those in folders that were. Throws `arguments-invalid`. */
export async function readRuleFiles(args: Arguments, context: CommandContext): Promise<readonly RuleFile[]> {
  if (args.positionals.length === 0) throw wrong("Say which rules", "Name files of rules, or folders that hold some");
  // Brought in when it is wanted: other commands start sooner without it.
  const { readRules } = await import("../detect/index.ts");
  const lists = await readValueLists(args, context);
  const files: RuleFile[] = [];
  for (const path of await findRuleFiles(args.positionals, context.workingDirectory)) {
    context.signal.throwIfAborted();
    const text = await readFile(path, "utf8");
    const shown = relative(context.workingDirectory, path) || path;
    files.push({ path: shown, folder: dirname(path), text, reading: readRules(text, { path: shown, lists }) });
  }
  if (files.length === 0) throw wrong("There are no rules there", "Files of rules end in .yml or .yaml");
  return files;
}

/** The text of a file beside a rule; undefined where there is none. */
export async function readBeside(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, name);
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true) return undefined;
  if (status.size > 16 * bytesMax) throw wrong(`${path} is too large`, "Keep examples short");
  return await readFile(path, "utf8");
}

async function findRuleFiles(paths: readonly string[], workingDirectory: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const waiting = paths.map((path) => ({ path: resolve(workingDirectory, path), named: path as string | undefined }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, named } = next;
    // Links inside a folder are not followed.
    const status = await (named === undefined ? lstat(path) : stat(path)).catch(() => undefined);
    if (status === undefined) throw wrong(`There is nothing at ${named ?? path}`, "Name files of rules, or folders");
    if (status.isDirectory()) {
      for (const name of await readdir(path)) waiting.push({ path: join(path, name), named: undefined });
    } else if (status.isFile() && (named !== undefined || /\.ya?ml$/i.test(path))) {
      if (status.size > bytesMax) throw wrong(`${path} is too large for a file of rules`, "Leave it out");
      found.add(path);
    }
    if (found.size > filesMax) throw wrong(`There are more than ${filesMax} files of rules`, "Name fewer at once");
  }
  return [...found].toSorted();
}

/** Values for the placeholders of rules, where a file of them was named. */
export async function readValueLists(args: Arguments, context: CommandContext): Promise<ValueLists> {
  const path = textOption(args, "values");
  if (path === undefined) return new Map();
  const lists = await readJsonFile(path, context);
  if (typeof lists !== "object" || lists === null || Array.isArray(lists)) throw noLists(path);
  return new Map(
    Object.entries(lists).map(([name, values]: [string, unknown]): [string, readonly string[]] => {
      const isTexts = Array.isArray(values) && values.every((value) => typeof value === "string");
      if (!isTexts) throw noLists(path);
      return [name, values];
    }),
  );
}

function noLists(path: string): CommandError {
  return wrong(`${path} holds no lists of values`, 'Write an object of lists of texts: {"Administrators": ["alice"]}');
}

function wrong(message: string, help: string): CommandError {
  return new CommandError(message, { code: "arguments-invalid", fault: "user", help });
}
