import { isBlank } from "./object-members.ts";
import { excerptBytesMax } from "./rejected-part.ts";
import { findResumption, logTimestampBytesMax, logTimestampLength } from "./resumption.ts";
import type { SplitState } from "./split-state.ts";

const fastPrefix = Buffer.from('{"eventVersion":"1.');

/** At the file's first bytes: byte order marks, and what cannot be read at all. */
export function readStart(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  if (end - s.pos < 4 && !isFinal) {
    return false;
  }
  const [a, b, c] = bytes.subarray(s.pos, end);
  const isMarked = (a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe);
  const isUtf16 = isMarked || (isOpening(a) && b === 0) || (a === 0 && isOpening(b));
  const isGzip = a === 0x1f && b === 0x8b;
  if (isUtf16 || isGzip) {
    s.begin("unreadable");
    s.refusal = isUtf16 ? "utf-16" : "compressed";
    return true;
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    s.pos += 3;
  }
  s.mode = "between";
  return true;
}

/** Between top-level values: white space, commas, record separators and further byte order marks mean nothing. */
export function readBetween(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  s.isWrapper = false;
  while (s.pos < end) {
    const c = bytes[s.pos];
    if (c === 0x7b) {
      return openObject(s, isFinal);
    }
    if (c === 0x5b) {
      s.pos++;
      s.list = "[";
      s.mode = "list";
      return true;
    }
    const isTime = c === 0x31 || c === 0x32;
    if (((c === 0xef && end - s.pos < 3) || (isTime && end - s.pos < logTimestampBytesMax)) && !isFinal) {
      return false;
    }
    const timestamp = isTime ? logTimestampLength(bytes, s.pos, end) : 0;
    if (c === 0xef && bytes[s.pos + 1] === 0xbb && bytes[s.pos + 2] === 0xbf) {
      s.pos += 3;
    } else if (timestamp > 0) {
      s.pos += timestamp;
    } else if (isBlank(c) || c === 0x2c || c === 0x1e) {
      s.pos++;
    } else {
      s.begin("lost");
      s.refusal = "unexpected-text";
      return true;
    }
  }
  return false;
}

/** Between the elements of a list; commas are not counted. */
export function readList(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  while (s.pos < end) {
    const c = bytes[s.pos];
    if (c === 0x7b) {
      return openObject(s, isFinal);
    }
    if (c === 0x2c || isBlank(c)) {
      s.pos++;
    } else if (c === 0x5d) {
      s.pos++;
      s.closeList();
      return true;
    } else {
      s.isFast = false;
      s.begin(c === 0x5b || c === 0x22 ? "unit" : "text");
      return true;
    }
  }
  return false;
}

/** Inside an element that is neither object, list nor string. */
export function readText(s: SplitState): boolean {
  const { bytes, end } = s.window;
  let i = Math.max(s.pos, s.start + 1);
  while (i < end && !endsScalar(bytes[i])) {
    i++;
  }
  s.pos = i;
  if (i >= end) {
    return dropLong(s);
  }
  s.refuse("not-an-object", s.start, i);
  s.leave();
  return true;
}

/** Inside a stretch that nothing can be made of. */
export function readLost(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  const found = findResumption(bytes, s.pos, end, isFinal, s.list !== undefined);
  if (found.kind !== "found") {
    s.pos = found.kind === "undecided" ? found.scanned : end;
    return dropLong(s);
  }
  s.pos = found.at;
  s.refuse(s.refusal, s.start, found.at);
  s.leave();
  return true;
}

/** Inside a file that is refused whole. */
export function readUnreadable(s: SplitState): boolean {
  s.pos = s.window.end;
  return dropLong(s);
}

/** What ends a number, a word, or text that should be one. */
export function endsScalar(c: number | undefined): boolean {
  return c === 0x2c || c === 0x5d || c === 0x7d || c === 0x5b || c === 0x7b || c === 0x22;
}

/**
 * Elements are taken as units, and so are top-level objects that begin as a record does; another top-level object may
 * be a wrapper too large to keep, and is read key by key.
 */
function openObject(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  if (end - s.pos < fastPrefix.length && !isFinal) {
    return false;
  }
  let i = 0;
  while (i < fastPrefix.length && bytes[s.pos + i] === fastPrefix[i]) {
    i++;
  }
  s.isFast = i === fastPrefix.length && s.pos + i <= end && (s.list !== undefined || !s.readsKeys);
  if (s.list !== undefined || s.isFast) {
    s.begin("unit");
  } else {
    s.begin("keys");
    s.pos++;
  }
  return true;
}

function dropLong(s: SplitState): boolean {
  if (!s.isDropped && s.window.end - s.start > excerptBytesMax) {
    s.drop(excerptBytesMax);
  }
  return false;
}

function isOpening(c: number | undefined): boolean {
  return c === 0x7b || c === 0x5b;
}
