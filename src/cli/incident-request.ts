import { textOption, type Arguments, type CommandContext, type CommandOption } from "./command.ts";

/** Whose name stands in the history. */
export const byOption = {
  by: { type: "string", value: "NAME", summary: "Whose name stands in the history (default: the user who runs it)" },
} as const satisfies Record<string, CommandOption>;

export function byOf(args: Arguments, context: CommandContext): string {
  return textOption(args, "by") ?? context.environment.variable("USER") ?? "somebody";
}
