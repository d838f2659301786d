import type { CloudTrailRecord } from "../../cloudtrail/index.ts";
import type { TestFailure } from "./test-rules.ts";

/** A record of a file of examples. */
export interface ExampleLine {
  /** From 1. */
  readonly line: number;
  readonly record: CloudTrailRecord;
  readonly text: string;
}

export interface ExamplesReading {
  readonly lines: readonly ExampleLine[];
  readonly failures: readonly TestFailure[];
}

/** Reads one record a line; empty lines are passed over. */
export function readExamples(text: string, file: string): ExamplesReading {
  const lines: ExampleLine[] = [];
  const failures: TestFailure[] = [];
  for (const [index, source] of text.split(/\r?\n/).entries()) {
    if (source.trim() === "") continue;
    const record = parse(source);
    if (record === undefined)
      failures.push({ file, line: index + 1, reason: "It is no record: a JSON object on one line" });
    else lines.push({ line: index + 1, record, text: source });
  }
  return lines.length + failures.length > 0
    ? { lines, failures }
    : { lines, failures: [{ file, line: 0, reason: "There is no record in it" }] };
}

function parse(source: string): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as CloudTrailRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
