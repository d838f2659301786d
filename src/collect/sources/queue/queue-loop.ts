import type { AwsClient } from "../../../aws/index.ts";
import { pauseOrStop, type Clock } from "../../../base/clock.ts";
import { gathered } from "../../../base/gathered.ts";
import { growingPauseMs } from "../../../base/growing-pause.ts";

/** A message as a queue hands it out. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly received: number;
}

/** What becomes of a message when whoever handled it has done. */
export type MessageFate =
  /** All that it asked for lasts: it is deleted. */
  | { readonly kind: "done" }
  /** It stays in the queue, and is handed out again after so long. */
  | { readonly kind: "again"; readonly afterMs: number };

export interface QueueLoopOptions {
  readonly sqs: AwsClient<"sqs">;
  readonly queueUrl: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Rejects only when it is aborted; then the message is given back. */
  readonly handle: (message: QueueMessage, signal: AbortSignal) => Promise<MessageFate>;
  /** The queue was asked, and answered with so many. */
  readonly onReceived: (messages: number) => void;
  /** The queue refused a call; it is tried again. */
  readonly onTrouble: (error: unknown, operation: QueueOperation) => void;
  /** How long a message is hidden from others at a time, seconds; it is extended while work goes on. */
  readonly visibilitySeconds?: number;
  /** Messages held at once. */
  readonly messagesMax?: number;
}

export type QueueOperation = "ReceiveMessage" | "DeleteMessage" | "ChangeMessageVisibility";

/** SQS takes and gives ten messages at most, and waits twenty seconds at most (SQS API Reference, "ReceiveMessage"). */
const messagesAtOnce = 10;
const waitSeconds = 20;
/** A message can be hidden for twelve hours from when it was handed out ("ChangeMessageVisibility"). */
const hiddenSecondsMax = 43_000;
const receiversMax = 6;
const callsMax = 4;
const pauseMs = { first: 500, most: 30_000 };

/** A message that is here, and hidden from others. */
interface Held {
  readonly handle: string;
  hiddenAt: number;
}

/**
 * Takes messages from a queue until the signal is aborted, many at a time. A message leaves the queue only when its
 * handler says that it is done; until then it is kept hidden from others. One that was not done comes again.
 */
export async function runQueueLoop(options: QueueLoopOptions): Promise<void> {
  await new QueueLoop(options).run();
}

class QueueLoop {
  readonly #options: QueueLoopOptions;
  readonly #visibilitySeconds: number;
  readonly #messagesMax: number;
  readonly #held = new Set<Held>();
  readonly #handling = new Set<Promise<void>>();
  readonly #delete: (handle: string) => Promise<void>;
  readonly #hide: (change: HideChange) => Promise<void>;
  #helpers = 0;
  /** Receivers that wait until fewer messages are held. */
  readonly #waiting = new Set<() => void>();

  constructor(options: QueueLoopOptions) {
    this.#options = options;
    this.#visibilitySeconds = options.visibilitySeconds ?? 60;
    this.#messagesMax = options.messagesMax ?? 600;
    const limits = { itemsMax: messagesAtOnce, callsMax };
    this.#delete = gathered((handles) => this.#deleteBatch(handles), limits);
    this.#hide = gathered((changes) => this.#hideBatch(changes), limits);
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    const extending = this.#keepHidden();
    await this.#receive(true);
    while (this.#handling.size > 0) await Promise.all([...this.#handling]);
    await extending;
    // Whoever comes next need not wait until they show up by themselves.
    await Promise.all([...this.#held].map(({ handle }) => this.#hide({ handle, seconds: 0 })));
    signal.throwIfAborted();
  }

  /** The first waits for messages; when they come thick, others help it and leave when the queue is empty. */
  async #receive(isFirst: boolean): Promise<void> {
    const { signal, clock } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      if (this.#held.size + messagesAtOnce > this.#messagesMax) {
        await this.#roomOrEnd();
        continue;
      }
      try {
        const count = await this.#receiveOnce(isFirst ? waitSeconds : 0);
        failures = 0;
        if (count === 0 && !isFirst) return;
        if (count === messagesAtOnce) this.#callHelper();
      } catch (error) {
        if (signal.aborted) return;
        this.#options.onTrouble(error, "ReceiveMessage");
        if (!isFirst) return;
        await pauseOrStop(clock, growingPauseMs(pauseMs, failures++), signal);
      }
    }
  }

  #callHelper(): void {
    if (this.#helpers >= receiversMax - 1) return;
    this.#helpers++;
    const helping = this.#receive(false).finally(() => {
      this.#helpers--;
      this.#handling.delete(helping);
    });
    this.#handling.add(helping);
  }

  async #receiveOnce(WaitTimeSeconds: number): Promise<number> {
    const { sqs, queueUrl: QueueUrl, signal, clock, onReceived } = this.#options;
    const { Messages = [] } = await sqs.call(
      "ReceiveMessage",
      {
        QueueUrl,
        MaxNumberOfMessages: messagesAtOnce,
        WaitTimeSeconds,
        VisibilityTimeout: this.#visibilitySeconds,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      },
      { signal },
    );
    onReceived(Messages.length);
    for (const { MessageId = "", Body = "", ReceiptHandle = "", Attributes = {} } of Messages) {
      const received = Number(Attributes.ApproximateReceiveCount ?? 1);
      const held = { handle: ReceiptHandle, hiddenAt: clock.now() };
      this.#held.add(held);
      const handling = this.#handle(held, { id: MessageId, body: Body, received }).finally(() => {
        this.#handling.delete(handling);
        for (const wake of this.#waiting) wake();
      });
      this.#handling.add(handling);
    }
    return Messages.length;
  }

  async #handle(held: Held, message: QueueMessage): Promise<void> {
    const { signal, handle } = this.#options;
    try {
      const fate = await handle(message, signal);
      this.#held.delete(held);
      if (fate.kind === "done") await this.#delete(held.handle);
      else await this.#hide({ handle: held.handle, seconds: Math.ceil(fate.afterMs / 1000) });
    } catch (error) {
      // Stopped in the middle: given back at the end. Anything else is our fault, and must not end the others' work.
      if (signal.aborted) return;
      this.#held.delete(held);
      this.#options.onTrouble(error, "ReceiveMessage");
    }
  }

  async #roomOrEnd(): Promise<void> {
    const { signal } = this.#options;
    const { resolve, promise } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    await promise;
    this.#waiting.delete(wake);
    signal.removeEventListener("abort", wake);
  }

  async #keepHidden(): Promise<void> {
    const { signal, clock } = this.#options;
    const everyMs = (this.#visibilitySeconds * 1000) / 3;
    while (!signal.aborted) {
      await pauseOrStop(clock, everyMs, signal);
      if (signal.aborted) return;
      const now = clock.now();
      const old = [...this.#held].filter(({ hiddenAt }) => now - hiddenAt >= everyMs);
      for (const held of old) held.hiddenAt = now;
      await Promise.all(old.map(({ handle }) => this.#hide({ handle, seconds: this.#visibilitySeconds })));
    }
  }

  /** What could not be deleted comes again, and is then found to be read. */
  async #deleteBatch(handles: readonly string[]): Promise<undefined[]> {
    const { sqs, queueUrl: QueueUrl, onTrouble } = this.#options;
    const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.call("DeleteMessageBatch", { QueueUrl, Entries }).catch((error) => onTrouble(error, "DeleteMessage"));
    return handles.map(() => undefined);
  }

  async #hideBatch(changes: readonly HideChange[]): Promise<undefined[]> {
    const { sqs, queueUrl: QueueUrl, signal, onTrouble } = this.#options;
    const Entries = changes.map(({ handle, seconds }, index) => ({
      Id: String(index),
      ReceiptHandle: handle,
      VisibilityTimeout: Math.max(0, Math.min(seconds, hiddenSecondsMax)),
    }));
    try {
      await sqs.call("ChangeMessageVisibilityBatch", { QueueUrl, Entries });
    } catch (error) {
      if (!signal.aborted) onTrouble(error, "ChangeMessageVisibility");
    }
    return changes.map(() => undefined);
  }
}

interface HideChange {
  readonly handle: string;
  readonly seconds: number;
}
