import type { AddressRange } from "../../predicate/index.ts";

const ipv4First = 0xffffn << 32n;
const ipv4Last = ipv4First | 0xffff_ffffn;
/** An address of IPv6 is four words of 32 bits, the upper ones first; a row of one is two of them and its number. */
const addressWords = 4;
const ipv6RowWords = 2 * addressWords + 1;

/**
 * Ranges of addresses, each with a number, in plain arrays: 12 bytes for one of IPv4, 36 for one of IPv6. Found by
 * halving. Of a range that lies in another one the wider one counts.
 */
export class AddressRanges {
  readonly #ipv4: Ipv4Ranges;
  readonly #ipv6: Ipv6Ranges;

  private constructor(ipv4: Ipv4Ranges, ipv6: Ipv6Ranges) {
    this.#ipv4 = ipv4;
    this.#ipv6 = ipv6;
  }

  /** For the builder, which puts them in order. */
  static of(ipv4: Ipv4Ranges, ipv6: Ipv6Ranges): AddressRanges {
    return new AddressRanges(ipv4, ipv6);
  }

  get size(): number {
    return this.#ipv4.values.length + this.#ipv6.values.length;
  }

  /** The range that an address lies in, and its number. */
  find(address: bigint): (AddressRange & { readonly value: number }) | undefined {
    return address >= ipv4First && address <= ipv4Last
      ? findIpv4(this.#ipv4, Number(address & 0xffff_ffffn))
      : findIpv6(this.#ipv6, address);
  }
}

interface Ipv4Ranges {
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly values: Uint32Array;
}

/** Four words for each address. */
interface Ipv6Ranges {
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly values: Uint32Array;
}

/** Gathers ranges in arrays that grow, and puts them in order at the end. */
export class AddressRangesBuilder {
  #ipv4 = new Uint32Array(64 * 3);
  #ipv4Rows = 0;
  #ipv6 = new Uint32Array(64 * ipv6RowWords);
  #ipv6Rows = 0;

  add(first: bigint, last: bigint, value: number): void {
    if (first >= ipv4First && last <= ipv4Last) {
      this.addIpv4(Number(first & 0xffff_ffffn), Number(last & 0xffff_ffffn), value);
    } else {
      this.addIpv6([...wordsOf(first), ...wordsOf(last)], value);
    }
  }

  /** `range` holds the words of the first address and those of the last one. */
  addIpv6(range: ArrayLike<number>, value: number): void {
    const at = this.#ipv6Rows * ipv6RowWords;
    this.#ipv6 = withRoomAt(this.#ipv6, at);
    this.#ipv6.set(range, at);
    this.#ipv6[at + ipv6RowWords - 1] = value;
    this.#ipv6Rows += 1;
  }

  addIpv4(first: number, last: number, value: number): void {
    const at = this.#ipv4Rows * 3;
    this.#ipv4 = withRoomAt(this.#ipv4, at);
    this.#ipv4[at] = first;
    this.#ipv4[at + 1] = last;
    this.#ipv4[at + 2] = value;
    this.#ipv4Rows += 1;
  }

  build(): AddressRanges {
    return AddressRanges.of(sortedIpv4(this.#ipv4, this.#ipv4Rows), sortedIpv6(this.#ipv6, this.#ipv6Rows));
  }
}

/** The same numbers, in twice as much room where a row at `at` would be behind its end. */
function withRoomAt(numbers: Uint32Array<ArrayBuffer>, at: number): Uint32Array<ArrayBuffer> {
  if (at < numbers.length) return numbers;
  const grown = new Uint32Array(numbers.length * 2);
  grown.set(numbers);
  return grown;
}

/** Row numbers in the order of their ranges' beginnings, the widest first, without those that lie in one before them. */
function orderOf(
  rows: number,
  compare: (a: number, b: number) => number,
  isInside: (row: number, before: number) => boolean,
): Uint32Array {
  const order = new Uint32Array(rows);
  let isSorted = true;
  for (let row = 0; row < rows; row++) {
    order[row] = row;
    isSorted &&= row === 0 || compare(row - 1, row) <= 0;
  }
  if (!isSorted) order.sort(compare);
  let kept = 0;
  for (const row of order) {
    const before = order[kept - 1];
    if (before !== undefined && isInside(row, before)) continue;
    order[kept] = row;
    kept += 1;
  }
  return order.subarray(0, kept);
}

function sortedIpv4(numbers: Uint32Array, rows: number): Ipv4Ranges {
  const first = (row: number) => numbers[row * 3] ?? 0;
  const last = (row: number) => numbers[row * 3 + 1] ?? 0;
  const order = orderOf(
    rows,
    (a, b) => first(a) - first(b) || last(b) - last(a),
    (row, before) => last(row) <= last(before),
  );
  return {
    firsts: order.map(first),
    lasts: order.map(last),
    values: order.map((row) => numbers[row * 3 + 2] ?? 0),
  };
}

function sortedIpv6(numbers: Uint32Array, rows: number): Ipv6Ranges {
  const firstAt = (row: number) => row * ipv6RowWords;
  const lastAt = (row: number) => row * ipv6RowWords + addressWords;
  const order = orderOf(
    rows,
    (a, b) =>
      compareWords(numbers, firstAt(a), numbers, firstAt(b)) || compareWords(numbers, lastAt(b), numbers, lastAt(a)),
    (row, before) => compareWords(numbers, lastAt(row), numbers, lastAt(before)) <= 0,
  );
  const [firsts, lasts] = [new Uint32Array(order.length * addressWords), new Uint32Array(order.length * addressWords)];
  for (const [index, row] of order.entries()) {
    for (let word = 0; word < addressWords; word++) {
      firsts[index * addressWords + word] = numbers[firstAt(row) + word] ?? 0;
      lasts[index * addressWords + word] = numbers[lastAt(row) + word] ?? 0;
    }
  }
  return { firsts, lasts, values: order.map((row) => numbers[lastAt(row) + addressWords] ?? 0) };
}

/** Below zero where the address that begins at `aAt` of `a` is the smaller one. */
function compareWords(a: ArrayLike<number>, aAt: number, b: ArrayLike<number>, bAt: number): number {
  for (let word = 0; word < addressWords; word++) {
    const difference = (a[aAt + word] ?? 0) - (b[bAt + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function wordsOf(address: bigint): readonly number[] {
  return [96n, 64n, 32n, 0n].map((shift) => Number((address >> shift) & 0xffff_ffffn));
}

function addressAt(words: Uint32Array, index: number): bigint {
  const own = words.subarray(index * addressWords, (index + 1) * addressWords);
  return own.reduce((address, word) => (address << 32n) | BigInt(word), 0n);
}

function findIpv4({ firsts, lasts, values }: Ipv4Ranges, address: number) {
  const at = lastAtMost(firsts.length, (index) => (firsts[index] ?? 0) <= address);
  const [first, last, value] = [firsts[at], lasts[at], values[at]];
  if (first === undefined || last === undefined || value === undefined || last < address) return undefined;
  return { first: ipv4First | BigInt(first), last: ipv4First | BigInt(last), value };
}

function findIpv6({ firsts, lasts, values }: Ipv6Ranges, address: bigint) {
  const words = wordsOf(address);
  const at = lastAtMost(values.length, (index) => compareWords(firsts, index * addressWords, words, 0) <= 0);
  const value = values[at];
  if (value === undefined || compareWords(lasts, at * addressWords, words, 0) < 0) return undefined;
  return { first: addressAt(firsts, at), last: addressAt(lasts, at), value };
}

/** The last index that fulfils what all before it fulfil; -1 where none does. */
function lastAtMost(length: number, fulfils: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fulfils(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
