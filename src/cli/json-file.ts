import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandContext } from "./command.ts";
import { CommandError } from "./errors.ts";

/** A price list of AWS's has a few megabytes. */
const bytesMax = 64 * 1024 * 1024;

/** The JSON of a file that a person names. Throws `arguments-invalid`, which names the file. */
export async function readJsonFile(path: string, { workingDirectory }: CommandContext): Promise<unknown> {
  const whole = resolve(workingDirectory, path);
  try {
    if ((await stat(whole)).size > bytesMax) throw new RangeError(`it is larger than ${bytesMax / 1024 / 1024} MiB`);
    return JSON.parse(await readFile(whole, "utf8"));
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      code: "arguments-invalid",
      fault: "user",
      help: "Give the path of a file with JSON in it",
    });
  }
}
