/** Where reading a regular expression stands, and the flags it reads under. */
export interface RegexCursor {
  readonly source: string;
  at: number;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  depth: number;
}

/** What is wrong with a regular expression and where; caught by `readRegex`, never seen outside. */
export class RegexFault extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
