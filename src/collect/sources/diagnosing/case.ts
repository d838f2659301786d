import type { Finding, FindingCode } from "../findings.ts";
import type { Said } from "./said.ts";

/** What was being done when something went wrong. */
export interface About {
  /** The thing itself: `the queue https://sqs…`, `the bucket logs`, `s3://logs/key`. */
  readonly what: string;
  readonly region?: string | undefined;
  /** Of the role that was to be taken on, if any. */
  readonly roleArn?: string | undefined;
  /** Milliseconds since 1970, by this machine. */
  readonly now?: number;
}

export type Found = Pick<Finding, "code" | "sentence" | "help">;

/** Knows one thing that goes wrong, and gives nothing for all else. */
export type Case = (said: Said, about: About) => Found | undefined;

export function found(code: FindingCode, sentence: string, help: string): Found {
  return { code, sentence, help };
}

/** The beginning of a sentence; addresses stay as they are. */
export function upper(text: string): string {
  return /^[a-z0-9]+:\/\//.test(text) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
}
