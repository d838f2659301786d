import type { ChannelKindAnswer, RouteBody } from "../server/index.ts";
import { flagOption, listOption, textOption, type Arguments, type CommandOption } from "./command.ts";
import { CommandError } from "./errors.ts";

type Kind = Pick<ChannelKindAnswer, "type" | "settings">;

/** The settings of `--set key=value`, as the kind's schema wants them; a list is given by several, or with commas. */
export function readChannelSettings(kind: Kind, args: Arguments): Record<string, unknown> {
  const schemas = (kind.settings["properties"] ?? {}) as Readonly<Record<string, { readonly type?: string }>>;
  const settings: Record<string, unknown> = {};
  for (const word of listOption(args, "set")) {
    const [key = "", value] = word.split(/=(.*)/s);
    if (value === undefined) throw invalid(`--set ${word.slice(0, 80)} names no value`, "Write --set key=value");
    const schema = schemas[key];
    if (schema === undefined) {
      const names = Object.keys(schemas).join(", ");
      throw invalid(
        `A channel of the kind ${kind.type} has no setting ${key.slice(0, 80)}`,
        `Its settings are ${names}`,
      );
    }
    settings[key] =
      schema.type === "array"
        ? [...((settings[key] ?? []) as string[]), ...value.split(",")]
        : typed(schema.type, value);
  }
  return settings;
}

/** The server says what is wrong with what is no number and no truth. */
function typed(type: string | undefined, value: string): unknown {
  if ((type === "integer" || type === "number") && /^-?\d{1,15}(\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
  return value;
}

/** Everything that a route can be given on the command line. */
export const routeOptions = {
  channel: {
    type: "string",
    value: "NAME",
    isRepeated: true,
    summary: "Told through this channel; may be given more than once",
  },
  severity: { type: "string", value: "LEVEL", summary: "This severe or worse (default high)" },
  kind: {
    type: "string",
    value: "KIND",
    isRepeated: true,
    summary: "incident, finding, health, integrity or repair (default all)",
  },
  account: { type: "string", value: "ID", isRepeated: true, summary: "About this account (default all)" },
  rule: { type: "string", value: "KEY", isRepeated: true, summary: "Found by this rule (default all)" },
  hours: {
    type: "string",
    value: "DAYS/FROM-TO",
    isRepeated: true,
    summary: "People are disturbed then: mon-fri/08:00-18:00; outside of it, it is quiet",
  },
  quiet: {
    type: "string",
    value: "FROM-TO",
    summary: "It is quiet then, every day: 22:00-07:00; the rest waits for its end",
  },
  "quiet-severity": {
    type: "string",
    value: "LEVEL",
    summary: "Told in quiet hours too, if this severe (default critical)",
  },
  "digest-at": {
    type: "string",
    value: "HH:MM",
    isRepeated: true,
    summary: "Tell everything together then, instead of at once; may be given more than once",
  },
  zone: {
    type: "string",
    value: "ZONE",
    summary: "Time zone of these times, such as Europe/Berlin (default this machine's)",
  },
  group: {
    type: "string",
    value: "TIME",
    summary: "What comes of one matter within this time is one message: 5m (default 30s)",
  },
  off: { type: "boolean", summary: "Keep the route, and tell nobody through it" },
} as const satisfies Record<string, CommandOption>;

/** A route as the options say it. */
export function readRoute(args: Arguments): RouteBody {
  const text = (name: keyof typeof routeOptions) => textOption(args, name);
  const hours = [...listOption(args, "hours").map(hoursOf), ...quietOf(text("quiet"))];
  const digestAt = [...listOption(args, "digest-at")];
  const timeZone = text("zone") ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [severity, quietSeverity, group] = [text("severity"), text("quiet-severity"), text("group")];
  // Times of day are of a zone: where nobody is ever quiet, all hours are open.
  const open = hours.length > 0 || digestAt.length === 0 ? hours : [{ days: [1, 2, 3, 4, 5, 6, 7], ...wholeDay }];
  return {
    channels: [...listOption(args, "channel")],
    // What is no kind and no level, the server says.
    kinds: [...listOption(args, "kind")] as NonNullable<RouteBody["kinds"]>,
    accountIds: listOption(args, "account").map((id) => id.replaceAll(/[\s-]/g, "")),
    rules: [...listOption(args, "rule")],
    digestAt,
    isOn: !flagOption(args, "off"),
    ...(severity === undefined ? {} : { severity: severity as NonNullable<RouteBody["severity"]> }),
    ...(quietSeverity === undefined ? {} : { quietSeverity: quietSeverity as NonNullable<RouteBody["severity"]> }),
    ...(group === undefined ? {} : { groupMs: lengthOf(group) }),
    ...(open.length === 0 ? {} : { schedule: { timeZone, hours: open } }),
  };
}

const wholeDay = { from: "00:00", to: "24:00" };
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function hoursOf(text: string): { days: number[]; from: string; to: string } {
  const [, days = "", from = "", to = ""] = /^([a-z,-]+)\/(\d\d:\d\d)-(\d\d:\d\d)$/i.exec(text) ?? [];
  if (from === "") throw invalid(`--hours ${text.slice(0, 80)} cannot be read`, "Write --hours mon-fri/08:00-18:00");
  return { days: days.toLowerCase().split(",").flatMap(daysOf), from, to };
}

/** `mon`, or `mon-fri`, which may go over the week's end. */
function daysOf(text: string): number[] {
  const [first = "", last = first] = text.split("-");
  const [start, end] = [weekdays.indexOf(first), weekdays.indexOf(last)];
  if (start < 0 || end < 0)
    throw invalid(`${text.slice(0, 40)} is no day`, `Days are ${weekdays.join(", ")}, or mon-fri`);
  const count = ((end - start + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ((start + index) % 7) + 1);
}

/** What is not quiet, every day. */
function quietOf(text: string | undefined): { days: number[]; from: string; to: string }[] {
  if (text === undefined) return [];
  const [, from = "", to = ""] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  if (from === "" || from === to)
    throw invalid(`--quiet ${text.slice(0, 40)} cannot be read`, "Write --quiet 22:00-07:00");
  return [{ days: [1, 2, 3, 4, 5, 6, 7], from: to, to: from === "00:00" ? "24:00" : from }];
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function lengthOf(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const size = units[unit];
  if (size === undefined) throw invalid(`${text.slice(0, 40)} is no length of time`, "Write 30s, 5m or 1h");
  return Number(count) * size;
}

/** The one name that a command is about. */
export function oneName(args: Arguments, what: "channel" | "route", list: string): string {
  const [name, ...others] = args.positionals;
  if (name !== undefined && others.length === 0) return name;
  throw invalid(name === undefined ? `Say which ${what}` : `Name one ${what}`, `trailwarden ${list} names them`);
}

function invalid(message: string, help: string): CommandError {
  return new CommandError(message, { code: "arguments-invalid", fault: "user", help });
}
