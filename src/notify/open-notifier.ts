import { randomUUID } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import { openSourceAws } from "../collect/index.ts";
import type { NotifyTable } from "../state/index.ts";
import { ChannelBook, kindViews, unknownChannel } from "./channel-book.ts";
import type { OpenAws } from "./channels/channel.ts";
import type { ConsoleUrl } from "./message.ts";
import type { NoticeSource } from "./notice.ts";
import type { ChannelView, Notifier } from "./notifier.ts";
import { RouteBook } from "./route-book.ts";
import { Telling } from "./telling.ts";
import { testChannel } from "./test-channel.ts";

export interface NotifierOptions {
  readonly table: NotifyTable;
  readonly sources: readonly NoticeSource[];
  /** Where people open the console, for links; without one there are none. */
  readonly consoleUrl?: ConsoleUrl;
  /** How to speak to AWS with a channel's role and keys; as sources do where not given. */
  readonly openAws?: OpenAws;
  readonly clock: Clock;
  /** Told of failures that are our own fault. */
  readonly onFailure: (error: unknown) => void;
  readonly version: string;
  /** What pauses are a little longer or shorter by. */
  readonly seed?: string;
  /** How long a try may take. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 15_000;

/** Telling people of what they want to hear of. It begins with `start`. */
export function openNotifier(options: NotifierOptions): Notifier {
  const { table, clock, version, timeoutMs = usualTimeoutMs } = options;
  const customUserAgent = `trailwarden/${version}`;
  const {
    openAws = (access, secrets) => openSourceAws(access, secrets, { clock, customUserAgent, maxAttempts: 1 }),
    consoleUrl = () => undefined,
    seed = randomUUID(),
  } = options;
  const book = new ChannelBook({ table, clock, version, openAws });
  const routes = new RouteBook(table, clock);
  const telling = new Telling({ ...options, book, routes: () => routes.list(), seed, timeoutMs, consoleUrl });
  const view = async (name: string) => {
    const found = (await viewsOf(table)).find((one) => one.name === name);
    if (found === undefined) throw unknownChannel(name);
    return found;
  };
  return {
    start: () => telling.start(),
    stop: () => telling.stop(),
    wake: () => telling.wake(),
    sendNow: (signal) => telling.sendNow(signal),
    channels: () => viewsOf(table),
    async putChannel(ask) {
      await book.put(ask);
      await telling.refresh(ask.name);
      return view(ask.name);
    },
    async pauseChannel(name, isPaused) {
      await book.pause(name, isPaused);
      await telling.refresh(name);
      return view(name);
    },
    async removeChannel(name) {
      await book.remove(name);
      await routes.forgetChannel(name);
    },
    testChannel: (name, signal) =>
      testChannel(name, { table, book, clock, timeoutMs, consoleUrl, newId: randomUUID }, signal),
    routes: () => routes.list(),
    putRoute: (route) => routes.put(route),
    removeRoute: (name) => routes.remove(name),
    deliveries: (ask, page) => table.deliveries(ask, page),
    kinds: () => kindViews(),
    offeredRoute: () => routes.offered(),
    waiting: async () => Object.fromEntries(await table.waiting()),
    [Symbol.asyncDispose]: () => telling.stop(),
  };
}

async function viewsOf(table: NotifyTable): Promise<ChannelView[]> {
  const waiting = await table.waiting();
  const views: ChannelView[] = [];
  for (const { name, type, settings, isPaused } of await table.channels()) {
    const [last] = await table.deliveries({ channel: name }, { limit: 1 });
    views.push({
      ...{ name, isPaused, last },
      // Checked when it was written.
      type: type as ChannelView["type"],
      settings: settings as ChannelView["settings"],
      secrets: Object.keys(await table.secrets(name)).sort(),
      waiting: waiting.get(name) ?? 0,
    });
  }
  return views;
}
