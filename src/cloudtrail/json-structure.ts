/** What a look at a value's structure found. */
export type StructureResult =
  | { readonly kind: "complete"; readonly end: number; readonly deepest: number }
  /**
   * The structure cannot be right. A search for the next value should start at `resumeAt`; when an object opens where
   * a key must be, as after a missing bracket, that object is the next value.
   */
  | { readonly kind: "broken"; readonly resumeAt: number; readonly isNextValue: boolean }
  /** Right so far, but the bytes end first. */
  | { readonly kind: "open" };

/** The finding that a structure cannot be right. */
export type BrokenStructure = Extract<StructureResult, { kind: "broken" }>;

const expectations = { key: 0, colon: 1, value: 2, after: 3 } as const;
type Expectation = (typeof expectations)[keyof typeof expectations];

/**
 * Walks an object or array with its kinds of brackets and the order of keys, colons and values, which the fast count
 * of brackets does not look at. It is asked only when that count failed: it tells a cut value from one that lacks a
 * bracket or a quote and has swallowed its neighbours. Scalars, commas too many and bytes in strings are let pass.
 */
export function checkStructure(bytes: Uint8Array, start: number, limit: number): StructureResult {
  const stack = new BracketStack();
  let expect: Expectation = expectations.value;
  let lastString = -1;
  let i = start;
  while (i < limit) {
    const c = bytes[i];
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      i++;
      continue;
    }
    const tokenStart = i;
    if (c === 0x22) {
      if (expect !== expectations.key && expect !== expectations.value) {
        return broken(tokenStart, lastString);
      }
      i = endOfString(bytes, i + 1, limit);
      if (i < 0) {
        return { kind: "open" };
      }
      lastString = tokenStart;
      expect = expect === expectations.key ? expectations.colon : expectations.after;
      continue;
    }
    const before = lastString;
    lastString = -1;
    i++;
    if (c === 0x7b || c === 0x5b) {
      if (expect !== expectations.value) {
        const isNextValue = c === 0x7b && expect === expectations.key && stack.top() === 0x7b && before < 0;
        return { ...broken(tokenStart, before), isNextValue };
      }
      stack.push(c);
      expect = c === 0x7b ? expectations.key : expectations.value;
    } else if (c === 0x7d || c === 0x5d) {
      // the opening bracket's code is two below the closing one's
      if (stack.pop() !== c - 2 || expect === expectations.colon) {
        return broken(tokenStart, before);
      }
      if (stack.depth === 0) {
        return { kind: "complete", end: i, deepest: stack.deepest };
      }
      expect = expectations.after;
    } else if (c === 0x2c) {
      if (expect === expectations.colon) {
        return broken(tokenStart, before);
      }
      expect = stack.top() === 0x7b ? expectations.key : expectations.value;
    } else if (c === 0x3a) {
      if (expect !== expectations.colon) {
        return broken(tokenStart, before);
      }
      expect = expectations.value;
    } else {
      if (expect !== expectations.value || !isScalarByte(c)) {
        return broken(tokenStart, before);
      }
      while (i < limit && isScalarByte(bytes[i])) {
        i++;
      }
      expect = expectations.after;
    }
  }
  return { kind: "open" };
}

/** A string that ends where nothing fits may have lost its quote: look again from inside it. */
function broken(at: number, stringBefore: number): BrokenStructure {
  return {
    kind: "broken",
    resumeAt: stringBefore >= 0 ? stringBefore + 1 : at,
    isNextValue: false,
  };
}

function endOfString(bytes: Uint8Array, from: number, limit: number): number {
  let i = from;
  while (i < limit) {
    const c = bytes[i++];
    if (c === 0x22) {
      return i;
    }
    if (c === 0x5c) {
      i++;
    }
  }
  return -1;
}

function isScalarByte(c: number | undefined): boolean {
  return (
    c !== undefined &&
    ((c >= 0x30 && c <= 0x39) ||
      (c >= 0x61 && c <= 0x7a) ||
      (c >= 0x41 && c <= 0x5a) ||
      c === 0x2d ||
      c === 0x2b ||
      c === 0x2e)
  );
}

/** Open brackets, one byte each, so that a hostile depth costs bytes and not stack frames. */
class BracketStack {
  #bytes = new Uint8Array(32);
  depth = 0;
  deepest = 0;

  push(bracket: number): void {
    if (this.depth === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.depth++] = bracket;
    this.deepest = Math.max(this.deepest, this.depth);
  }

  pop(): number | undefined {
    return this.depth === 0 ? undefined : this.#bytes[--this.depth];
  }

  top(): number | undefined {
    return this.#bytes[this.depth - 1];
  }
}
