import { newSkimState, resetSkimState } from "./json-skim.ts";
import { type BrokenStructure, checkStructure } from "./json-structure.ts";
import { excerptBytesMax, excerptOf, type RejectReason } from "./rejected-part.ts";
import { NextOccurrence, ScanWindow } from "./scan-window.ts";

/** A complete value, as indexes into the window. */
export interface SplitValue {
  readonly start: number;
  readonly end: number;
  /** The key of the list it stands in, `[` for a bare list, nothing at the top. */
  readonly list: string | undefined;
  readonly deepest: number;
  /** It begins as records of event version 1 do. */
  readonly isFast: boolean;
}

/** A stretch that is no value, or one that cannot be taken; offsets are into the file. */
export interface RefusedStretch {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly reason: RejectReason;
  readonly excerpt: string;
}

/** What a splitter is made for. */
export interface SplitterOptions {
  readonly valueBytesMax: number;
  /** Every top-level object is read key by key, even one that begins as a record does. */
  readonly readsKeys: boolean;
  /** Every value's structure is looked at from the beginning. */
  readonly isCareful: boolean;
}

/** Who is told what the splitter finds. */
export interface SplitterEvents {
  /** False: it is nothing that is known here. */
  value(value: SplitValue): boolean;
  refused(stretch: RefusedStretch): void;
  /** A list of values has ended, even one without any. */
  listEnd(list: string): void;
}

/**
 * `between` top-level values · `keys`, `member`, `scalar` inside a top-level object that may prove to be a wrapper, and
 * `value` before a member's value · `list` between elements · `unit` inside a value that is skimmed as a whole ·
 * `confirm` after one, before what follows · `text` inside a scalar element · `lost` after something unreadable,
 * looking for the next value · `unreadable` when the whole file is.
 */
export type SplitMode =
  | "start"
  | "between"
  | "keys"
  | "value"
  | "member"
  | "scalar"
  | "list"
  | "unit"
  | "confirm"
  | "text"
  | "lost"
  | "unreadable"
  | "done";

const lineStart = Buffer.from("\n{");
/** A shorter beginning of a broken value is not worth a part of its own. */
const brokenBytesMin = 8;

/** Where a splitter stands. Indexes are into the window; those of bytes let go of are negative. */
export class SplitState {
  readonly window = new ScanWindow();
  readonly skim = newSkimState();
  /** A line that opens an object; inside a value it is a sign of a lost quote. */
  readonly #nextLine = new NextOccurrence(lineStart);
  readonly valueBytesMax: number;
  readonly readsKeys: boolean;
  readonly #events: SplitterEvents;
  mode: SplitMode = "start";
  /** Where reading goes on. */
  pos = 0;
  /** Where the value, text or lost stretch at hand begins. */
  start = 0;
  /** Where the unit to be confirmed ends. */
  unitEnd = 0;
  /** A careful look at an unfinished unit is not repeated before the window reaches this. */
  retryAt = 0;
  list: string | undefined;
  key = "";
  /** The deepest nesting met inside the top-level object at hand. */
  deepest = 0;
  /** The top-level object at hand holds a list of records. */
  isWrapper = false;
  isFast = false;
  /** The value at hand is over the limit and its bytes are not kept. */
  isDropped = false;
  isLimitChecked = false;
  /** The object at hand was begun as a unit and is now read key by key. */
  isRewound = false;
  /** Something was broken before: every value's structure is looked at from now on. */
  isCareful: boolean;
  isTruncated = false;
  /** Why the stretch at hand is lost, or the file unreadable. */
  refusal: RejectReason = "unexpected-text";
  /** The beginning of a stretch whose bytes were let go of. */
  #head: string | undefined;

  constructor({ valueBytesMax, readsKeys, isCareful }: SplitterOptions, events: SplitterEvents) {
    this.valueBytesMax = valueBytesMax;
    this.readsKeys = readsKeys;
    this.isCareful = isCareful;
    this.#events = events;
  }

  /** The first byte that is still needed. */
  keepFrom(): number {
    switch (this.mode) {
      case "unit":
      case "confirm":
      case "text":
      case "unreadable":
        return this.isDropped ? this.pos : this.start;
      case "lost":
        // the byte before tells whether a line begins
        return this.isDropped ? Math.max(0, this.pos - 1) : this.start;
      case "keys":
      case "value":
      case "member":
      case "scalar":
        return this.isWrapper || this.isDropped ? this.pos : this.start;
      default:
        return this.pos;
    }
  }

  shift(by: number): void {
    this.pos -= by;
    this.start -= by;
    this.unitEnd -= by;
    this.retryAt -= by;
  }

  begin(mode: SplitMode): void {
    this.mode = mode;
    this.start = this.pos;
    this.#head = undefined;
    this.deepest = 0;
    this.retryAt = 0;
    this.isDropped = false;
    this.isLimitChecked = false;
    this.isRewound = this.readsKeys;
    resetSkimState(this.skim);
  }

  /** Back to where values are expected. */
  leave(): void {
    this.mode = this.list === undefined ? "between" : "list";
  }

  /** Whether a line inside the value at hand opens an object at its very beginning. */
  holdsLine(end: number): boolean {
    return this.#nextLine.isWithin(this.window, this.start, end);
  }

  exceedsLimit(end: number): boolean {
    return end - this.start > this.valueBytesMax;
  }

  /** Looks once at the kept bytes of a value over the limit. False: it is broken, and the search for the next began. */
  checkLimit(): boolean {
    if (this.isLimitChecked) {
      return true;
    }
    this.isLimitChecked = true;
    const limit = this.start + this.valueBytesMax;
    const found =
      this.window.bytes[this.start] === 0x22 ? undefined : checkStructure(this.window.bytes, this.start, limit);
    if (found?.kind === "broken") {
      this.lose(found);
      return false;
    }
    return true;
  }

  /**
   * Lets go of the bytes of the value or stretch at hand, all but what an excerpt shows; that is never more than is
   * sure to be there by then, so that chunks of any size give the same excerpt.
   */
  drop(shownBytes: number = Math.min(excerptBytesMax, this.valueBytesMax)): void {
    this.#head ??= excerptOf(this.window.bytes, this.start, Math.min(this.window.end, this.start + shownBytes));
    this.isDropped = true;
  }

  /** Gives the value at hand up and looks for the next. */
  lose(found: BrokenStructure): void {
    this.pos = Math.max(found.resumeAt, this.start + 1);
    this.isCareful = true;
    this.refusal = "malformed";
    this.mode = "lost";
    if (found.isNextValue && this.pos - this.start >= brokenBytesMin) {
      this.refuse(this.refusal, this.start, this.pos);
      this.leave();
    }
  }

  deliver(end: number, deepest: number): void {
    this.pos = end;
    this.leave();
    if (this.#events.value({ start: this.start, end, list: this.list, deepest, isFast: this.isFast })) {
      return;
    }
    // a lost quote can turn several values into one that looks closed
    const isTiny = end - this.start < brokenBytesMin;
    const found = isTiny ? undefined : checkStructure(this.window.bytes, this.start, end);
    if (found?.kind === "broken") {
      this.lose(found);
    } else {
      this.refuse("not-cloudtrail", this.start, end);
    }
  }

  refuse(reason: RejectReason, start: number, end: number): void {
    const excerpt = this.#head ?? excerptOf(this.window.bytes, start, Math.min(end, this.window.end));
    this.#head = undefined;
    this.#events.refused({
      offsetBytes: this.window.baseBytes + start,
      lengthBytes: end - start,
      reason,
      excerpt,
    });
  }

  closeList(): void {
    const list = this.list ?? "[";
    this.list = undefined;
    this.mode = this.isWrapper ? "keys" : "between";
    this.#events.listEnd(list);
  }
}
