import { Transform, type TransformCallback } from "node:stream";

export interface HeldAnswer {
  /** `content-length` of the answer, where it has one. */
  readonly lengthBytes: number | undefined;
  /** Whether each piece is an event that somebody waits for: then only the mark at the very end is held back. */
  readonly isLive: boolean;
  /** Told of what passes. */
  readonly passed: (piece: Buffer) => void;
  /** The end goes out when this has resolved, and never when it rejects. */
  readonly atEnd: () => Promise<void>;
}

/**
 * Passes an answer on as it comes but for its end, which waits until the call is recorded: nobody has the whole of an
 * answer that is not in the journal. What is held back is the last piece where the length is known, else one byte.
 */
export class HoldEnd extends Transform {
  readonly #answer: HeldAnswer;
  #held: Buffer | undefined;
  #size = 0;

  constructor(answer: HeldAnswer) {
    super();
    this.#answer = answer;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const { lengthBytes, isLive, passed } = this.#answer;
    passed(piece);
    this.#size += piece.length;
    if (this.#held !== undefined) {
      this.push(this.#held);
      this.#held = undefined;
    }
    if (isLive || (lengthBytes !== undefined && this.#size < lengthBytes)) this.push(piece);
    else if (lengthBytes !== undefined) this.#held = piece;
    else {
      if (piece.length > 1) this.push(piece.subarray(0, -1));
      this.#held = piece.subarray(-1);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    void this.#release(done);
  }

  async #release(done: TransformCallback): Promise<void> {
    try {
      await this.#answer.atEnd();
    } catch (error) {
      done(error as Error);
      return;
    }
    if (this.#held !== undefined) this.push(this.#held);
    done();
  }
}
