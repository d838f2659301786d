/** What people can be told of. */
export const noticeKinds = ["incident", "finding", "health", "integrity", "repair"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** One thing to be told; the words are plain text and come from logs in part: each channel escapes them for itself. */
export interface Notice {
  /** The same matter in the same condition has the same id, so that nobody is told twice. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** What it goes on with: an incident's id; later notices of it resolve or update the first where a channel can do that. */
  readonly thread: string;
  readonly state: "opened" | "changed" | "ended";
  /** Somebody has said that they look after it: a pager that rings for it may stop. */
  readonly isTaken?: boolean;
  readonly severity: "informational" | "low" | "medium" | "high" | "critical";
  readonly accountIds: readonly string[];
  /** Keys of rules, where it is about any. */
  readonly rules: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Path of the console's page, without the server's address. */
  readonly path: string;
  /** When it happened, milliseconds. */
  readonly at: number;
}

/** Who gives notices: asked again and again, goes on behind what was given. */
export interface NoticeSource {
  readonly name: string;
  /** What is new behind a position, in order; `undefined` as position is the beginning. */
  since(position: unknown, limit: number): Promise<{ readonly notices: readonly Notice[]; readonly position: unknown }>;
}
