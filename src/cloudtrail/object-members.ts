import { newSkimState, resetSkimState, skim } from "./json-skim.ts";

/** A member of an object, as spans of its bytes; the value's span holds a string's quotes. */
export interface MemberSpan {
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const keyBytesMax = 64;

/**
 * Visits the members of the object at `start` in their order, one level deep, until `visit` returns false. A key that
 * is longer than any of CloudTrail's, or written with escapes, is given as it stands or as the empty string. Returns
 * false if the members do not read as `"key": value` all the way.
 */
export function visitMembers(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  visit: (member: MemberSpan) => boolean,
): boolean {
  const state = newSkimState();
  let i = start + 1;
  for (;;) {
    i = skipBlank(bytes, i, end);
    while (bytes[i] === 0x2c && i < end) {
      i = skipBlank(bytes, i + 1, end);
    }
    if (i >= end || bytes[i] !== 0x22) {
      return bytes[i] === 0x7d;
    }
    resetSkimState(state);
    const keyEnd = skim(view, i, end, state);
    if (keyEnd < 0) {
      return false;
    }
    const key = readKey(bytes, i, keyEnd);
    i = skipBlank(bytes, keyEnd, end);
    if (bytes[i] !== 0x3a) {
      return false;
    }
    const valueStart = skipBlank(bytes, i + 1, end);
    i = endOfValue(bytes, view, valueStart, end, state);
    if (i < 0) {
      return false;
    }
    if (!visit({ key, valueStart, valueEnd: i })) {
      return true;
    }
  }
}

/** The text of a key literal when it is short enough to matter, else the empty string. */
export function readKey(bytes: Uint8Array, start: number, end: number): string {
  if (end - start - 2 > keyBytesMax) {
    return "";
  }
  let key = "";
  for (let i = start + 1; i < end - 1; i++) {
    key += String.fromCharCode(bytes[i] ?? 0);
  }
  return key;
}

/** The index of the first byte from `from` on that is no JSON white space, or `end`. */
export function skipBlank(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && isBlank(bytes[i])) {
    i++;
  }
  return i;
}

/** JSON's white space: space, line feed, carriage return, tab. */
export function isBlank(c: number | undefined): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

function endOfValue(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  state: ReturnType<typeof newSkimState>,
): number {
  const first = bytes[start];
  if (first === 0x22 || first === 0x7b || first === 0x5b) {
    resetSkimState(state);
    return skim(view, start, end, state);
  }
  let i = start;
  while (i < end && bytes[i] !== 0x2c && bytes[i] !== 0x7d && !isBlank(bytes[i])) {
    i++;
  }
  return i;
}
