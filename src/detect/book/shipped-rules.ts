import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuleFileRow } from "../../state/index.ts";

/** Where the rules lie that come with the program. */
export const shippedDirectory: string = fileURLToPath(new URL("../../../rules", import.meta.url));

/** The origin of rules that come with the program. */
export const shippedOrigin = "trailwarden";

/** Files of rules in a folder and those below it, in the order of their paths; none where there is no such folder. */
export async function readShippedRules(directory: string): Promise<readonly RuleFileRow[]> {
  return await readFilesThat(directory, /\.ya?ml$/i);
}

/** The records that rules of a folder are to fire on, one a line, as they lie beside them. */
export async function readShippedExamples(directory: string): Promise<readonly string[]> {
  return (await readFilesThat(directory, /(?:^|\/)match\.jsonl$/)).flatMap(({ text }) => text.split("\n"));
}

async function readFilesThat(directory: string, fits: RegExp): Promise<readonly RuleFileRow[]> {
  const names = await readdir(directory, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const paths = names.filter((name) => fits.test(name.split(sep).join("/"))).toSorted();
  return await Promise.all(
    paths.map(async (name) => ({
      path: name.split(sep).join("/"),
      text: await readFile(join(directory, name), "utf8"),
    })),
  );
}
