/** Why a part of a log file was not taken as a record. */
export type RejectReason =
  /** An element of `Records`, or of another list of records, that is no object. */
  | "not-an-object"
  /** JSON, but nothing that CloudTrail writes. */
  | "not-cloudtrail"
  /** A message that names log files instead of holding records. */
  | "notification"
  /** A digest file where records were expected. */
  | "digest"
  /** Text between values, or a file that is not JSON at all. */
  | "unexpected-text"
  /** A value that lacks a bracket or a quote. */
  | "malformed"
  | "record-too-large"
  | "record-too-deep"
  /** Lists inside lists, more often than any export writes them. */
  | "nested-too-often"
  /** The file ends inside a value or a list. */
  | "truncated"
  | "utf-16"
  /** Compressed bytes that nobody inflated. */
  | "compressed";

/** A part of a log file that was refused, with enough to find it again. */
export interface RejectedPart {
  /** Index of the value within the file, 0-based; records and rejected parts count alike. */
  readonly position: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly reason: RejectReason;
  readonly message: string;
  /** The part's beginning, at most 200 characters, control characters replaced; still the log's own text. */
  readonly excerpt: string;
}

/** How many bytes of a part an excerpt may need. */
export const excerptBytesMax = 800;
const excerptCharactersMax = 200;
const decoder = new TextDecoder();
// control, format (bidirectional overrides among them), surrogate, line and paragraph separators
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The readable beginning of a part of a log file. */
export function excerptOf(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, Math.min(end, start + excerptBytesMax));
  return decoder.decode(part).slice(0, excerptCharactersMax).replace(unprintable, "\u00b7");
}
