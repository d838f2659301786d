import type { SourceContext } from "../source.ts";
import type { MessageFate, QueueMessage } from "./queue-loop.ts";

const minuteMs = 60_000;
/** So often a message has to come before it is set aside: the next program may understand it. */
const receivedMin = 3;
const provenKey = "queue/proven";
/** So many strange messages, and not one that is ours, make a queue look like somebody else's. */
const notOursMin = 5;

/** What strange messages of a kind of source are called, and what a person can do. */
export interface StrangeWords {
  /** `messages that name no log file` */
  readonly are: string;
  readonly help: string;
}

const noticeWords: StrangeWords = {
  are: "messages that name no log file",
  help: "See that the trail's topic, or the bucket's notifications, lead to this queue",
};

/**
 * Messages that hold nothing for the source, such as those that name no log file. They are set aside, whole, only from a
 * queue that has brought something: one that was named by mistake belongs to somebody else, whose messages stay where
 * they are.
 */
export class StrangeMessages {
  readonly #context: SourceContext;
  readonly #words: StrangeWords;
  #isOurs: boolean;
  #met = 0;

  private constructor(context: SourceContext, isOurs: boolean, words: StrangeWords) {
    this.#context = context;
    this.#words = words;
    this.#isOurs = isOurs;
  }

  static async open(context: SourceContext, words: StrangeWords = noticeWords): Promise<StrangeMessages> {
    return new StrangeMessages(context, (await context.memory.all(provenKey)).size > 0, words);
  }

  /** Whether the queue has brought something for this source. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** A message was understood: the queue is the right one. */
  async provenOurs(): Promise<void> {
    if (this.#isOurs) return;
    this.#isOurs = true;
    this.#context.report.hint(undefined);
    await this.#context.memory.set(new Map([[provenKey, this.#context.clock.now()]]));
  }

  async meet(message: QueueMessage, reason: string): Promise<MessageFate> {
    const { report } = this.#context;
    this.#met++;
    if (!this.#isOurs && this.#met >= notOursMin) {
      report.hint({
        code: "queue-not-ours",
        isGood: false,
        sentence: `The queue holds ${this.#words.are}; the last was left there because: ${reason}`,
        help: `${this.#words.help}; nothing was deleted from it`,
      });
    }
    if (!this.#isOurs || message.received < receivedMin) return { kind: "again", afterMs: minuteMs };
    const { id, body, received } = message;
    await this.#context.setAside({ id, body, reason, received });
    report.swallowed("message that was set aside");
    return { kind: "done" };
  }
}
