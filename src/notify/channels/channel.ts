import type { z } from "zod";
import type { SourceAws } from "../../collect/index.ts";
import type { AccessSettings } from "../../collect/index.ts";
import type { Message } from "../message.ts";
import type { ChannelType } from "../notifier.ts";

/** One kind of channel: a folder, one object made by `defineChannel`, one row in `channel-kinds.ts`. */
export interface ChannelKind<Settings extends object = object> {
  readonly type: ChannelType;
  /** One sentence. */
  readonly summary: string;
  readonly settings: z.ZodType<Settings>;
  readonly secrets: readonly ChannelSecret[];
  /** It keeps a matter open until it hears of its end, which is therefore told at once and counts for nothing. */
  readonly resolves: boolean;
  /** Tries once. Whether and when it is tried again is not the channel's business. */
  send(message: Message, tools: SendTools<Settings>): Promise<Outcome>;
}

export interface ChannelSecret {
  readonly name: string;
  readonly description: string;
  readonly isNeeded: boolean;
  /** What is wrong with it, as the end of a sentence; it does not repeat the secret. */
  readonly problem?: (secret: string) => string | undefined;
}

export interface SendTools<Settings> {
  readonly settings: Settings;
  readonly secrets: Readonly<Record<string, string>>;
  /** Aborted when it has taken too long. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly version: string;
  readonly openAws: OpenAws;
}

/** How to speak to AWS with a channel's role and keys. */
export type OpenAws = (
  access: AccessSettings,
  secrets: Readonly<Record<string, string>>,
) => SourceAws & AsyncDisposable;

/** What came of a try. */
export type Outcome =
  | { readonly isDelivered: true; readonly answer: string }
  | {
      readonly isDelivered: false;
      readonly answer: string;
      /** What was refused: this message alone, or whatever would be sent. */
      readonly about: "message" | "channel";
      /** The other side wants so long a pause. */
      readonly retryAfterMs?: number;
    };

/** A kind with its own settings, as all kinds are kept: its settings are checked before it is asked to send. */
export function defineChannel<Settings extends object>(kind: ChannelKind<Settings>): ChannelKind {
  return {
    ...kind,
    send: (message, tools) => kind.send(message, { ...tools, settings: kind.settings.parse(tools.settings) }),
  };
}
