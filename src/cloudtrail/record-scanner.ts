import { excerptOf, type RejectedPart, type RejectReason } from "./rejected-part.ts";
import { NextOccurrence } from "./scan-window.ts";
import type { SplitValue } from "./split-state.ts";
import { type RecordOrigin, sortValue, type ValueSink } from "./value-sorter.ts";
import { ValueSplitter } from "./value-splitter.ts";

/** What one record may cost. */
export interface RecordLimits {
  /**
   * CloudTrail itself stops at 256 KB, in Lake at 1 MB
   * (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
   */
  readonly recordBytesMax: number;
  readonly depthMax: number;
}

/** The limits that hold when nothing else is asked for. */
export const defaultRecordLimits: RecordLimits = { recordBytesMax: 16 << 20, depthMax: 1000 };

/** How records stood in a file; `mixed` when in more than one way, `none` when there was neither record nor list. */
export type Wrapper =
  | "records"
  | "array"
  | "record"
  | "lines"
  | "lookup-events"
  | "log-events"
  | "eventbridge"
  | "digest"
  | "mixed"
  | "none";

/** What a log file held. */
export interface ScanSummary {
  readonly wrapper: Wrapper;
  readonly records: number;
  readonly rejected: number;
  /** The bytes of the digest, when the file is one. */
  readonly digest?: Uint8Array;
  /** The file ended inside a value or a list. */
  readonly truncated: boolean;
}

/** What a scanner is given: limits, and who hears of what it finds. */
export interface RecordScannerOptions {
  readonly limits?: Partial<RecordLimits>;
  /**
   * Looks at the structure of every value, not only where the fast way fails; slower by far. For bytes that were handed
   * over as one record and turned out to be no JSON: there may be whole records among them.
   */
  readonly isCareful?: boolean;
  /** The bytes are the scanner's own and may change after the call. */
  onRecord(bytes: Uint8Array, start: number, end: number): void;
  onReject(part: RejectedPart): void;
}

const nestingMax = 3;
const listStart = Buffer.from('"Records"');

const listWrappers: ReadonlyMap<string, Wrapper> = new Map([
  ["Records", "records"],
  ["Events", "lookup-events"],
  ["events", "log-events"],
  ["logEvents", "log-events"],
]);

const messages: Readonly<Partial<Record<RejectReason, string>>> = {
  "not-an-object": "A value that is no object stands where a record should be",
  "unexpected-text": "Text that is no JSON object or list",
  "not-cloudtrail": "The value has none of the fields of a CloudTrail record",
  malformed: "A value lacks a bracket, a quote or a comma",
  "record-too-large": "The value is larger than a record may be",
  truncated: "The file ends before its last value does",
  "utf-16": "The file is UTF-16, log files are UTF-8",
  compressed: "The bytes are still compressed with gzip",
};

/**
 * Splits the text of a log file into records without parsing them: a record is handed over exactly as its bytes
 * stand. Feed it chunks of any size, which make no difference; it keeps at most one record of them. Syntax inside a
 * record is not its business, only brackets and strings.
 */
export class RecordScanner {
  readonly #limits: RecordLimits;
  readonly #options: RecordScannerOptions;
  readonly #nesting: number;
  readonly #splitter: ValueSplitter;
  #value: SplitValue | undefined;
  readonly #sink: ValueSink;
  #records = 0;
  #rejected = 0;
  #wrapper: Wrapper = "none";
  /** The list whose kind `#wrapper` already tells. */
  #notedList: string | undefined;
  #digest: Uint8Array | undefined;
  readonly #nextList = new NextOccurrence(listStart);

  constructor(options: RecordScannerOptions, nesting = 0) {
    this.#options = options;
    this.#nesting = nesting;
    this.#limits = { ...defaultRecordLimits, ...options.limits };
    this.#sink = {
      record: (bytes, start, end, origin) => this.#accept(bytes, start, end, origin),
      digest: (start, end) => this.#acceptDigest(start, end),
      nested: (start, end) => this.#scanNested(start, end),
      reject: (reason, message) => this.#rejectValue(reason, message),
    };
    const splitting = {
      valueBytesMax: this.#limits.recordBytesMax,
      readsKeys: nesting > 0,
      isCareful: options.isCareful ?? false,
    };
    this.#splitter = new ValueSplitter(splitting, {
      value: (value) => this.#take(value),
      refused: ({ reason, ...stretch }) =>
        this.#reject({ ...stretch, position: 0, reason, message: messages[reason] ?? reason }),
      listEnd: (list) => this.#noteList(list),
    });
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  end(): ScanSummary {
    this.#splitter.end();
    return {
      wrapper: this.#wrapper,
      records: this.#records,
      rejected: this.#rejected,
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      truncated: this.#splitter.isTruncated,
    };
  }

  #take(value: SplitValue): boolean {
    const { bytes, view } = this.#splitter.window;
    const { start, end } = value;
    this.#value = value;
    if (value.deepest > this.#limits.depthMax) {
      this.#rejectValue("record-too-deep", `The value nests more than ${this.#limits.depthMax} levels deep`);
    } else if (value.isFast && (value.list !== undefined || !this.#mayHideList(value))) {
      this.#accept(bytes, start, end, "itself");
    } else {
      return sortValue(bytes, view, start, end, this.#sink);
    }
    return true;
  }

  /** A top-level object that begins as a record does might yet be a wrapper with a field of that name. */
  #mayHideList({ start, end }: SplitValue): boolean {
    return this.#nextList.isWithin(this.#splitter.window, start, end);
  }

  #accept(bytes: Uint8Array, start: number, end: number, origin: RecordOrigin): void {
    this.#records++;
    if (origin !== "itself") {
      this.#note(origin);
    } else if (this.#value?.list === undefined || this.#value.list !== this.#notedList) {
      this.#notedList = this.#value?.list;
      this.#note(this.#containerOf(this.#notedList));
    }
    this.#options.onRecord(bytes, start, end);
  }

  #containerOf(list: string | undefined): Wrapper {
    if (list === undefined) {
      return this.#records > 1 ? "lines" : "record";
    }
    return listWrappers.get(list) ?? "array";
  }

  #note(wrapper: Wrapper): void {
    const before = this.#wrapper;
    const isSame = before === "none" || before === wrapper || (before === "record" && wrapper === "lines");
    this.#wrapper = isSame ? wrapper : "mixed";
  }

  #noteList(list: string): void {
    const wrapper = listWrappers.get(list) ?? "array";
    if (this.#wrapper === "none" || wrapper === "records") {
      this.#note(wrapper);
    }
  }

  #acceptDigest(start: number, end: number): void {
    if (this.#nesting > 0 || this.#value?.list !== undefined || this.#wrapper !== "none" || this.#rejected > 0) {
      this.#rejectValue("digest", "A digest stands where records are expected");
      return;
    }
    this.#wrapper = "digest";
    this.#digest = new Uint8Array(this.#splitter.window.bytes.subarray(start, end));
  }

  /** A whole log file, or another list of records, as one element of a list. */
  #scanNested(start: number, end: number): void {
    if (this.#nesting >= nestingMax) {
      this.#rejectValue("nested-too-often", `Lists of records lie more than ${nestingMax} deep in each other`);
      return;
    }
    const { bytes, baseBytes } = this.#splitter.window;
    const inner = new RecordScanner(
      {
        limits: this.#limits,
        isCareful: this.#options.isCareful ?? false,
        onRecord: (record, from, to) => {
          this.#records++;
          this.#options.onRecord(record, from, to);
        },
        onReject: (part) => this.#reject({ ...part, offsetBytes: baseBytes + start + part.offsetBytes }),
      },
      this.#nesting + 1,
    );
    inner.push(bytes.subarray(start, end));
    this.#note(inner.end().wrapper);
  }

  #rejectValue(reason: RejectReason, message: string): void {
    const { bytes, baseBytes } = this.#splitter.window;
    const { start, end } = this.#value ?? { start: 0, end: 0 };
    this.#reject({
      position: 0,
      offsetBytes: baseBytes + start,
      lengthBytes: end - start,
      reason,
      message,
      excerpt: excerptOf(bytes, start, end),
    });
  }

  #reject(part: RejectedPart): void {
    const position = this.#records + this.#rejected;
    this.#rejected++;
    this.#options.onReject({ ...part, position });
  }
}
