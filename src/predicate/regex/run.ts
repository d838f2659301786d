import { buildSteps, type Step } from "./steps.ts";
import type { CodeRange, Regex, RegexAssertion } from "./tree.ts";

/** What stands at a place in the text, as far as assertions care. */
type Neighbour = "none" | "newline" | "word" | "other";

interface State {
  readonly steps: readonly number[];
  readonly before: Neighbour;
  /** Where each ASCII character leads, filled as the text asks for it. */
  readonly next: (State | "match" | undefined)[];
}

/** Remembered states; past this the memory starts afresh, so no text can make it grow. */
const statesMax = 500;

/**
 * A test whether a regular expression matches anywhere in a text. It follows all possible steps at once and remembers
 * them, so its time grows with the text's length only: a log cannot make it backtrack.
 */
export function compileRegexTest(regex: Regex): (text: string) => boolean {
  const steps = buildSteps(regex);
  let states = new Map<string, State>();

  function stateFor(active: readonly number[], before: Neighbour): State {
    const key = `${before}:${active.join(",")}`;
    const known = states.get(key);
    if (known !== undefined) {
      return known;
    }
    if (states.size >= statesMax) {
      states = new Map();
    }
    const state: State = { steps: active, before, next: [] };
    states.set(key, state);
    return state;
  }

  function advance(state: State, code: number): State | "match" {
    const after = neighbourOf(code);
    const reached = closeOver(steps, state.steps, state.before, after);
    if (reached === "match") {
      return "match";
    }
    const moved = new Set<number>([0]);
    for (const index of reached) {
      const step = steps[index];
      if (step?.kind === "chars" && isIn(step.ranges, code)) {
        moved.add(index + 1);
      }
    }
    return stateFor(
      [...moved].toSorted((a, b) => a - b),
      after,
    );
  }

  return (text) => {
    let state = stateFor([0], "none");
    for (let at = 0; at < text.length; at += 1) {
      const code = codeAt(text, at);
      at += code > 0xffff ? 1 : 0;
      let next = code < 0x80 ? state.next[code] : undefined;
      if (next === undefined) {
        next = advance(state, code);
        if (code < 0x80) {
          state.next[code] = next;
        }
      }
      if (next === "match") {
        return true;
      }
      state = next;
    }
    return closeOver(steps, state.steps, state.before, "none") === "match";
  };
}

/** A lone surrogate counts as U+FFFD, which is what the engine sees in its place. */
function codeAt(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}

function closeOver(
  steps: readonly Step[],
  from: readonly number[],
  before: Neighbour,
  after: Neighbour,
): readonly number[] | "match" {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (seen.has(index)) {
      continue;
    }
    seen.add(index);
    const step = steps[index];
    if (step === undefined) {
      return "match";
    }
    if (step.kind === "fork") {
      waiting.push(...step.to);
    } else if (step.kind === "assert" && holds(step.at, before, after)) {
      waiting.push(index + 1);
    }
  }
  return [...seen];
}

function holds(at: RegexAssertion, before: Neighbour, after: Neighbour): boolean {
  switch (at) {
    case "text-start":
      return before === "none";
    case "text-end":
      return after === "none";
    case "line-start":
      return before === "none" || before === "newline";
    case "line-end":
      return after === "none" || after === "newline";
    case "word-edge":
      return (before === "word") !== (after === "word");
    case "no-word-edge":
      return (before === "word") === (after === "word");
  }
}

function neighbourOf(code: number): Neighbour {
  if (code === 0x0a) {
    return "newline";
  }
  return code < 0x80 && /\w/.test(String.fromCharCode(code)) ? "word" : "other";
}

function isIn(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}
