import type { ImportMessage } from "../../server/index.ts";
import type { ImportSummary } from "../../collect/index.ts";
import { openClient, problemError, readLines } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { plural, printCount, printDuration } from "../print/figures.ts";
import { ProgressBar } from "../print/progress.ts";
import { safeText } from "../print/safe-text.ts";

export const importCommand = defineCommand({
  name: "import",
  summary: "Read log files, folders and archives into the store",
  usage: "PATH…",
  options: {
    ...dataOptions,
    json: { type: "boolean", summary: "Print the summary as JSON, with every file skipped and record rejected" },
  },
  examples: [
    "trailwarden import ./AWSLogs",
    "trailwarden import colleague.zip 'exports/*.json.gz'",
    "trailwarden import --json ./AWSLogs | jq .filesSkipped",
  ],
  async run(args, context) {
    if (args.positionals.length === 0) {
      throw new CommandError("Say what to import", {
        code: "arguments-invalid",
        fault: "user",
        help: "Name files, folders, archives or patterns: trailwarden import ./AWSLogs",
      });
    }
    await using client = await openClient(args, context);
    const body = { paths: [...args.positionals], workingDirectory: context.workingDirectory };
    const response = await client.ok(client.api.collect.imports.$post({ json: body }));
    const bar = new ProgressBar(context.terminal, context.now);
    const summary = await followImport(response, (progress) =>
      bar.show({
        done: progress.bytesDone,
        total: progress.bytesTotal,
        count: progress.recordsStored,
        unit: "records",
      }),
    );
    await context.terminal.data(
      flagOption(args, "json") ? `${JSON.stringify(summary, undefined, 2)}\n` : printSummary(summary),
    );
    return 0;
  },
});

async function followImport(
  response: Response,
  onProgress: (progress: ImportMessage & { kind: "progress" }) => void,
): Promise<ImportSummary> {
  for await (const message of readLines<ImportMessage>(response)) {
    if (message.kind === "progress") onProgress(message);
    else if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    else return message.summary;
  }
  throw new CommandError("The server went away during the import", {
    code: "server-unreachable",
    fault: "user",
    help: "Import the same files again; what is already stored is not doubled",
  });
}

const listed = 10;

function printSummary(summary: ImportSummary): string {
  const lines = [
    `${plural(summary.eventsStored, "event")} stored in ${printDuration(summary.seconds)}`,
    `  ${plural(summary.filesRead, "file")} read${summary.filesKnown > 0 ? `, ${printCount(summary.filesKnown)} known from before and unchanged` : ""}`,
    `  ${plural(summary.recordsRead, "record")} read = ${printCount(summary.eventsStored)} stored + ${plural(summary.duplicates, "duplicate")} + ${printCount(summary.recordsRejected)} rejected`,
    ...printList(
      "skipped",
      summary.filesSkipped.length,
      summary.filesSkipped.map((file) => `${file.path}: ${file.reason}`),
    ),
    ...printList(
      "damaged, read as far as possible",
      summary.filesDamaged.length,
      summary.filesDamaged.map((file) => `${file.path}: ${file.reason}`),
    ),
    ...printList(
      "rejected",
      summary.recordsRejected,
      summary.rejected.map((part) => `${part.path}, record ${part.position}: ${part.message}`),
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function printList(what: string, count: number, entries: readonly string[]): string[] {
  if (count === 0) return [];
  const more = count > listed ? [`    … and ${printCount(count - listed)} more; --json lists them`] : [];
  return [
    `  ${printCount(count)} ${what}:`,
    ...entries.slice(0, listed).map((entry) => `    ${safeText(entry)}`),
    ...more,
  ];
}
