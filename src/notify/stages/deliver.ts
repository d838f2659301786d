import type { Clock } from "../../base/clock.ts";
import type { NotifyTable } from "../../state/index.ts";
import type { ChannelBook, OpenChannel } from "../channel-book.ts";
import type { Outcome } from "../channels/channel.ts";
import { failed } from "../channels/post.ts";
import type { ConsoleUrl, Message } from "../message.ts";
import { compose } from "../say/compose.ts";
import { roomOf, throttle } from "./flood.ts";
import { type Bundle, bundlesOf, noticesOf } from "./group.ts";
import { giveUpOld, settle } from "./settle.ts";

export interface DeliverParts {
  readonly table: NotifyTable;
  readonly book: ChannelBook;
  readonly clock: Clock;
  readonly seed: string;
  readonly timeoutMs: number;
  readonly consoleUrl: ConsoleUrl;
}

/** Rows looked at together: more than the worst flood that a summary should count. */
const rowsMax = 20_000;
/** A message that is under way when the work is to end has so long to be answered. */
const graceMs = 3_000;
const minuteMs = 60_000;

/** Sends what is due on one channel, one message after another; a channel that fails rests, and no other waits for it. */
export class ChannelDelivery {
  readonly #channel: string;
  readonly #parts: DeliverParts;
  #restsUntil = 0;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(channel: string, parts: DeliverParts) {
    this.#channel = channel;
    this.#parts = parts;
  }

  /** A person has changed the channel: it is tried at once. */
  async refresh(): Promise<void> {
    const { table, clock } = this.#parts;
    this.#restsUntil = 0;
    await table.hasten(this.#channel, clock.now());
  }

  /** Sends all that is due; whoever asks while it is under way waits for one more round. */
  run(signal: AbortSignal): Promise<void> {
    if (this.#running !== undefined) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#rounds(signal).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #rounds(signal: AbortSignal): Promise<void> {
    do {
      this.#isAskedAgain = false;
      while (!signal.aborted && (await this.#round(signal)));
    } while (this.#isAskedAgain && !signal.aborted);
  }

  /** Whether there may be more to send. */
  async #round(signal: AbortSignal): Promise<boolean> {
    const { table, book, clock } = this.#parts;
    const channel = await book.open(this.#channel);
    if (channel === undefined || channel.isPaused) return false;
    const now = clock.now();
    const due = await table.due(now, rowsMax, this.#channel);
    if (due.length === 0) return false;
    if (now < this.#restsUntil) {
      await table.postpone(this.#channel, this.#restsUntil);
      return false;
    }
    const groups = [...new Set(due.map(({ group }) => group))];
    const bundles = bundlesOf(due, await table.inGroups(this.#channel, groups));
    const room = await roomOf(table, this.#channel, channel.messagesPerHour, now);
    const { send, summary, later } = throttle(bundles, room, now, channel.kind.resolves);
    let isSent = false;
    for (const bundle of summary === undefined ? send : [...send, summary]) {
      if (signal.aborted) return false;
      const then = await this.#send(bundle, channel, signal);
      if (then !== "go on") return then === "look again";
      isSent = true;
    }
    if (later) await table.postpone(this.#channel, Math.max(room.summaryAt, now + minuteMs));
    return isSent;
  }

  async #send(bundle: Bundle, channel: OpenChannel, signal: AbortSignal): Promise<"go on" | "look again" | "rest"> {
    const { table, clock, seed, consoleUrl } = this.#parts;
    const { key, form, isBound } = bundle;
    // Of a summary that was tried before, each group knows its own rows only.
    const rows = isBound ? await table.inMessage(this.#channel, key) : bundle.rows;
    const thread = form === "thread" ? (rows[0]?.thread ?? "") : `${form} ${this.#channel}`;
    const message = compose(noticesOf(rows), { key, form, thread, consoleUrl: await consoleUrl() });
    if (message === undefined) return "go on";
    if (!isBound) await table.bind(rows, key);
    const startedAt = clock.now();
    const outcome = await trySending(message, channel, this.#parts, signal);
    // Whether it arrived nobody knows: it is sent again, with the same key, when the program runs again.
    if (outcome === undefined) return "rest";
    const endedAt = clock.now();
    const tried = { channel: this.#channel, rows, subject: message.subject, startedAt, endedAt };
    const next = await settle(table, tried, outcome, seed);
    if (outcome.isDelivered || outcome.about === "message") return "go on";
    await giveUpOld(table, this.#channel, endedAt, outcome.answer);
    this.#restsUntil = next ?? endedAt;
    await table.postpone(this.#channel, this.#restsUntil);
    return next === undefined ? "look again" : "rest";
  }
}

/** One try within its time; undefined where the work was ended before there was an answer. */
export async function trySending(
  message: Message,
  channel: OpenChannel,
  { clock, timeoutMs }: Pick<DeliverParts, "clock" | "timeoutMs">,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const [ended, cut] = [new AbortController(), new AbortController()];
  const cutAt = (at: number, reason: Error) =>
    clock.waitUntil(at, ended.signal).then(
      () => cut.abort(reason),
      () => undefined,
    );
  const onStop = () => void cutAt(clock.now() + graceMs, stopped);
  void cutAt(clock.now() + timeoutMs, new Error(`No answer within ${Math.round(timeoutMs / 1_000)} seconds`));
  if (signal.aborted) onStop();
  else signal.addEventListener("abort", onStop, { once: true });
  try {
    const late = new Promise<Outcome>((resolve) => {
      cut.signal.addEventListener("abort", () => resolve(failed(undefined, cut.signal)), { once: true });
    });
    const sending = channel.send(message, cut.signal).catch((error: unknown) => failed(error, cut.signal));
    const outcome = await Promise.race([sending, late]);
    return cut.signal.reason === stopped && !outcome.isDelivered ? undefined : outcome;
  } finally {
    signal.removeEventListener("abort", onStop);
    ended.abort();
  }
}

const stopped = new Error("The program stopped");
