import { checkStructure } from "./json-structure.ts";
import { readBetween, readList, readLost, readStart, readText, readUnreadable } from "./split-between.ts";
import { readObjectKey, readObjectMember, readObjectScalar, readObjectValue } from "./split-object.ts";
import { SplitState, type SplitterEvents, type SplitterOptions } from "./split-state.ts";
import { confirmUnit, readUnit } from "./split-unit.ts";
import type { ScanWindow } from "./scan-window.ts";

/**
 * Splits the text of a log file into top-level values and, inside a wrapper, into the elements of its lists, of which
 * it keeps one at a time. The fast way counts brackets alone; where that fails (the end comes too early, a bracket of
 * the wrong kind closes, what follows does not fit) the structure is looked at closely from the value's start, and
 * from a place where it breaks the next likely value is searched, so that a broken value costs as few of its
 * neighbours as can be. From then on every value is looked at closely, which keeps the whole linear.
 */
export class ValueSplitter {
  readonly #state: SplitState;

  constructor(options: SplitterOptions, events: SplitterEvents) {
    this.#state = new SplitState(options, events);
  }

  /** The bytes that the indexes of a value are into. */
  get window(): ScanWindow {
    return this.#state.window;
  }

  /** The file ended inside a value or a list. */
  get isTruncated(): boolean {
    return this.#state.isTruncated;
  }

  push(chunk: Uint8Array): void {
    const s = this.#state;
    s.shift(s.window.append(chunk, s.keepFrom()));
    while (step(s, false)) {
      // one token or one value at a time
    }
    s.shift(s.window.detach(s.keepFrom()));
  }

  end(): void {
    const s = this.#state;
    while (step(s, true) || finish(s)) {
      // a broken last value may set others free
    }
  }
}

/** Returns false when it needs more bytes than there are. */
function step(s: SplitState, isFinal: boolean): boolean {
  switch (s.mode) {
    case "unit":
      return readUnit(s, isFinal);
    case "list":
      return readList(s, isFinal);
    case "confirm":
      return confirmUnit(s, isFinal);
    case "between":
      return readBetween(s, isFinal);
    case "keys":
      return readObjectKey(s);
    case "value":
      return readObjectValue(s);
    case "member":
      return readObjectMember(s);
    case "scalar":
      return readObjectScalar(s);
    case "text":
      return readText(s);
    case "lost":
      return readLost(s, isFinal);
    case "start":
      return readStart(s, isFinal);
    case "unreadable":
      return readUnreadable(s);
    case "done":
      s.pos = s.window.end;
      return false;
  }
}

/** At the file's end; returns true when there is more to read after all. */
function finish(s: SplitState): boolean {
  const { end } = s.window;
  switch (s.mode) {
    case "start":
    case "between":
    case "done":
      break;
    case "unreadable":
    case "lost":
      s.refuse(s.refusal, s.start, end);
      break;
    case "list":
      refuseTruncated(s, end);
      break;
    case "text":
      refuseTruncated(s, s.start);
      break;
    default:
      return finishValue(s);
  }
  s.mode = "done";
  return false;
}

function finishValue(s: SplitState): boolean {
  const { bytes, end } = s.window;
  if (s.mode !== "unit" && s.isWrapper) {
    refuseTruncated(s, s.mode === "keys" ? end : s.pos);
  } else if (s.isDropped) {
    s.isTruncated = true;
    s.refuse("record-too-large", s.start, end);
  } else {
    const found = bytes[s.start] === 0x22 ? undefined : checkStructure(bytes, s.start, end);
    if (found?.kind === "broken") {
      s.lose(found);
      return true;
    }
    refuseTruncated(s, s.start);
  }
  s.mode = "done";
  return false;
}

function refuseTruncated(s: SplitState, start: number): void {
  s.isTruncated = true;
  s.refuse("truncated", start, s.window.end);
}
