/** A message as it lasts; it is put anew each time it is received. */
export interface Message {
  readonly id: string;
  /** Twenty digits that only grow: the order in the queue, and FIFO's `SequenceNumber`. */
  readonly sequence: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly senderId: string;
  readonly sentAt: number;
  readonly firstReceivedAt?: number;
  readonly receiveCount: number;
  /** From when on it can be received: after its delay, or when its visibility timeout has run out. */
  readonly visibleAt: number;
  /** The secret part of the newest receipt handle, while it is in flight. */
  readonly receipt?: string;
  /** The queue that it came from, of a message in a dead-letter queue. */
  readonly deadLetterSourceArn?: string;
}

/** A binary value is kept in base64. */
export interface MessageAttribute {
  readonly type: string;
  readonly value: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export function isBinary(attribute: MessageAttribute): boolean {
  return attribute.type.startsWith("Binary");
}
