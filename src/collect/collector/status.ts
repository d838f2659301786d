/** Where a source stands, as people see it. */
export type SourceStatus =
  /** Nothing has come yet, and nothing is wrong. */
  | "waiting"
  /** Log files come. */
  | "online"
  /** Log files came, and none for longer than is usual. */
  | "quiet"
  /** Something stands in the way. */
  | "failing"
  /** A person has paused it. */
  | "paused";
