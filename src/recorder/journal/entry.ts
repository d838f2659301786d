/** A record on its way: what it says, who gets it, and when it came. */
export interface JournalEntry {
  /** When the recorder was given it, in milliseconds since 1970. */
  readonly at: number;
  readonly recipientId: string;
  readonly region: string;
  /** The record as JSON text, on one line. */
  readonly record: string;
}

const linePattern = /^(\d{1,16})\t(\d{12})\t([a-z0-9-]{1,40})\t(\{.*\})$/s;

/** The entry as a line of the journal, with its end. */
export function printEntry(entry: JournalEntry): string {
  const line = `${entry.at}\t${entry.recipientId}\t${entry.region}\t${entry.record}`;
  if (!linePattern.test(line) || entry.record.includes("\n")) {
    throw new TypeError("A journal entry needs an instant, an account, a region and a record on one line");
  }
  return `${line}\n`;
}

/** The entry that a line without its end tells; undefined when it is none. */
export function parseEntry(line: string): JournalEntry | undefined {
  const match = linePattern.exec(line);
  if (match === null) return undefined;
  const [, at = "", recipientId = "", region = "", record = ""] = match;
  return { at: Number(at), recipientId, region, record };
}
