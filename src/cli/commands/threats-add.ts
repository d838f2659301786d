import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ThreatListAnswer, ThreatListBody } from "../../server/index.ts";
import { openClient } from "../client.ts";
import {
  type Arguments,
  type Command,
  type CommandContext,
  dataOptions,
  defineCommand,
  flagOption,
  textOption,
} from "../command.ts";
import { invalid, outcomeWords, spanOption, wordOption } from "../rule-request.ts";
import { listNameOf, sayList } from "../threat-request.ts";

const kinds = ["addresses", "domains", "keys"] as const;
const levelWords = ["informational", "low", "medium", "high", "critical"] as const;
/** A larger file is read by the server itself, which must be on the same machine. */
const sentBytesMax = 4 * 1024 * 1024;

export const threatsAddCommand: Command = defineCommand({
  name: "threats-add",
  summary:
    "Look for addresses, domains or access keys in what arrives: those of a file, or of a URL that is fetched again",
  usage: "NAME",
  options: {
    ...dataOptions,
    kind: { type: "string", value: "KIND", summary: "addresses (the default), domains or keys" },
    file: {
      type: "string",
      value: "PATH",
      summary: "A file with the entries: lines, a table, a hosts file, STIX, MISP",
    },
    url: { type: "string", value: "URL", summary: "Where the entries are fetched" },
    column: { type: "string", value: "COLUMN", summary: "Heading or number of the column that they stand in" },
    every: { type: "string", value: "TIME", summary: "How often the URL is fetched: 1h, 1d (default 6h)" },
    expire: { type: "string", value: "TIME", summary: "How long an entry counts that is not told again: 30d" },
    level: { type: "string", value: "LEVEL", summary: "How severe a hit is (default medium)" },
    outcome: { type: "string", value: "WORD", summary: "incident (the default), notification or observation" },
    license: { type: "string", value: "TEXT", summary: "The licence of the list, kept with it" },
    json: { type: "boolean", summary: "Print the list as JSON" },
  },
  examples: [
    "trailwarden threats add tor --url https://check.torproject.org/torbulkexitlist --every 1h --level low",
    "trailwarden threats add leaked --kind keys --file leaked-keys.csv --column access_key --level critical",
  ],
  async run(args, context) {
    const name = listNameOf(threatsAddCommand, args);
    const json = await bodyOf(args, context);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.detect["threat-lists"][":name"].$put({ param: { name }, json }));
    const { list } = (await response.json()) as { readonly list: ThreatListAnswer };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(list, undefined, 2)}\n`);
    else for (const line of sayList(list)) await context.terminal.data(`${line}\n`);
    return list.problem === null ? 0 : 1;
  },
});

async function bodyOf(args: Arguments, context: CommandContext): Promise<ThreatListBody> {
  const given = {
    url: textOption(args, "url"),
    column: textOption(args, "column"),
    everyMs: spanOption(args, "every"),
    expireMs: spanOption(args, "expire"),
    level: wordOption(args, "level", levelWords),
    outcome: wordOption(args, "outcome", outcomeWords),
    license: textOption(args, "license"),
  };
  const file = textOption(args, "file");
  if ((file === undefined) === (given.url === undefined)) {
    throw invalid("Say where the entries come from", "Give --file PATH, or --url URL");
  }
  const kind = wordOption(args, "kind", kinds) ?? "addresses";
  return { kind, ...given, ...(file === undefined ? {} : await fileOf(file, context)) };
}

async function fileOf(
  file: string,
  { workingDirectory }: CommandContext,
): Promise<{ text: string } | { path: string }> {
  const path = resolve(workingDirectory, file);
  try {
    const { size } = await stat(path);
    return size > sentBytesMax ? { path } : { text: await readFile(path, "utf8") };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalid(`${file} cannot be read: ${why}`, "Give the path of a file with one entry a line");
  }
}
