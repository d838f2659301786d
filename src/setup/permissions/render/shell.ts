/** A word as a shell takes it, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command over several lines, an option a line. */
export function shellCommand(first: string, options: readonly (readonly string[])[]): string {
  return [first, ...options.map((words) => `  ${words.map(shellWord).join(" ")}`)].join(" \\\n");
}
