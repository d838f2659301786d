import type {
  ChannelAnswer,
  ChannelKindAnswer,
  ChannelTestAnswer,
  DeliveryAnswer,
  RouteAnswer,
} from "../../src/server/index.ts";
import { getJson, part, sendJson } from "./ask-json.ts";

export type Channel = ChannelAnswer;
export type ChannelKind = ChannelKindAnswer;
export type Delivery = DeliveryAnswer;
/** Who is told of what, and when. */
export type NoticeRoute = RouteAnswer;
export type NoticeKind = NoticeRoute["kinds"][number];
export type TestAnswer = ChannelTestAnswer;

export const noticeKinds: readonly NoticeKind[] = ["incident", "finding", "health", "integrity", "repair"];

export interface ChannelAsk {
  readonly name: string;
  readonly type: Channel["type"];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Kept as they are where not given. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface RoutesAnswer {
  readonly routes: readonly NoticeRoute[];
  /** What would be a good first one, while there is none. */
  readonly offered: NoticeRoute | null;
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
  await sendJson("PUT", `notify/routes/${part(name)}`, { ...route, ...(schedule === null ? {} : { schedule }) });
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
