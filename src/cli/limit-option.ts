import { textOption, type Arguments } from "./command.ts";
import { CommandError } from "./errors.ts";

/** How many at the most, from `--limit`; 0 stands for all. */
export function limitOf(args: Arguments, otherwise = 50): number {
  const text = textOption(args, "limit");
  const limit = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(limit) && limit >= 0) return limit;
  throw new CommandError(`The limit ${text ?? ""} is not a whole number`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --limit 100, or --limit 0 for all",
  });
}
