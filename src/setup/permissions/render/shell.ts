import { quoteForShell } from "../../settings/cli-command.ts";

/** A command over several lines, an option a line. */
export function shellCommand(first: string, options: readonly (readonly string[])[]): string {
  return [first, ...options.map((words) => `  ${words.map(quoteForShell).join(" ")}`)].join(" \\\n");
}
