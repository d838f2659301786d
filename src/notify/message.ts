import type { Notice } from "./notice.ts";
import type { Severity } from "./severity.ts";

/** What is told of one matter, of several at a time of day, or of too many at once. */
export type MessageForm = "thread" | "digest" | "flood";

/** What a channel sends at once. Its texts are single lines, cut and harmless as text; a channel escapes its own signs. */
export interface Message {
  /** The same over all tries, also after a kill: receivers that look at it take a message once. */
  readonly key: string;
  readonly form: MessageForm;
  /** What it goes on with; a digest's is its own. */
  readonly thread: string;
  readonly state: Notice["state"];
  /** Somebody said that they look after it. */
  readonly isTaken: boolean;
  readonly severity: Severity;
  /** `[HIGH] INC-12 Leaked key used from Brazil: new user made and CloudTrail stopped`. */
  readonly subject: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What was told before in the same thread, or what a digest holds; oldest first. */
  readonly points: readonly Point[];
  /** Points that are left out, because there are too many. */
  readonly more: number;
  /** Page of the console; nothing where nobody said where that is. */
  readonly link: string | undefined;
  /** When the newest of it happened, milliseconds. */
  readonly at: number;
  /** As they came from their sources: for programs. */
  readonly notices: readonly Notice[];
}

export interface Point {
  readonly at: number;
  readonly severity: Severity;
  readonly title: string;
  readonly link: string | undefined;
}

/** Where people open the console; nothing where nobody knows. */
export type ConsoleUrl = () => string | undefined | Promise<string | undefined>;
