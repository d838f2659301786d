/** Things of one kind that last. What is in it is never changed in place: put a new value instead. */
export interface RecorderCollection<Thing> {
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

/** Where everything lasts that the recorder knows, but for journals and histories; the sandbox's state is one. */
export interface RecorderState {
  /** The same name gives the same collection; things are plain data. */
  collection<Thing>(name: string): RecorderCollection<Thing>;
  /** Several changes that are written together or not at all; `change` does not wait for anything. */
  together<Result>(change: () => Result): Result;
}

/** The key of something that has several names: parts joined by a sign that is in none of them. */
export function stateKey(...parts: readonly string[]): string {
  return parts.join("\u0000");
}
