/** How long to wait between tries, milliseconds. */
export interface GrowingPause {
  readonly first: number;
  readonly most: number;
}

/** Twice as long after each failure, up to the most; `failures` counts from 0. */
export function growingPauseMs({ first, most }: GrowingPause, failures: number): number {
  return Math.min(first * 2 ** Math.min(failures, 30), most);
}
