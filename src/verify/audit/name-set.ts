import { hash, randomBytes } from "node:crypto";

/**
 * Names that were seen, in sixteen to forty bytes each however long they are: a year of a busy region has millions. What
 * is kept is 64 bits of a hash with a salt of its own, so that nobody can make a name that passes for another one.
 */
export class NameSet {
  readonly #salt = randomBytes(16).toString("hex");
  #slots = new BigUint64Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(name: string): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    if (put(this.#slots, this.#digest(name))) this.#size++;
  }

  has(name: string): boolean {
    const wanted = this.#digest(name);
    return this.#slots[place(this.#slots, wanted)] === wanted;
  }

  #digest(name: string): bigint {
    const bytes = hash("sha256", `${this.#salt}${name}`, "buffer");
    // Nought marks an empty slot.
    return bytes.readBigUInt64LE(0) || 1n;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 2);
    for (const one of this.#slots) if (one !== 0n) put(larger, one);
    this.#slots = larger;
  }
}

function put(slots: BigUint64Array, one: bigint): boolean {
  const at = place(slots, one);
  if (slots[at] === one) return false;
  slots[at] = one;
  return true;
}

/** Where it is, or the empty slot where it belongs. */
function place(slots: BigUint64Array, one: bigint): number {
  const last = slots.length - 1;
  let at = Number(one & BigInt(last));
  while (slots[at] !== 0n && slots[at] !== one) at = (at + 1) & last;
  return at;
}
