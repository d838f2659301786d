import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { ChannelRow, NotifyTable } from "../state/index.ts";
import type { ChannelKind, OpenAws, Outcome } from "./channels/channel.ts";
import { channelKinds } from "./channels/channel-kinds.ts";
import { nameHelp, namePattern, NotifyError } from "./errors.ts";
import type { Message } from "./message.ts";
import { type ChannelAsk, type ChannelKindView, type ChannelType, channelTypes } from "./notifier.ts";

/** A channel with what it needs to send. */
export interface OpenChannel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly isPaused: boolean;
  readonly messagesPerHour: number;
  send(message: Message, signal: AbortSignal): Promise<Outcome>;
}

export interface ChannelBookParts {
  readonly table: NotifyTable;
  readonly clock: Clock;
  readonly version: string;
  readonly openAws: OpenAws;
}

/** Channels as people set them up: checked on the way in, with their secrets only on the way to where they are used. */
export class ChannelBook {
  readonly #parts: ChannelBookParts;

  constructor(parts: ChannelBookParts) {
    this.#parts = parts;
  }

  /** Throws `channel-invalid`, which names the setting. */
  async put({ name, type, settings, secrets = {} }: ChannelAsk): Promise<void> {
    const { table, clock } = this.#parts;
    if (!namePattern.test(name)) throw invalid("name", "is no name for a channel", nameHelp);
    const kind = kindOf(type);
    const known = (await table.channels()).find((row) => row.name === name);
    // What was secret to one kind is nothing to another.
    const kept = known?.type === type ? await table.secrets(name) : {};
    const whole = readSecrets(kind, kept, secrets);
    const row: ChannelRow = {
      ...{ name, type, isPaused: known?.isPaused ?? false, changedAt: clock.now() },
      settings: readSettings(kind, settings),
    };
    await table.putChannel(row, whole);
  }

  /** Throws `channel-unknown`. */
  async pause(name: string, isPaused: boolean): Promise<void> {
    const row = await this.#row(name);
    await this.#parts.table.putChannel({ ...row, isPaused, changedAt: this.#parts.clock.now() });
  }

  /** Throws `channel-unknown`. */
  async remove(name: string): Promise<void> {
    await this.#row(name);
    await this.#parts.table.removeChannel(name);
  }

  /** Undefined where there is none. */
  async open(name: string): Promise<OpenChannel | undefined> {
    const { table, clock, version, openAws } = this.#parts;
    const row = (await table.channels()).find((one) => one.name === name);
    if (row === undefined) return undefined;
    const kind = kindOf(row.type);
    const secrets = await table.secrets(name);
    const settings = row.settings as Readonly<Record<string, unknown>>;
    return {
      ...{ name, kind, isPaused: row.isPaused, messagesPerHour: Number(settings["messagesPerHour"]) },
      send: (message, signal) =>
        kind.send(message, { settings, secrets, signal, now: () => clock.now(), version, openAws }),
    };
  }

  async #row(name: string): Promise<ChannelRow> {
    const row = (await this.#parts.table.channels()).find((one) => one.name === name);
    if (row !== undefined) return row;
    throw unknownChannel(name);
  }
}

export function unknownChannel(name: string): NotifyError {
  return new NotifyError(`There is no channel ${JSON.stringify(name.slice(0, 80))}`, {
    code: "channel-unknown",
    fault: "user",
    help: "See those that there are: trailwarden notify channels",
  });
}

/** The kinds as people choose them. */
export function kindViews(): ChannelKindView[] {
  return Object.values(channelKinds).map(({ type, summary, settings, secrets }) => ({
    ...{ type, summary },
    settings: z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }),
    secrets: secrets.map(({ name, description, isNeeded }) => ({ name, description, isNeeded })),
  }));
}

function kindOf(type: string): ChannelKind {
  const known = channelTypes.find((one): one is ChannelType => one === type);
  if (known !== undefined) return channelKinds[known];
  throw invalid("type", `${type.slice(0, 80)} is no kind of channel`, `Choose one of ${channelTypes.join(", ")}`);
}

function readSettings(kind: ChannelKind, given: Readonly<Record<string, unknown>>): object {
  const read = kind.settings.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const setting = issue?.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : (issue?.path.join(".") ?? "");
  const problem =
    issue?.code === "unrecognized_keys" ? `a channel of the kind ${kind.type} has none such` : issue?.message;
  const names = Object.keys(z.toJSONSchema(kind.settings, { io: "input", unrepresentable: "any" })["properties"] ?? {});
  throw invalid(setting || "settings", `: ${problem ?? "not as described"}`, `Its settings are ${names.join(", ")}`);
}

/** What is given goes over what is kept; an empty one takes it away. Never says what was given. */
function readSecrets(
  kind: ChannelKind,
  kept: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = kind.secrets.map(({ name }) => name);
  const help = `A channel of the kind ${kind.type} keeps ${names.join(", ")}`;
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalid(unknown, "is no secret of this kind", help);
  const whole = Object.entries({ ...kept, ...given }).filter(([, secret]) => secret !== "");
  const secrets = Object.fromEntries(whole);
  for (const { name, isNeeded, problem } of kind.secrets) {
    const secret = secrets[name];
    if (secret === undefined && isNeeded) throw invalid(name, "is missing: the secret is needed", help);
    const reason = secret === undefined ? undefined : (problem?.(secret) ?? sizeProblem(secret));
    if (reason !== undefined) throw invalid(name, reason, help);
  }
  return secrets;
}

const secretMax = 20_000;

function sizeProblem(secret: string): string | undefined {
  return secret.length > secretMax ? `is longer than ${secretMax} characters` : undefined;
}

function invalid(setting: string, problem: string, help: string): NotifyError {
  return new NotifyError(`The channel cannot be set up: ${setting}${problem.startsWith(":") ? "" : " "}${problem}`, {
    code: "channel-invalid",
    fault: "user",
    help,
    details: { setting },
  });
}
