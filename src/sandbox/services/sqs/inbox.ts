import { type Clock } from "../../../base/clock.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { DueTimes } from "./due-times.ts";
import { type Message } from "./message.ts";
import { fifoOrder, type MessageState, type Order, standardOrder } from "./order.ts";

interface Entry {
  message: Message;
  state: MessageState;
}

/** How many messages a queue holds, by what they do. */
export interface InboxCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * The messages of one queue: kept here in the order in which they go out, and put into the collection at each change.
 * Each question first looks at what has come due by then, so that nothing needs a timer while nobody asks.
 */
export class Inbox {
  readonly #stored: Collection<Message>;
  readonly #clock: Clock;
  readonly #queueArn: string;
  readonly #entries = new Map<string, Entry>();
  readonly #order: Order;
  readonly #due = new DueTimes<string>();
  readonly #count = { ready: 0, delayed: 0, "in-flight": 0 };
  /** No message is older than this. */
  #oldestSentAt = Infinity;
  #arrival = Promise.withResolvers<void>();

  constructor(stored: Collection<Message>, clock: Clock, queue: { readonly arn: string; readonly isFifo: boolean }) {
    this.#stored = stored;
    this.#clock = clock;
    this.#queueArn = queue.arn;
    this.#order = queue.isFifo ? fifoOrder() : standardOrder();
  }

  /** Puts a message in that is already stored, as after a restart. */
  restore(message: Message): void {
    const isDue = message.visibleAt <= this.#clock.now();
    const state = isDue ? "ready" : message.receipt === undefined ? "delayed" : "in-flight";
    this.#entries.set(message.sequence, { message, state });
    this.#count[state] += 1;
    this.#oldestSentAt = Math.min(this.#oldestSentAt, message.sentAt);
    this.#order.arrived(message, state);
    if (!isDue) this.#due.add(message.visibleAt, message.sequence);
    this.#wake();
  }

  add(message: Message): void {
    this.#stored.put(this.#keyOf(message), message);
    this.restore(message);
  }

  get(sequence: string): Message | undefined {
    return this.#entries.get(sequence)?.message;
  }

  isInFlight(sequence: string): boolean {
    this.#settle();
    return this.#entries.get(sequence)?.state === "in-flight";
  }

  counts(retentionSeconds: number): InboxCounts {
    this.#settle();
    this.#expire(retentionSeconds);
    return { visible: this.#count.ready, inFlight: this.#count["in-flight"], delayed: this.#count.delayed };
  }

  /** Gives out up to `max` messages. `receive` makes of each what it is in flight, or moves it elsewhere. */
  take(max: number, retentionSeconds: number, receive: (message: Message) => Message | undefined): readonly Message[] {
    this.#settle();
    this.#expire(retentionSeconds);
    const taken: Message[] = [];
    if (max <= 0 || this.#count.ready === 0) return taken;
    for (const sequence of this.#order.take((each) => this.#entries.get(each)?.state)) {
      const entry = this.#entries.get(sequence);
      if (entry === undefined) continue;
      this.#turn(entry, "in-flight");
      const received = receive(entry.message);
      if (received === undefined) {
        this.remove(sequence);
        continue;
      }
      this.#replace(entry, received);
      taken.push(received);
      if (taken.length === max) break;
    }
    return taken;
  }

  /** Makes a message in flight visible at another time. */
  changeVisibility(sequence: string, visibleAt: number): void {
    const entry = this.#entries.get(sequence);
    if (entry === undefined) return;
    this.#replace(entry, { ...entry.message, visibleAt });
    this.#settle();
    // Who waits may have to wait less now.
    this.#wake();
  }

  remove(sequence: string): void {
    const entry = this.#entries.get(sequence);
    if (entry === undefined) return;
    this.#stored.delete(this.#keyOf(entry.message));
    this.#entries.delete(sequence);
    this.#count[entry.state] -= 1;
    this.#order.gone(entry.message, entry.state === "in-flight");
    if (entry.state === "in-flight") this.#wake();
  }

  /** The messages as they are, the oldest first. */
  *messages(): Generator<Message> {
    for (const sequence of [...this.#entries.keys()].sort()) {
      const message = this.get(sequence);
      if (message !== undefined) yield message;
    }
  }

  clear(): void {
    for (const sequence of [...this.#entries.keys()]) this.remove(sequence);
    this.#oldestSentAt = Infinity;
  }

  /** Resolves when there may be more to receive, or at `deadline`; rejects when the signal is aborted. */
  async change(deadline: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const cut = new AbortController();
    const ending = signal === undefined ? cut.signal : AbortSignal.any([signal, cut.signal]);
    const at = Math.min(deadline, this.#due.next ?? Infinity);
    const waiting = this.#clock.waitUntil(at, ending);
    try {
      await Promise.race([waiting, this.#arrival.promise]);
    } finally {
      cut.abort();
      waiting.catch(() => undefined);
    }
  }

  #keyOf(message: Message): string {
    return keyOf(this.#queueArn, message.sequence);
  }

  #wake(): void {
    const { resolve } = this.#arrival;
    this.#arrival = Promise.withResolvers<void>();
    resolve();
  }

  #turn(entry: Entry, state: MessageState): void {
    this.#count[entry.state] -= 1;
    this.#count[state] += 1;
    entry.state = state;
  }

  #replace(entry: Entry, message: Message): void {
    entry.message = message;
    this.#stored.put(this.#keyOf(message), message);
    this.#due.add(message.visibleAt, message.sequence);
  }

  /** Makes visible what has come due. */
  #settle(): void {
    const now = this.#clock.now();
    for (let due = this.#due.take(now); due !== undefined; due = this.#due.take(now)) {
      const entry = this.#entries.get(due);
      if (entry === undefined || entry.state === "ready" || entry.message.visibleAt > now) continue;
      const wasInFlight = entry.state === "in-flight";
      this.#turn(entry, "ready");
      this.#order.visible(entry.message, wasInFlight);
      this.#wake();
    }
  }

  /** Drops what is older than the queue keeps; looks at all messages only when the oldest is. */
  #expire(retentionSeconds: number): void {
    const before = this.#clock.now() - retentionSeconds * 1_000;
    if (this.#oldestSentAt >= before) return;
    let oldest = Infinity;
    for (const [sequence, { message }] of this.#entries) {
      if (message.sentAt < before) this.remove(sequence);
      else oldest = Math.min(oldest, message.sentAt);
    }
    this.#oldestSentAt = oldest;
  }
}
