import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The compressed log files of a folder, in the order of their names. */
export function logFilesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".gz"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
