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

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
