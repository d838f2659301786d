import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { readArn } from "../resource-arn.ts";
import { Inbox } from "./inbox.ts";
import { type Message } from "./message.ts";
import { isFifo, type Queue, queueKey } from "./queue.ts";

/** A message that was sent within the last five minutes, by its deduplication id. */
export interface SentBefore {
  readonly messageId: string;
  readonly sequence: string;
  readonly at: number;
}

const deduplicationMilliseconds = 5 * 60_000;

/** All queues of the sandbox, what is in them, and what was sent to them lately. */
export class Queues {
  readonly world: World;
  readonly queues: Collection<Queue>;
  /** When queues were deleted: their names are free again after a minute. */
  readonly deleted: Collection<number>;
  readonly #messages: Collection<Message>;
  readonly #sent: Collection<SentBefore>;
  /** The keys of `#sent`, the oldest first. */
  readonly #sentKeys = new Set<string>();
  readonly #inboxes = new Map<string, Inbox>();
  #lastSequence = 0n;

  constructor(world: World) {
    this.world = world;
    this.queues = world.state.collection("sqs/queues");
    this.deleted = world.state.collection("sqs/deleted-queues");
    this.#messages = world.state.collection("sqs/messages");
    this.#sent = world.state.collection("sqs/deduplication");
    for (const queue of this.queues.values()) this.inboxOf(queue);
    for (const [key, message] of this.#messages.entries()) this.#restore(key, message);
    const sent = [...this.#sent.entries()].sort(([, a], [, b]) => a.at - b.at);
    for (const [key] of sent) this.#sentKeys.add(key);
  }

  inboxOf(queue: Queue): Inbox {
    const known = this.#inboxes.get(queue.arn);
    if (known !== undefined) return known;
    const inbox = new Inbox(this.#messages, this.world.clock, { arn: queue.arn, isFifo: isFifo(queue) });
    this.#inboxes.set(queue.arn, inbox);
    return inbox;
  }

  put(queue: Queue): void {
    this.queues.put(queueKey(queue), queue);
  }

  delete(queue: Queue): void {
    this.world.state.together(() => {
      this.inboxOf(queue).clear();
      this.queues.delete(queueKey(queue));
      this.deleted.put(queueKey(queue), this.world.clock.now());
      for (const key of [...this.#sentKeys]) if (key.startsWith(keyOf(queue.arn, ""))) this.#forget(key);
    });
    this.#inboxes.delete(queue.arn);
  }

  /** Twenty digits that grow, also over a restart. */
  nextSequence(): string {
    const least = BigInt(this.world.clock.now()) * 1_000_000n;
    this.#lastSequence = this.#lastSequence >= least ? this.#lastSequence + 1n : least;
    return this.#lastSequence.toString().padStart(20, "0");
  }

  sentBefore(queue: Queue, scope: string, deduplicationId: string): SentBefore | undefined {
    const oldest = this.world.clock.now() - deduplicationMilliseconds;
    for (const key of this.#sentKeys) {
      if ((this.#sent.get(key)?.at ?? 0) > oldest) break;
      this.#forget(key);
    }
    return this.#sent.get(keyOf(queue.arn, scope, deduplicationId));
  }

  rememberSent(queue: Queue, scope: string, deduplicationId: string, sent: SentBefore): void {
    const key = keyOf(queue.arn, scope, deduplicationId);
    this.#sent.put(key, sent);
    this.#sentKeys.add(key);
  }

  #forget(key: string): void {
    this.#sent.delete(key);
    this.#sentKeys.delete(key);
  }

  #restore(key: string, message: Message): void {
    const sequence = BigInt(message.sequence);
    if (sequence > this.#lastSequence) this.#lastSequence = sequence;
    const arn = key.slice(0, key.length - message.sequence.length - 1);
    const parts = readArn(arn);
    const place = { accountId: parts?.accountId ?? "", region: parts?.region ?? "", name: parts?.resource ?? "" };
    const queue = this.queues.get(queueKey(place));
    if (queue !== undefined) this.inboxOf(queue).restore(message);
  }
}
