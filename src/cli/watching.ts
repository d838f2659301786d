import { setTimeout as pause } from "node:timers/promises";
import type { CommandContext } from "./command.ts";

const everyMs = 2_000;
const fromTheTop = "\u001b[H\u001b[J";

/** Shows a text anew until the person has had enough: in its place on a terminal, one after another elsewhere. */
export async function watching(
  print: () => Promise<string>,
  { terminal, signal }: Pick<CommandContext, "terminal" | "signal">,
  { isJson }: { readonly isJson: boolean },
): Promise<number> {
  const before = terminal.isDataShown && !isJson ? fromTheTop : "";
  while (!signal.aborted) {
    try {
      await terminal.data(`${before}${await print()}`);
      await pause(everyMs, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  return 0;
}
