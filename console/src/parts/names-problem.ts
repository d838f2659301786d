/** What is wrong with a new name. */
export function namesProblem(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) return "There is one of that name";
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) ? undefined : "Small letters, digits and dashes, such as on-call";
}
