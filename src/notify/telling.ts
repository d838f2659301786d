import type { Clock } from "../base/clock.ts";
import type { NotifyTable } from "../state/index.ts";
import type { ChannelBook } from "./channel-book.ts";
import type { ConsoleUrl } from "./message.ts";
import type { NoticeSource } from "./notice.ts";
import type { Route } from "./notifier.ts";
import { ChannelDelivery } from "./stages/deliver.ts";
import { gather } from "./stages/gather.ts";

export interface TellingParts {
  readonly table: NotifyTable;
  readonly sources: readonly NoticeSource[];
  readonly book: ChannelBook;
  readonly routes: () => Promise<readonly Route[]>;
  readonly clock: Clock;
  readonly seed: string;
  readonly timeoutMs: number;
  readonly consoleUrl: ConsoleUrl;
  readonly onFailure: (error: unknown) => void;
}

/** Sources that nobody wakes us for are asked so often. */
const everyMs = 15_000;
/** However much there is to do, we do not go round faster than this. */
const leastMs = 250;
const dayMs = 86_400_000;
/** So long it is remembered who was told of what, and how it went. */
const memory = { toldMs: 90 * dayMs, deliveriesMs: 400 * dayMs } as const;

/** Takes in and sends, again and again, until it is stopped. */
export class Telling {
  readonly #parts: TellingParts;
  readonly #channels = new Map<string, ChannelDelivery>();
  #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #gathering: Promise<void> = Promise.resolve();
  #wake = new AbortController();
  #forgotAt = -Infinity;

  constructor(parts: TellingParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    if (this.#loop !== undefined) return;
    this.#stopping = new AbortController();
    this.#loop = this.#begin(this.#stopping.signal);
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    this.#loop = undefined;
  }

  wake(): void {
    this.#wake.abort();
  }

  /** A channel was changed by a person: what waits for it is tried at once. */
  async refresh(channel: string): Promise<void> {
    await this.#delivery(channel).refresh();
    this.wake();
  }

  async sendNow(signal: AbortSignal): Promise<void> {
    await this.#gather(signal);
    await Promise.all(await this.#send(signal));
    await this.#forget();
  }

  /** What could not be told while nobody was there to tell it has its whole day of tries. */
  async #begin(signal: AbortSignal): Promise<void> {
    const { table, onFailure } = this.#parts;
    try {
      for (const channel of (await table.waiting()).keys()) await this.#delivery(channel).refresh();
    } catch (error) {
      onFailure(error);
    }
    await this.#run(signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, onFailure } = this.#parts;
    const sending = new Set<Promise<void>>();
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const startedAt = clock.now();
      try {
        await this.#gather(signal);
        // Nobody waits for a channel that is slow: it is looked at again when it is done.
        for (const one of await this.#send(signal)) {
          const done = one.catch(onFailure).finally(() => sending.delete(done));
          sending.add(done);
        }
        await this.#forget();
      } catch (error) {
        onFailure(error);
      }
      await this.#pause(startedAt, signal);
    }
    await Promise.all(sending);
  }

  /** Until somebody wakes us, something is due, or it is time to ask again. */
  async #pause(startedAt: number, signal: AbortSignal): Promise<void> {
    const { clock, table, onFailure } = this.#parts;
    const wake = this.#wake.signal;
    const due = await table.nextDue().catch((error: unknown) => {
      onFailure(error);
    });
    const until = Math.min(due ?? Infinity, startedAt + everyMs);
    await clock.waitUntil(startedAt + leastMs, signal).catch(() => undefined);
    await clock.waitUntil(until, AbortSignal.any([signal, wake])).catch(() => undefined);
  }

  /** One after another: two at once would read the same position. */
  async #gather(signal: AbortSignal): Promise<void> {
    const turn = this.#gathering.then(() => gather(this.#parts, signal));
    this.#gathering = turn.catch(() => undefined);
    await turn;
  }

  async #send(signal: AbortSignal): Promise<Promise<void>[]> {
    const { table } = this.#parts;
    const waiting = await table.waiting();
    return [...waiting.keys()].map((channel) => this.#delivery(channel).run(signal));
  }

  #delivery(channel: string): ChannelDelivery {
    const known = this.#channels.get(channel) ?? new ChannelDelivery(channel, this.#parts);
    this.#channels.set(channel, known);
    return known;
  }

  async #forget(): Promise<void> {
    const { clock, table } = this.#parts;
    const now = clock.now();
    if (now < this.#forgotAt + dayMs) return;
    this.#forgotAt = now;
    await table.forget({ toldAt: now - memory.toldMs, deliveredAt: now - memory.deliveriesMs });
  }
}
