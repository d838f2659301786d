import type { PackageAnswer, RuleAnswer, RuleDetailsAnswer } from "../server/index.ts";
import { readTimespan } from "../base/timespan.ts";
import type { Client } from "./client.ts";
import { spokenName, textOption, type Arguments, type Command } from "./command.ts";
import { CommandError } from "./errors.ts";

export function invalid(message: string, help: string): CommandError {
  return new CommandError(message, { code: "arguments-invalid", fault: "user", help });
}

/** The rules that a person names, at least one. */
export function rulesOf(command: Command, { positionals }: Arguments): readonly string[] {
  if (positionals.length > 0) return positionals;
  throw invalid("Say which rule", `Write trailwarden ${spokenName(command)} ${command.usage}, by id or folder`);
}

/** The one rule that a person names. */
export function ruleOf(command: Command, args: Arguments): string {
  const [rule = "", another] = rulesOf(command, args);
  if (another === undefined) return rule;
  throw invalid("Name one rule at a time", `Write trailwarden ${spokenName(command)} ${command.usage}`);
}

/** A rule's name in a path: keys may hold slashes. */
export function ruleParam(key: string): { readonly key: string } {
  return { key: encodeURIComponent(key) };
}

export async function askRules(client: Client): Promise<readonly RuleAnswer[]> {
  const response = await client.ok(client.api.detect.rules.$get());
  return ((await response.json()) as { readonly rules: RuleAnswer[] }).rules;
}

export async function askRule(client: Client, key: string): Promise<RuleDetailsAnswer> {
  const response = await client.ok(client.api.detect.rules[":key"].$get({ param: ruleParam(key) }));
  return ((await response.json()) as { readonly rule: RuleDetailsAnswer }).rule;
}

export async function askPackages(client: Client): Promise<readonly PackageAnswer[]> {
  const response = await client.ok(client.api.detect.packages.$get());
  return ((await response.json()) as { readonly packages: PackageAnswer[] }).packages;
}

type SettingsRoute = Client["api"]["detect"]["rules"][":key"]["settings"];
/** What is settled about a rule, as the API takes it. */
export type SettingsBody = Parameters<SettingsRoute["$post"]>[0]["json"];

export async function settle(client: Client, key: string, json: SettingsBody): Promise<RuleAnswer> {
  const response = await client.ok(client.api.detect.rules[":key"].settings.$post({ param: ruleParam(key), json }));
  return ((await response.json()) as { readonly rule: RuleAnswer }).rule;
}

/** A length of time from an option, such as `10m`; milliseconds. */
export function spanOption(args: Arguments, name: string): number | undefined {
  const text = textOption(args, name);
  const span = text === undefined ? undefined : readTimespan(text);
  if (text === undefined || span !== undefined) return span;
  throw invalid(`--${name} ${text} is no length of time`, "Write a number and a unit: 90s, 15m, 1h, 7d");
}

/** A whole number from an option. */
export function numberOption(args: Arguments, name: string): number | undefined {
  const text = textOption(args, name);
  const number = text === undefined ? undefined : Number(text);
  if (number === undefined || (Number.isInteger(number) && number >= 0)) return number;
  throw invalid(`--${name} ${text ?? ""} is no whole number`, `Write --${name} 7`);
}

/** One of some words from an option. */
export function wordOption<Word extends string>(
  args: Arguments,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = textOption(args, name);
  const found = words.find((word) => word === text);
  if (text === undefined || found !== undefined) return found;
  throw invalid(`--${name} ${text} is not known`, `Use one of ${words.join(", ")}`);
}

export const outcomeWords = ["observation", "incident", "notification"] as const;
