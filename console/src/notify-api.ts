import { getJson, part, sendJson } from "./ask-json.ts";
import type { Level } from "./parts/levels.ts";

export const noticeKinds = ["incident", "finding", "health", "integrity", "repair"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A kind of channel, as people choose it. */
export interface ChannelKind {
  readonly type: string;
  readonly summary: string;
  /** JSON Schema; each property has a description. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Given beside the settings, never shown again. */
  readonly secrets: readonly { readonly name: string; readonly description: string; readonly isNeeded: boolean }[];
}

export interface Delivery {
  readonly number: number;
  readonly channel: string;
  readonly at: string;
  /** `delivered`, `failed` (will be tried again), `given up`. */
  readonly status: string;
  readonly notices: readonly string[];
  readonly subject: string;
  readonly answer: string;
  readonly tookMs: number;
}

export interface Channel {
  readonly name: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of the secrets that are there; never the secrets. */
  readonly secrets: readonly string[];
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly last: Delivery | null;
}

export interface ChannelAsk {
  readonly name: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Kept as they are where not given. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Hours {
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** Who is told of what, and when. */
export interface NoticeRoute {
  readonly name: string;
  readonly channels: readonly string[];
  readonly kinds: readonly NoticeKind[];
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
  readonly severity: Level;
  readonly schedule?: { readonly timeZone: string; readonly hours: readonly Hours[] } | null;
  readonly groupMs: number;
  readonly digestAt: readonly string[];
  readonly quietSeverity: Level;
  readonly isOn: boolean;
}

export interface RoutesAnswer {
  readonly routes: readonly NoticeRoute[];
  /** What would be a good first one, while there is none. */
  readonly offered?: NoticeRoute | null;
}

export interface TestAnswer {
  readonly isDelivered: boolean;
  readonly answer: string;
}

export async function fetchChannelKinds(signal: AbortSignal): Promise<readonly ChannelKind[]> {
  return (await getJson<{ readonly kinds: readonly ChannelKind[] }>("notify/kinds", {}, signal)).kinds;
}

export async function fetchChannels(signal: AbortSignal): Promise<readonly Channel[]> {
  return (await getJson<{ readonly channels: readonly Channel[] }>("notify/channels", {}, signal)).channels;
}

export async function putChannel({ name, ...ask }: ChannelAsk): Promise<void> {
  await sendJson("PUT", `notify/channels/${part(name)}`, ask);
}

export async function removeChannel(name: string): Promise<void> {
  await sendJson("DELETE", `notify/channels/${part(name)}`);
}

export async function testChannel(name: string): Promise<TestAnswer> {
  return await sendJson("POST", `notify/channels/${part(name)}/test`);
}

export async function pauseChannel(name: string, isPaused: boolean): Promise<void> {
  await sendJson("POST", `notify/channels/${part(name)}/pause`, { isPaused });
}

export async function fetchNoticeRoutes(signal: AbortSignal): Promise<RoutesAnswer> {
  return await getJson("notify/routes", {}, signal);
}

export async function putNoticeRoute({ name, schedule, ...route }: NoticeRoute): Promise<void> {
  await sendJson("PUT", `notify/routes/${part(name)}`, { ...route, ...(schedule == null ? {} : { schedule }) });
}

export async function removeNoticeRoute(name: string): Promise<void> {
  await sendJson("DELETE", `notify/routes/${part(name)}`);
}

export async function fetchDeliveries(
  ask: { readonly channel?: string | undefined; readonly status?: string | undefined },
  page: { readonly after: string; readonly limit: number },
  signal: AbortSignal,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly next: string | null }> {
  const query = { ...ask, after: page.after, limit: String(page.limit) };
  return await getJson("notify/deliveries", query, signal);
}
