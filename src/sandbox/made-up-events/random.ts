/**
 * A seeded source of chance: the same seed gives the same sequence on every machine, so that a made-up company looks
 * the same each time it is made. Nothing in this folder reads the clock or `Math.random`.
 */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number;
  /** A whole number from 0, below `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
  hex(digits: number): string;
  uuid(): string;
  base64(characters: number): string;
  /** Capital letters and digits, as in the identifiers of AWS. */
  capitals(characters: number): string;
  /** Letters of both cases and digits. */
  letters(characters: number): string;
  /** An independent source that depends on this one's seed and the label alone, not on what was drawn before. */
  fork(label: string): Random;
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const base64 = `${base62}+/`;

/** Two to four characters are looked up at once: made-up records are half identifiers, and this is their cost. */
const hexQuads = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, "0"));
const base32Pairs = pairs(base32);
const base62Pairs = pairs(base62);
const base64Pairs = pairs(base64);

/** Starts a source of chance from a seed. */
export function createRandom(seed: string): Random {
  const uint32 = startGenerator(seed);

  function fraction(): number {
    return uint32() / 4_294_967_296;
  }
  function int(below: number): number {
    return Math.floor(fraction() * below);
  }
  function pick<T>(choices: readonly T[]): T {
    const choice = choices[int(choices.length)];
    if (choice === undefined) throw new RangeError("There is nothing to pick from");
    return choice;
  }
  function hex(digits: number): string {
    let text = "";
    for (let made = 0; made < digits; made += 8) {
      const value = uint32();
      text += (hexQuads[value >>> 16] ?? "") + (hexQuads[value & 0xffff] ?? "");
    }
    return text.length === digits ? text : text.slice(0, digits);
  }
  function uuid(): string {
    const [a, b, c, d] = [uint32(), uint32(), uint32(), uint32()];
    const [h, i] = [hexQuads[a >>> 16] ?? "", hexQuads[a & 0xffff] ?? ""];
    const third = hexQuads[(b & 0x0fff) | 0x4000] ?? "";
    const fourth = hexQuads[((c >>> 16) & 0x3fff) | 0x8000] ?? "";
    const last = (hexQuads[c & 0xffff] ?? "") + (hexQuads[d >>> 16] ?? "") + (hexQuads[d & 0xffff] ?? "");
    return `${h}${i}-${hexQuads[b >>> 16] ?? ""}-${third}-${fourth}-${last}`;
  }
  function fromPairs(table: readonly string[], characters: number): string {
    let text = "";
    for (let made = 0; made < characters; made += 2) text += table[int(table.length)] ?? "";
    return text.length === characters ? text : text.slice(0, characters);
  }

  return {
    fraction,
    int,
    chance: (probability) => fraction() < probability,
    pick,
    hex,
    uuid,
    base64: (characters) => fromPairs(base64Pairs, characters),
    capitals: (characters) => fromPairs(base32Pairs, characters),
    letters: (characters) => fromPairs(base62Pairs, characters),
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

/** A table from which drawing costs one look-up, whatever the weights. */
export function weighted<T>(choices: readonly (readonly [weight: number, choice: T])[], slots = 2048): readonly T[] {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  return choices.flatMap(([weight, choice]) =>
    weight <= 0 ? [] : Array.from({ length: Math.max(1, Math.round((weight / total) * slots)) }, () => choice),
  );
}

function pairs(alphabet: string): readonly string[] {
  return [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));
}

/** sfc32 (C. Doty-Humphrey's small fast counter), seeded by a string hash. */
function startGenerator(seed: string): () => number {
  let [a, b, c] = [hash(seed, 0x9e3779b9), hash(seed, 0x243f6a88), hash(seed, 0xb7e15162)];
  let counter = 1;
  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 15; round += 1) uint32();
  return uint32;
}

function hash(text: string, start: number): number {
  let value = start | 0;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 2_654_435_761);
    value = (value << 13) | (value >>> 19);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
