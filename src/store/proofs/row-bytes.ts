/** Rows for the engine as bytes (its format RowBinary): nothing in them is quoted, and any byte is kept. */
export class RowBytes {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  #used = 0;

  get sizeBytes(): number {
    return this.#used;
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, "utf8"));
  }

  bytes(value: Uint8Array): this {
    this.#reserve(value.length + 9);
    let rest = value.length;
    while (rest >= 0x80) {
      this.#buffer[this.#used++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#used++] = rest;
    this.#buffer.set(value, this.#used);
    this.#used += value.length;
    return this;
  }

  /** A number of 64 bits that was written down in decimal; 0 for what is none. */
  id(decimal: string): this {
    this.#reserve(8);
    const value = /^\d{1,20}$/.test(decimal) ? BigInt.asUintN(64, BigInt(decimal)) : 0n;
    this.#used = this.#buffer.writeBigUInt64LE(value, this.#used);
    return this;
  }

  whole(value: number): this {
    this.#reserve(8);
    this.#used = this.#buffer.writeBigInt64LE(BigInt(Number.isFinite(value) ? Math.trunc(value) : 0), this.#used);
    return this;
  }

  /** A whole number, or nothing; what is not finite is nothing. */
  wholeOrNothing(value: number | undefined): this {
    this.#reserve(1);
    const isNothing = value === undefined || !Number.isFinite(value);
    this.#buffer[this.#used++] = isNothing ? 1 : 0;
    return isNothing ? this : this.whole(value);
  }

  /** What was written since it was last taken. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#used + bytes));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}
