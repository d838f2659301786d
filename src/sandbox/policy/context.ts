/** What a request brings for conditions and variables: key in lower case (keys have no case) to its values. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Gathers condition keys; later sources win, undefined ones are left out. */
export function contextOf(
  ...sources: readonly Readonly<Record<string, string | readonly string[] | undefined>>[]
): Context {
  const context = new Map<string, readonly string[]>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source)) {
      if (value !== undefined) context.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
    }
  }
  return context;
}
