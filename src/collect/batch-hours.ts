import type { SealedBatch } from "./reading/spool-queue.ts";

/** Hours that the events of log files lie in, gathered from the batches that they were stored with. */
export class BatchHours {
  readonly #of = new Map<bigint, Set<readonly number[] | undefined>>();

  /** `hours` as the store found them to hold for the whole batch; undefined when they are not known. */
  note({ segments }: Pick<SealedBatch, "segments">, hours: readonly number[] | undefined): void {
    for (const { logFile } of segments) {
      const batches = this.#of.get(logFile) ?? new Set();
      batches.add(hours);
      this.#of.set(logFile, batches);
    }
  }

  /** Of all these log files together, in their order; undefined when it is not known of one of them. Then they are forgotten. */
  take(logFiles: readonly bigint[]): readonly number[] | undefined {
    const batches = new Set(logFiles.flatMap((logFile) => [...(this.#of.get(logFile) ?? [undefined])]));
    for (const logFile of logFiles) this.#of.delete(logFile);
    const hours = new Set<number>();
    for (const some of batches) {
      if (some === undefined) return undefined;
      for (const hour of some) hours.add(hour);
    }
    return [...hours].sort((a, b) => a - b);
  }
}
