import { resetSkimState, skim } from "./json-skim.ts";
import { isBlank, readKey } from "./object-members.ts";
import { isRecordKey, listKeys } from "./object-shape.ts";
import { endsScalar } from "./split-between.ts";
import type { SplitState } from "./split-state.ts";

const keyBytesMax = 80;

/** Inside a top-level object, before a key or the closing bracket. */
export function readObjectKey(s: SplitState): boolean {
  const { bytes, view, end } = s.window;
  while (s.pos < end && (bytes[s.pos] === 0x2c || isBlank(bytes[s.pos]))) {
    s.pos++;
  }
  if (s.pos >= end) {
    return needMore(s);
  }
  const c = bytes[s.pos];
  if (c === 0x7d) {
    s.pos++;
    return closeObject(s);
  }
  if (c !== 0x22) {
    return readOddity(s);
  }
  resetSkimState(s.skim);
  const keyEnd = skim(view, s.pos, Math.min(end, s.pos + keyBytesMax), s.skim);
  if (keyEnd < 0) {
    return end - s.pos < keyBytesMax ? needMore(s) : readOddity(s);
  }
  const key = readKey(bytes, s.pos, keyEnd);
  if (isRecordKey(key) && !s.isWrapper && !s.isRewound) {
    return skimRest(s);
  }
  s.pos = keyEnd;
  s.key = key;
  s.mode = "value";
  return true;
}

/** Before a member's value; the colon is taken for granted. */
export function readObjectValue(s: SplitState): boolean {
  const { bytes, end } = s.window;
  while (s.pos < end && (bytes[s.pos] === 0x3a || isBlank(bytes[s.pos]))) {
    s.pos++;
  }
  if (s.pos >= end) {
    return needMore(s);
  }
  const c = bytes[s.pos];
  if (c === 0x5b && listKeys.has(s.key)) {
    if (!s.isWrapper && s.exceedsLimit(s.pos) && !s.checkLimit()) {
      return true;
    }
    s.isWrapper = true;
    s.list = s.key;
    s.pos++;
    s.mode = "list";
    return true;
  }
  resetSkimState(s.skim);
  s.mode = c === 0x7b || c === 0x5b || c === 0x22 ? "member" : "scalar";
  return true;
}

/** Inside a member's value that is of no interest by itself. */
export function readObjectMember(s: SplitState): boolean {
  const found = skim(s.window.view, s.pos, s.window.end, s.skim);
  s.pos = found < 0 ? s.window.end : found;
  s.deepest = Math.max(s.deepest, s.skim.deepest + 1);
  if (found < 0) {
    return needMore(s);
  }
  s.mode = "keys";
  return true;
}

/** Inside a member's value that is a number or a word. */
export function readObjectScalar(s: SplitState): boolean {
  const { bytes, end } = s.window;
  while (s.pos < end && !endsScalar(bytes[s.pos])) {
    s.pos++;
  }
  if (s.pos >= end) {
    return needMore(s);
  }
  s.mode = "keys";
  return true;
}

/** No list of records is expected in this object any more: it is taken as one unit. */
function skimRest(s: SplitState): boolean {
  resetSkimState(s.skim, 1);
  s.skim.deepest = Math.max(1, s.deepest);
  s.mode = "unit";
  return true;
}

/** No key where one must be: a wrapper is left, and its neighbours are read as if it had been closed. */
function readOddity(s: SplitState): boolean {
  if (s.isWrapper) {
    s.mode = "between";
    return true;
  }
  return skimRest(s);
}

function needMore(s: SplitState): boolean {
  if (s.isWrapper || s.isDropped || !s.exceedsLimit(s.window.end)) {
    return false;
  }
  if (!s.checkLimit()) {
    return true;
  }
  s.drop();
  return false;
}

function closeObject(s: SplitState): boolean {
  if (s.isWrapper) {
    s.mode = "between";
  } else if (!s.exceedsLimit(s.pos)) {
    s.isFast = false;
    s.deliver(s.pos, Math.max(1, s.deepest));
  } else if (s.checkLimit()) {
    s.drop();
    s.refuse("record-too-large", s.start, s.pos);
    s.leave();
  }
  return true;
}
