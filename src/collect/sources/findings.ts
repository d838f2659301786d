/** What is known to go wrong between a source and AWS; each has its own sentence (`diagnose.ts`). */
export type FindingCode =
  | "ok"
  | "right-missing"
  | "role-refused"
  | "credentials-missing"
  | "credentials-invalid"
  | "wrong-region"
  | "queue-missing"
  | "bucket-missing"
  | "bucket-empty"
  | "queue-empty-bucket-fills"
  | "queue-not-ours"
  | "key-refused"
  | "key-disabled"
  | "clock-wrong"
  | "throttled"
  | "unreachable"
  | "folder-missing"
  | "store-full"
  | "object-missing"
  | "object-archived"
  | "object-too-large"
  | "unknown";

/** One thing that was found out about a source: a sentence that says what is, and what to do when it is not well. */
export interface Finding {
  readonly code: FindingCode;
  readonly isGood: boolean;
  /** What is: `The role may not receive messages from the queue (sqs:ReceiveMessage)`. */
  readonly sentence: string;
  /** What to do about it, as a sentence without full stop. */
  readonly help?: string;
  /** AWS's own words, when it said some. */
  readonly cause?: string;
}

/** What is as it must be. */
export function good(sentence: string): Finding {
  return { code: "ok", isGood: true, sentence };
}
