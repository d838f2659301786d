import { Line } from "./line.ts";
import { type Message } from "./message.ts";

/** Which messages a queue gives out next. It is told what becomes of each of them. */
export interface Order {
  /** A message has come into the queue; `isVisible` is false while it is delayed or, after a restart, in flight. */
  arrived(message: Message, state: MessageState): void;
  /** A message can be received now. */
  visible(message: Message, wasInFlight: boolean): void;
  /** The messages that one receive may have, as long as it takes more; what is taken is in flight. */
  take(state: (sequence: string) => MessageState | undefined): Iterable<string>;
  /** A message is in the queue no more. */
  gone(message: Message, wasInFlight: boolean): void;
}

export type MessageState = "ready" | "delayed" | "in-flight";

/** About the order of arrival; a message that comes back stands at the end. */
export function standardOrder(): Order {
  const line = new Line<string>();
  return {
    arrived(message, state) {
      if (state === "ready") line.push(message.sequence);
    },
    visible: (message) => line.push(message.sequence),
    *take(state) {
      for (let next = line.shift(); next !== undefined; next = line.shift()) if (state(next) === "ready") yield next;
    },
    gone: () => undefined,
  };
}

interface Group {
  /** Sequences of messages that are not in flight, in order; some may be delayed, or gone. */
  readonly waiting: string[];
  inFlight: number;
  isListed: boolean;
}

/**
 * The order of arrival within each group, and nothing of a group while one of it is in flight. Several of one group may
 * go out together: SQS Developer Guide, "FIFO queue delivery logic".
 */
export function fifoOrder(): Order {
  const groups = new Map<string, Group>();
  const free = new Line<string>();

  function groupOf(id: string): Group {
    let group = groups.get(id);
    if (group === undefined) groups.set(id, (group = { waiting: [], inFlight: 0, isListed: false }));
    return group;
  }
  function list(id: string, group: Group): void {
    if (group.isListed || group.inFlight > 0) return;
    if (group.waiting.length === 0) return void groups.delete(id);
    group.isListed = true;
    free.push(id);
  }
  function landed(id: string, group: Group): void {
    group.inFlight -= 1;
    list(id, group);
  }

  return {
    arrived(message, state) {
      const id = message.groupId ?? "";
      const group = groupOf(id);
      if (state === "in-flight") group.inFlight += 1;
      else group.waiting.push(message.sequence);
      if (state === "ready") list(id, group);
    },
    visible(message, wasInFlight) {
      const id = message.groupId ?? "";
      const group = groupOf(id);
      if (!wasInFlight) return list(id, group);
      group.waiting.unshift(message.sequence);
      if ((group.waiting[1] ?? message.sequence) < message.sequence) group.waiting.sort();
      landed(id, group);
    },
    *take(state) {
      for (let id = free.shift(); id !== undefined; id = free.shift()) {
        const group = groups.get(id);
        if (group === undefined) continue;
        group.isListed = false;
        if (group.inFlight > 0) continue;
        for (let head = group.waiting[0]; head !== undefined; head = group.waiting[0]) {
          const found = state(head);
          if (found === "delayed") break;
          group.waiting.shift();
          if (found === undefined) continue;
          group.inFlight += 1;
          yield head;
        }
        if (group.waiting.length === 0 && group.inFlight === 0) groups.delete(id);
      }
    },
    gone(message, wasInFlight) {
      const id = message.groupId ?? "";
      const group = groups.get(id);
      if (wasInFlight && group !== undefined) landed(id, group);
    },
  };
}
