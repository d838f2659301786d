const empty = new Uint8Array(0);
const keepCapacityBytes = 1 << 20;

/**
 * The stretch of a log file that is in memory. A chunk is looked at where it lies as long as nothing before it has to
 * be kept; else what is kept and the chunk are joined in a buffer that grows by doubling, so that any chunking costs
 * linear time. Indexes are into `bytes`; `baseBytes + index` is the offset in the file.
 */
export class ScanWindow {
  bytes: Uint8Array = empty;
  view: DataView = viewOf(empty);
  end = 0;
  baseBytes = 0;
  #own: Uint8Array | undefined;

  /** Adds a chunk; returns by how much indexes from before must be lowered. */
  append(chunk: Uint8Array, keepFrom: number): number {
    const kept = this.end - keepFrom;
    this.baseBytes += keepFrom;
    if (kept === 0) {
      this.#own = undefined;
      this.#look(chunk, chunk.length);
      return keepFrom;
    }
    const own = this.bytes === this.#own ? this.#own : undefined;
    if (own !== undefined && this.end + chunk.length <= own.length) {
      own.set(chunk, this.end);
      this.baseBytes -= keepFrom;
      this.#look(own, this.end + chunk.length);
      return 0;
    }
    const needed = kept + chunk.length;
    if (own !== undefined && needed <= own.length && kept <= own.length / 2) {
      own.copyWithin(0, keepFrom, this.end);
      own.set(chunk, kept);
      this.#look(own, needed);
      return keepFrom;
    }
    const larger = new Uint8Array(needed + Math.max(kept, 4096));
    larger.set(this.bytes.subarray(keepFrom, this.end));
    larger.set(chunk, kept);
    this.#own = larger;
    this.#look(larger, needed);
    return keepFrom;
  }

  /** Copies what must be kept out of the caller's chunk, which is the caller's again after the call. */
  detach(keepFrom: number): number {
    if (keepFrom === this.end) {
      this.baseBytes += this.end;
      if (this.#own !== undefined && this.#own.length > keepCapacityBytes) {
        this.#own = undefined;
      }
      this.#look(empty, 0);
      return keepFrom;
    }
    if (this.bytes === this.#own) {
      return 0;
    }
    const kept = this.end - keepFrom;
    this.#own = new Uint8Array(Math.max(4096, kept * 2));
    this.#own.set(this.bytes.subarray(keepFrom, this.end));
    this.baseBytes += keepFrom;
    this.#look(this.#own, kept);
    return keepFrom;
  }

  #look(bytes: Uint8Array, end: number): void {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    this.end = end;
  }
}

/**
 * Tells whether a text occurs in one stretch after another, searching each byte once: where it occurs next, and how
 * far was searched in vain, is kept as offsets in the file.
 */
export class NextOccurrence {
  readonly #wanted: Buffer;
  #foundAtBytes = -1;
  #searchedToBytes = 0;

  constructor(wanted: Buffer) {
    this.#wanted = wanted;
  }

  /** Whether it occurs inside the stretch, which begins no earlier than the one before did. */
  isWithin(window: ScanWindow, start: number, end: number): boolean {
    const { bytes, baseBytes } = window;
    const from = Math.max(baseBytes + start, this.#searchedToBytes);
    const isKnown = this.#foundAtBytes >= baseBytes + start;
    if (!isKnown && from < baseBytes + end) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, window.end);
      const found = buffer.indexOf(this.#wanted, from - baseBytes);
      this.#foundAtBytes = found < 0 ? -1 : baseBytes + found;
      // what is not there yet may begin in the last bytes and end in those to come
      this.#searchedToBytes = baseBytes + (found < 0 ? Math.max(0, window.end - this.#wanted.length + 1) : found);
    }
    return this.#foundAtBytes >= baseBytes + start && this.#foundAtBytes + this.#wanted.length <= baseBytes + end;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
