/**
 * Things of one kind that last: kept in memory as they are, written to disk before `put` and `delete` return. What is
 * in it is never changed in place: put a new value instead.
 */
export interface Collection<Thing> {
  get(key: string): Thing | undefined;
  has(key: string): boolean;
  put(key: string, thing: Thing): void;
  /** Whether it was there. */
  delete(key: string): boolean;
  /** In the order of their keys, by code unit; those only whose key begins with `prefix`. */
  entries(prefix?: string): Iterable<readonly [key: string, thing: Thing]>;
  values(prefix?: string): Iterable<Thing>;
  readonly size: number;
}

/** Where small things last that are asked for all the time: what the recorder and the sandbox know of their world. */
export interface LastingState {
  /**
   * The things called `name`, such as `iam/users`; things are plain data (dates as milliseconds). The same name gives
   * the same collection.
   */
  collection<Thing>(name: string): Collection<Thing>;
  /** Several changes that are written together or not at all; `change` does not wait for anything. */
  together<Result>(change: () => Result): Result;
}

/** The key of something that has several names, as in an account and a region: parts joined by a sign that is in none. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join("\u0000");
}
