import type { KindAnswer } from "../server/index.ts";
import { flagOption, listOption, textOption, type Arguments, type CommandOption } from "./command.ts";
import { CommandError } from "./errors.ts";

/** What is used of a setting's JSON Schema. */
interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
}

type Kind = Pick<KindAnswer, "type" | "settings">;

/** The options of a kind of source, made from the schema of its settings: `queueUrl` is `--queue-url`. */
export function settingOptions(kind: Kind): Readonly<Record<string, CommandOption>> {
  const needed = new Set((kind.settings["required"] as readonly string[] | undefined) ?? []);
  return Object.fromEntries(
    settingsOf(kind).map(([name, schema]) => {
      const summary = [schema.description ?? name, ...noteOn(schema, needed.has(name))].join("; ");
      if (schema.type === "boolean") {
        return schema.default === true
          ? [dashed(`no-${name}`), { type: "boolean", summary: `Not: ${summary}` }]
          : [dashed(name), { type: "boolean", summary }];
      }
      const isRepeated = schema.type === "array";
      const value = schema.type === "number" || schema.type === "integer" ? "N" : "TEXT";
      return [dashed(name), { type: "string", value, summary, ...(isRepeated ? { isRepeated } : {}) }];
    }),
  );
}

/** The settings that the options say; what is wrong with them says the kind. */
export function readSettings(kind: Kind, args: Arguments): Record<string, unknown> {
  return Object.fromEntries(
    settingsOf(kind)
      .map(([name, schema]) => [name, readSetting(name, schema, args)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function readSetting(name: string, { type, default: usual }: SettingSchema, args: Arguments): unknown {
  if (type === "boolean") {
    if (usual === true) return flagOption(args, dashed(`no-${name}`)) ? false : undefined;
    return flagOption(args, dashed(name)) ? true : undefined;
  }
  if (type === "array") {
    const values = listOption(args, dashed(name));
    return values.length > 0 ? values : undefined;
  }
  const text = textOption(args, dashed(name));
  return text !== undefined && (type === "number" || type === "integer") ? readNumber(name, text) : text;
}

function readNumber(name: string, text: string): number {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  throw new CommandError(`--${dashed(name)} ${text.slice(0, 100)} is no number`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Write --${dashed(name)} 60`,
  });
}

function noteOn(schema: SettingSchema, isNeeded: boolean): string[] {
  if (schema.type === "array") return ["may be given more than once"];
  if (isNeeded) return ["needed"];
  const hasDefault = schema.default !== undefined && typeof schema.default !== "boolean";
  return hasDefault ? [`default ${String(schema.default)}`] : [];
}

function settingsOf({ settings }: Kind): [name: string, schema: SettingSchema][] {
  return Object.entries((settings["properties"] ?? {}) as Record<string, SettingSchema>);
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
