import { resetSkimState, skim } from "./json-skim.ts";
import { checkStructure } from "./json-structure.ts";
import { isBlank } from "./object-members.ts";
import type { SplitState } from "./split-state.ts";

const confirmBlankMax = 65_536;

/** Inside a value that is taken as a whole. */
export function readUnit(s: SplitState, isFinal: boolean): boolean {
  const { bytes, view, end } = s.window;
  if (s.isCareful && !s.isDropped && bytes[s.start] !== 0x22) {
    return readCarefully(s, isFinal);
  }
  const found = skim(view, s.pos, end, s.skim);
  if (found < 0) {
    s.pos = end;
    return !s.isDropped && s.exceedsLimit(end) ? exceed(s) : false;
  }
  s.pos = found;
  if (!s.isDropped && s.exceedsLimit(found)) {
    return exceed(s) || refuseLarge(s);
  }
  if (s.isDropped) {
    return refuseLarge(s);
  }
  const first = bytes[s.start];
  if (first === 0x22) {
    s.deliver(found, 0);
    return true;
  }
  const last = bytes[found - 1];
  const next = found < end ? bytes[found] : undefined;
  const isClosed = last === (first === 0x7b ? 0x7d : 0x5d);
  if (isClosed && (s.list === undefined || next === 0x2c || next === 0x5d) && !s.holdsLine(found)) {
    s.deliver(found, s.skim.deepest);
    return true;
  }
  s.unitEnd = found;
  if (!isClosed || s.holdsLine(found)) {
    return deliverIfSound(s);
  }
  s.mode = "confirm";
  return true;
}

/**
 * After an element. What follows must be a comma or the list's end; else brackets may be missing inside, so that the
 * element has swallowed its neighbours and was closed by brackets that are not its own.
 */
export function confirmUnit(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  const limit = Math.min(end, s.unitEnd + confirmBlankMax);
  while (s.pos < limit && isBlank(bytes[s.pos])) {
    s.pos++;
  }
  if (s.pos - s.unitEnd < confirmBlankMax) {
    if (s.pos >= end && !isFinal) {
      return false;
    }
    const next = s.pos < end ? bytes[s.pos] : undefined;
    if (next !== 0x2c && next !== 0x5d) {
      return deliverIfSound(s);
    }
  }
  s.deliver(s.unitEnd, s.skim.deepest);
  return true;
}

function deliverIfSound(s: SplitState): boolean {
  const found = checkStructure(s.window.bytes, s.start, s.unitEnd);
  if (found.kind === "complete") {
    s.deliver(found.end, found.deepest);
  } else {
    s.lose(found.kind === "broken" ? found : { kind: "broken", resumeAt: s.start + 1, isNextValue: false });
  }
  return true;
}

function readCarefully(s: SplitState, isFinal: boolean): boolean {
  const { bytes, end } = s.window;
  const isLarge = s.exceedsLimit(end);
  if (end < s.retryAt && !isFinal && !isLarge) {
    return false;
  }
  const found = checkStructure(bytes, s.start, isLarge ? s.start + s.valueBytesMax : end);
  if (found.kind === "complete") {
    s.deliver(found.end, found.deepest);
    return true;
  }
  if (found.kind === "broken") {
    s.lose(found);
    return true;
  }
  if (isLarge) {
    s.isLimitChecked = true;
    s.pos = s.start;
    resetSkimState(s.skim);
    exceed(s);
    return true;
  }
  s.retryAt = s.start + 2 * (end - s.start);
  return false;
}

/**
 * A value over the limit: broken, or a wrapper that began as a record does, or truly too large. The last is dropped
 * and reading it goes on without keeping it (false).
 */
function exceed(s: SplitState): boolean {
  if (!s.checkLimit()) {
    return true;
  }
  if (s.list === undefined && !s.isRewound) {
    s.isRewound = true;
    s.pos = s.start + 1;
    s.deepest = 0;
    s.mode = "keys";
    return true;
  }
  s.drop();
  return false;
}

function refuseLarge(s: SplitState): boolean {
  s.refuse("record-too-large", s.start, s.pos);
  s.leave();
  return true;
}
