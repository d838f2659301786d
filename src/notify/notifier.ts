import type { DeliveryRow } from "../state/index.ts";
import type { NoticeKind } from "./notice.ts";

export const channelTypes = ["email", "slack", "teams", "pagerduty", "webhook", "sns", "syslog"] as const;
export type ChannelType = (typeof channelTypes)[number];

/** Telling people, as the server runs it. */
export interface Notifier extends AsyncDisposable {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** There may be something to tell. */
  wake(): void;
  /** Takes in what sources give and sends all that is due. */
  sendNow(signal: AbortSignal): Promise<void>;
  channels(): Promise<readonly ChannelView[]>;
  /** Throws `channel-invalid` with the setting's name. */
  putChannel(ask: ChannelAsk): Promise<ChannelView>;
  pauseChannel(name: string, isPaused: boolean): Promise<ChannelView>;
  removeChannel(name: string): Promise<void>;
  /** Sends a made-up notice now and says what came of it. */
  testChannel(name: string, signal: AbortSignal): Promise<{ readonly isDelivered: boolean; readonly answer: string }>;
  routes(): Promise<readonly Route[]>;
  putRoute(route: Route): Promise<Route>;
  removeRoute(name: string): Promise<void>;
  deliveries(
    ask: { readonly channel?: string; readonly status?: string },
    page: { readonly after?: number; readonly limit: number },
  ): Promise<readonly DeliveryRow[]>;
  /** What people can choose from. */
  kinds(): readonly ChannelKindView[];
  /** Everything high or worse to all channels, while there are channels and no route at all. */
  offeredRoute(): Promise<Route | undefined>;
  /** How many notices wait, by channel. */
  waiting(): Promise<Readonly<Record<string, number>>>;
}

/** A kind of channel, as people choose it. */
export interface ChannelKindView {
  readonly type: ChannelType;
  readonly summary: string;
  /** JSON Schema of what a person gives; each property has a description. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Given beside the settings, never shown again. */
  readonly secrets: readonly {
    readonly name: string;
    readonly description: string;
    readonly isNeeded: boolean;
  }[];
}

export interface ChannelAsk {
  readonly name: string;
  readonly type: ChannelType;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Kept as they are where not given. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface ChannelView {
  readonly name: string;
  readonly type: ChannelType;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of the secrets that are there; never the secrets. */
  readonly secrets: readonly string[];
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly last: DeliveryRow | undefined;
}

/** Who is told of what, and when. */
export interface Route {
  readonly name: string;
  readonly channels: readonly string[];
  /** All kinds, accounts, rules where empty. */
  readonly kinds: readonly NoticeKind[];
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
  /** This severe or worse. */
  readonly severity: "informational" | "low" | "medium" | "high" | "critical";
  /** When it is open, in its time zone; always where undefined. */
  readonly schedule?: Schedule | undefined;
  /** Notices of one thread that come within so many milliseconds are told as one. */
  readonly groupMs: number;
  /** Everything is told together at these times of day (`HH:MM`) in the schedule's zone; at once where empty. */
  readonly digestAt: readonly string[];
  /** In quiet hours only what is this severe or worse is told; the rest waits for their end. */
  readonly quietSeverity: "informational" | "low" | "medium" | "high" | "critical";
  readonly isOn: boolean;
}

export interface Schedule {
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
  /**
   * Hours in which people are disturbed; outside of them it is quiet. Days are 1 for Monday to 7 for Sunday, which may be
   * written 0 too; where `to` is not after `from`, it is on the next day.
   */
  readonly hours: readonly { readonly days: readonly number[]; readonly from: string; readonly to: string }[];
}
